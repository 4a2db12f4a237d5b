package org.mesolith.state.row;

/**
 * Counters that are part of the state; each holds the last number given out.
 *
 * @param agents of minted agent ids
 * @param frameworks of minted framework ids
 * @param completed of completed tasks and frameworks, in the order of their end
 */
public record Counters(long agents, long frameworks, long completed) {
    public static final Counters ZERO = new Counters(0, 0, 0);

    public Counters withAgents(long last) {
        return new Counters(last, frameworks, completed);
    }

    public Counters withFrameworks(long last) {
        return new Counters(agents, last, completed);
    }

    public Counters withCompleted(long last) {
        return new Counters(agents, frameworks, last);
    }
}
