package org.mesolith.model;

/**
 * Place of a command in the replicated log.
 *
 * @param index index of the Raft entry
 * @param ordinal place of the command in the entry, from 0
 */
public record Position(long index, int ordinal) implements Comparable<Position> {
    /** Before every command. */
    public static final Position NONE = new Position(-1, 0);

    @Override
    public int compareTo(Position other) {
        int byIndex = Long.compare(index, other.index);
        return byIndex != 0 ? byIndex : Integer.compare(ordinal, other.ordinal);
    }

    @Override
    public String toString() {
        return index + "." + ordinal;
    }
}
