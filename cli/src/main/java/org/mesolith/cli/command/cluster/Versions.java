package org.mesolith.cli.command.cluster;

import java.util.regex.Pattern;

/** Versions of this software: {@code major.minor.patch}, and what goes together in one cluster. */
final class Versions {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(\\..*|-.*)?");

    private Versions() {}

    /** True when the one may work beside the other: the same minor version, or the one before or after it. */
    static boolean areAdjacent(String one, String other) {
        var first = FORM.matcher(one);
        var second = FORM.matcher(other);
        if (!first.matches() || !second.matches()) {
            return one.equals(other);
        }
        int apart = Integer.parseInt(first.group(2)) - Integer.parseInt(second.group(2));
        return first.group(1).equals(second.group(1)) && Math.abs(apart) <= 1;
    }
}
