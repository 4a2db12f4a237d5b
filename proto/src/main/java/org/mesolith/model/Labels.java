package org.mesolith.model;

import java.util.List;
import java.util.stream.Collectors;

/** Labels in the order of their keys and values: two collections with equal labels are equal (Mesos: the same). */
public record Labels(List<Label> labels) implements Comparable<Labels> {
    /** No label. */
    public static final Labels NONE = new Labels(List.of());

    /** Sorts; repetitions stay. */
    public Labels {
        labels = labels.stream().sorted().toList();
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return labels.isEmpty();
    }

    @Override
    public int compareTo(Labels other) {
        return Lists.compare(labels, other.labels);
    }

    /** As in the text syntax: {@code key=value,key}. */
    @Override
    public String toString() {
        return labels.stream().map(Label::toString).collect(Collectors.joining(","));
    }
}
