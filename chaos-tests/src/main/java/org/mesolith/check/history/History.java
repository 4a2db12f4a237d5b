package org.mesolith.check.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A whole history in memory. */
public final class History {

    private final List<HistoryEvent> events;

    /**
     * An operation with its end.
     *
     * @param invoke its beginning
     * @param end null when nobody wrote how it ended: unknown, too
     */
    public record Call(HistoryEvent invoke, @Nullable HistoryEvent end) {

        /** True if it was carried out. */
        public boolean isOk() {
            return end != null && end.kind() == HistoryEvent.Kind.OK;
        }

        /** True if it was certainly not carried out. */
        public boolean isFailed() {
            return end != null && end.kind() == HistoryEvent.Kind.FAIL;
        }

        /** True if nobody knows. */
        public boolean isOpen() {
            return !isOk() && !isFailed();
        }

        /** A fact of the answer, or the empty text. */
        public String answer(String fact) {
            return end == null ? "" : end.fact(fact);
        }

        /** The number of the line of its end; {@link Long#MAX_VALUE} while nobody knows. */
        public long returned() {
            return end == null || isOpen() ? Long.MAX_VALUE : end.number();
        }
    }

    /** A history of these events, in their order. */
    public History(List<HistoryEvent> events) {
        this.events = List.copyOf(events);
    }

    /** All of it. */
    public List<HistoryEvent> events() {
        return events;
    }

    /** A setting of the run, or the empty text. */
    public String setting(String name) {
        return events.isEmpty() ? "" : events.getFirst().fact(name);
    }

    /** A setting that is a whole number; {@code otherwise} when it is not there. */
    public long setting(String name, long otherwise) {
        return setting(name).isEmpty() ? otherwise : events.getFirst().number(name);
    }

    /** True if the run was written down to its end. */
    public boolean isComplete() {
        return !events.isEmpty() && events.getLast().kind() == HistoryEvent.Kind.END;
    }

    /** What was seen under this name. */
    public Stream<HistoryEvent> seen(String name) {
        return events.stream()
                .filter(event ->
                        event.kind() == HistoryEvent.Kind.SEEN && event.name().equals(name));
    }

    /** Operations of these names, in the order in which they began; all if none is named. */
    public List<Call> calls(String... names) {
        return calls(HistoryEvent.Kind.INVOKE, List.of(names));
    }

    /** Faults, with their ends. */
    public List<Call> faults() {
        return calls(HistoryEvent.Kind.FAULT, List.of());
    }

    private List<Call> calls(HistoryEvent.Kind beginning, List<String> names) {
        Map<Long, Call> calls = new LinkedHashMap<>();
        for (HistoryEvent event : events) {
            if (event.operation() < 0 || !(names.isEmpty() || names.contains(event.name()))) {
                continue;
            }
            if (event.kind() == beginning) {
                calls.put(event.operation(), new Call(event, null));
            } else {
                calls.computeIfPresent(event.operation(), (_, call) -> new Call(call.invoke(), event));
            }
        }
        return new ArrayList<>(calls.values());
    }
}
