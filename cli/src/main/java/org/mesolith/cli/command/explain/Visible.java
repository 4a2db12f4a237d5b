package org.mesolith.cli.command.explain;

/** Text that may come from a framework: it must not move the cursor of the operator's terminal. */
final class Visible {
    private Visible() {}

    static String text(String said) {
        var clean = new StringBuilder(said);
        for (int at = 0; at < clean.length(); at++) {
            if (Character.isISOControl(clean.charAt(at))) {
                clean.setCharAt(at, ' ');
            }
        }
        return clean.toString();
    }
}
