package org.mesolith.sim.plan;

import java.time.Duration;

/**
 * One piece of trouble to come.
 *
 * @param number its place in the plan, from 1
 * @param at when it strikes, or from when on it waits for its moment
 * @param seed of the dice for its victim, its strength and its length
 */
public record Fault(int number, Duration at, Moment moment, FaultKind kind, long seed) {
    @Override
    public String toString() {
        return "#" + number + " " + kind.word() + " "
                + (moment == Moment.TIMED ? "at " : "when " + moment.word() + " after ") + at.toMillis() + " ms";
    }
}
