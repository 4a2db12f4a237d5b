package org.mesolith.check.report;

/** Texts as they stand in a page. */
final class Html {

    private Html() {}

    /** Any text, harmless. */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
