package org.mesolith.cli.command.top;

import java.util.Comparator;

/** What the screen lists. */
enum View {
    AGENTS,
    ROLES,
    TASKS;

    /** What the rows are sorted by: the largest first, names from a. */
    enum Sort {
        CPUS,
        MEM,
        DISK,
        NAME;

        /** Always the same for the same rows. */
        Comparator<Row> order() {
            Comparator<Row> first = switch (this) {
                case CPUS -> Comparator.comparingDouble(row -> -row.allocated().cpus());
                case MEM -> Comparator.comparingDouble(row -> -row.allocated().mem());
                case DISK -> Comparator.comparingDouble(row -> -row.allocated().disk());
                case NAME -> Comparator.comparing(Row::name);
            };
            return first.thenComparing(Row::name).thenComparing(Row::id);
        }

        Sort next() {
            return values()[(ordinal() + 1) % values().length];
        }
    }

    View next() {
        return values()[(ordinal() + 1) % values().length];
    }

    /** In small letters, as options have it. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
