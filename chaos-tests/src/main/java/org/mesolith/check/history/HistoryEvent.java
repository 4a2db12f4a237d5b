package org.mesolith.check.history;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One line of a history.
 *
 * @param number its place, from 0: INVOKE is written before the operation is sent, its end after the answer came; so of
 *     two operations the one that ended before the other began has the smaller numbers
 * @param nanos since the history began, by the clock of the controller that never jumps
 * @param process who did or saw it; operations of one process follow each other
 * @param operation joins INVOKE and its end, or FAULT and its HEAL; -1 for lines that stand alone
 * @param name what, for example {@code weights-set} or {@code master-crash}
 * @param facts texts by name
 */
public record HistoryEvent(
        long number,
        long nanos,
        Kind kind,
        String process,
        long operation,
        String name,
        SortedMap<String, String> facts) {

    /** What a line says. */
    public enum Kind {
        /** The first line: what the run was to do. */
        BEGIN,
        /** An operation is about to be sent. */
        INVOKE,
        /** It was carried out; the facts hold the answer. */
        OK,
        /** It was certainly not carried out. */
        FAIL,
        /** Nobody knows; it may still be carried out. */
        UNKNOWN,
        /** A fault begins. */
        FAULT,
        /** It is over: what it held up is free again. */
        HEAL,
        /** Something was seen. */
        SEEN,
        /** The last line: without it the run was cut off. */
        END
    }

    /** Facts are kept in order. */
    public HistoryEvent {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** A fact, or the empty text. */
    public String fact(String fact) {
        return facts.getOrDefault(fact, "");
    }

    /**
     * A fact that is a whole number.
     *
     * @throws IllegalArgumentException naming the line when it is none
     */
    public long number(String fact) {
        try {
            return Long.parseLong(fact(fact));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "line " + number + " of the history: " + fact + " is `" + fact(fact) + "`, not a whole number",
                    wrong);
        }
    }

    /** For people: seconds, who, what. */
    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT, "%.3f s %s %s %s %s", nanos / 1e9, process, kind, name, Pairs.text(facts));
    }
}
