package org.mesolith.conversation;

import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.codec.body.Encoding;

/** What was exchanged at our doors while tests ran: which call in which encoding was answered how, and which event. */
final class Exchanges {
    /** Doors of the v1 API. */
    enum Door {
        SCHEDULER,
        EXECUTOR,
        MASTER,
        AGENT
    }

    /** One kind of call or event in one encoding. */
    record Cell(Door door, String type, Encoding encoding) implements Comparable<Cell> {
        @Override
        public int compareTo(Cell other) {
            int byDoor = door.compareTo(other.door);
            int byType = byDoor != 0 ? byDoor : type.compareTo(other.type);
            return byType != 0 ? byType : encoding.compareTo(other.encoding);
        }
    }

    private final SortedMap<Cell, NavigableSet<Integer>> answers = new TreeMap<>();
    private final SortedMap<Cell, NavigableSet<String>> events = new TreeMap<>();

    void answered(Door door, String type, Encoding encoding, int status) {
        answers.computeIfAbsent(new Cell(door, type, encoding), cell -> new TreeSet<>())
                .add(status);
    }

    /** An event came in the encoding that its stream was asked for, in this story. */
    void heard(Door door, String type, Encoding encoding, String story) {
        events.computeIfAbsent(new Cell(door, type, encoding), cell -> new TreeSet<>())
                .add(story);
    }

    /** The answers to this call in this encoding; none when it was never made. */
    NavigableSet<Integer> answers(Door door, String type, Encoding encoding) {
        return answers.getOrDefault(new Cell(door, type, encoding), new TreeSet<>());
    }

    /** The stories in which this event came in this encoding. */
    NavigableSet<String> stories(Door door, String type, Encoding encoding) {
        return events.getOrDefault(new Cell(door, type, encoding), new TreeSet<>());
    }
}
