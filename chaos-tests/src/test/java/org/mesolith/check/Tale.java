package org.mesolith.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.Pairs;

/** Makes up a history, line by line; a millisecond passes with each. */
final class Tale {
    private final List<HistoryEvent> events = new ArrayList<>();
    private long nanos;
    private long operations;

    Tale(String settings) {
        this(settings, Map.of());
    }

    /** Settings as {@code a=1 b=2}, and others that hold blanks. */
    Tale(String settings, Map<String, String> others) {
        var all = Pairs.of(settings);
        all.putAll(others);
        line(Kind.BEGIN, "controller", -1, "run", all);
    }

    private void line(Kind kind, String process, long operation, String name, String facts) {
        line(kind, process, operation, name, Pairs.of(facts));
    }

    private void line(Kind kind, String process, long operation, String name, Map<String, String> facts) {
        nanos += 1_000_000;
        events.add(new HistoryEvent(events.size(), nanos, kind, process, operation, name, new TreeMap<>(facts)));
    }

    /** Time in which nothing happens. */
    Tale millis(long more) {
        nanos += more * 1_000_000;
        return this;
    }

    /** A line of its own; facts as {@code a=1 b=2}. */
    Tale seen(String process, String name, String facts) {
        line(Kind.SEEN, process, -1, name, facts);
        return this;
    }

    /** A line of its own. */
    Tale seenWith(String process, String name, Map<String, String> facts) {
        line(Kind.SEEN, process, -1, name, facts);
        return this;
    }

    /** A call that ends at once. */
    Tale call(Kind end, String process, String name, String asked, String answered) {
        return call(end, process, name, Pairs.of(asked), Pairs.of(answered));
    }

    /** A call that is under way; the number that {@link #ends} wants. */
    long begins(String process, String name) {
        long operation = operations++;
        line(Kind.INVOKE, process, operation, name, "");
        return operation;
    }

    /** The good end of such a call. */
    Tale ends(String process, String name, long operation) {
        line(Kind.OK, process, operation, name, "");
        return this;
    }

    private Tale call(Kind end, String process, String name, Map<String, String> asked, Map<String, String> answered) {
        long operation = operations++;
        line(Kind.INVOKE, process, operation, name, asked);
        line(end, process, operation, name, answered);
        return this;
    }

    /** A fault; {@link #heal} ends it. */
    long fault(String name) {
        long operation = operations++;
        line(Kind.FAULT, "controller", operation, name, "");
        return operation;
    }

    /** A fault that says what it takes away. */
    long fault(String name, Map<String, String> facts) {
        long operation = operations++;
        line(Kind.FAULT, "controller", operation, name, facts);
        return operation;
    }

    Tale heal(long fault, String name) {
        line(Kind.HEAL, "controller", fault, name, "");
        return this;
    }

    /** The end of a fault that says whom it had hit. */
    Tale heal(long fault, String name, String on) {
        line(Kind.HEAL, "controller", fault, name, "on=" + on);
        return this;
    }

    /** A write that was carried out. */
    Tale set(String name, Map<String, String> asked) {
        return call(Kind.OK, "writer", name, asked, Map.of());
    }

    /** A read. */
    Tale get(String name, Map<String, String> answered) {
        return call(Kind.OK, "reader", name, Map.of(), answered);
    }

    /** A write of weights, such as {@code a=1}. */
    Tale weights(Kind end, String weights) {
        return call(end, "writer", "weights-set", Map.of("weights", weights), Map.of());
    }

    /** A read of weights at a master. */
    Tale readWeights(String process, String at, long index, String weights) {
        return call(
                Kind.OK,
                process,
                "weights-get",
                Map.of("at", at),
                Map.of("at", at, "index", Long.toString(index), "weights", weights));
    }

    /** An event that a reader was told. */
    Tale told(String reader, String at, String token, String subjectAndValue) {
        String[] both = subjectAndValue.split("=");
        return seen(
                reader,
                "told",
                "at=" + at + " token=" + token + " kind=weight_updated subject=" + both[0] + " value=" + both[1]);
    }

    /** An update of a task. */
    Tale update(String task, String state, String uuid) {
        return seen(
                "framework", "update", "task=" + task + " state=" + state + (uuid.isEmpty() ? "" : " uuid=" + uuid));
    }

    /** What a master answers to RECONCILE. */
    Tale answer(String task, String state) {
        return seen(
                "framework",
                "update",
                "task=" + task + " state=" + state + " reason=REASON_RECONCILIATION source=SOURCE_MASTER");
    }

    /** A launch of one task. */
    Tale launch(Kind end, String task) {
        return call(end, "framework", "launch", "tasks=" + task, "");
    }

    History end() {
        line(Kind.END, "controller", -1, "run", "");
        return new History(events);
    }

    /** Without the last line. */
    History cut() {
        return new History(events);
    }
}
