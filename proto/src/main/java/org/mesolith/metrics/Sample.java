package org.mesolith.metrics;

import java.util.List;

/**
 * One number at one moment.
 *
 * @param name as Mesos writes it, parts joined by slashes, such as {@code master/tasks_running}
 * @param help one sentence with the unit
 * @param family name of the kind of number, without what differs from one of them to the next
 * @param labels what differs; with none the family is the name
 */
public record Sample(String name, Kind kind, String help, double value, String family, List<Label> labels)
        implements Comparable<Sample> {
    /** How the number moves. */
    public enum Kind {
        /** Only grows, from zero at the start of the process. */
        COUNTER,
        /** Goes up and down. */
        GAUGE
    }

    /** What a number is about, such as a role. */
    public record Label(String name, String value) {}

    public Sample {
        labels = List.copyOf(labels);
    }

    /** A number of which there is one. */
    public Sample(String name, Kind kind, String help, double value) {
        this(name, kind, help, value, name, List.of());
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
