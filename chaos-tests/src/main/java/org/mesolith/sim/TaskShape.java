package org.mesolith.sim;

import java.time.Duration;
import java.util.Locale;
import org.mesolith.sim.plan.Dice;

/**
 * What a simulated task does; its text form is the task's command.
 *
 * @param runsFor until it ends by itself
 * @param status it then exits with
 * @param onTerm what it does about TERM
 */
record TaskShape(Duration runsFor, int status, OnTerm onTerm) {
    /** What a task does about TERM. */
    enum OnTerm {
        DIES,
        EXITS_WELL,
        IGNORES
    }

    String text() {
        return runsFor.toMillis() + " " + status + " " + onTerm.name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when it is none
     */
    static TaskShape parse(String text) {
        var parts = text.split(" ", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("no task: '" + text + "'");
        }
        return new TaskShape(
                Duration.ofMillis(Long.parseLong(parts[0])),
                Integer.parseInt(parts[1]),
                OnTerm.valueOf(parts[2].toUpperCase(Locale.ROOT)));
    }

    /** One of many. */
    static TaskShape any(Dice dice) {
        var time = switch (dice.below(4)) {
            case 0 -> dice.between(Duration.ZERO, Duration.ofMillis(20));
            case 1 -> dice.between(Duration.ofMillis(20), Duration.ofSeconds(2));
            case 2 -> dice.between(Duration.ofSeconds(2), Duration.ofSeconds(20));
            default -> dice.between(Duration.ofSeconds(20), Duration.ofSeconds(45));
        };
        int status = dice.oneIn(4) ? 1 + dice.below(120) : 0;
        return new TaskShape(time, status, OnTerm.values()[dice.below(OnTerm.values().length)]);
    }
}
