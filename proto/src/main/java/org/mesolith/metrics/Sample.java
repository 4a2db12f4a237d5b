package org.mesolith.metrics;

/**
 * One number at one moment.
 *
 * @param name as Mesos writes it, parts joined by slashes, such as {@code master/tasks_running}
 * @param help one sentence with the unit
 */
public record Sample(String name, Kind kind, String help, double value) implements Comparable<Sample> {
    /** How the number moves. */
    public enum Kind {
        /** Only grows, from zero at the start of the process. */
        COUNTER,
        /** Goes up and down. */
        GAUGE
    }

    public static Sample counter(String name, String help, double value) {
        return new Sample(name, Kind.COUNTER, help, value);
    }

    /** A count; numbers beyond 2^53 lose their last digits, as in every JSON reader. */
    public static Sample counter(String name, String help, long value) {
        return counter(name, help, (double) value);
    }

    /** A whole number; see {@link #counter(String, String, long)}. */
    public static Sample gauge(String name, String help, long value) {
        return gauge(name, help, (double) value);
    }

    public static Sample gauge(String name, String help, double value) {
        return new Sample(name, Kind.GAUGE, help, value);
    }

    @Override
    public int compareTo(Sample other) {
        return name.compareTo(other.name);
    }
}
