package org.mesolith.leader;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mesolith.api.OperatorEvent;
import org.mesolith.model.StreamId;
import org.mesolith.state.Registry;

/** Operators' streams that a test looks into. */
final class Ears implements OperatorStreams {
    private final Map<StreamId, List<OperatorEvent>> heard = new LinkedHashMap<>();
    private final Set<StreamId> full = new LinkedHashSet<>();
    private final Set<StreamId> ended = new LinkedHashSet<>();

    @Override
    public List<StreamId> send(List<StreamId> streams, OperatorEvent event, Registry after) {
        var gone = new ArrayList<StreamId>();
        for (var stream : streams) {
            if (full.contains(stream) || ended.contains(stream)) {
                gone.add(stream);
            } else {
                heard.computeIfAbsent(stream, s -> new ArrayList<>()).add(event);
            }
        }
        return gone;
    }

    @Override
    public void end(StreamId stream) {
        ended.add(stream);
    }

    void fill(StreamId stream) {
        full.add(stream);
    }

    boolean isEnded(StreamId stream) {
        return ended.contains(stream);
    }

    /** Everything but heartbeats, from the start. */
    List<OperatorEvent> events(StreamId stream) {
        return heard.getOrDefault(stream, List.of()).stream()
                .filter(event -> !(event instanceof OperatorEvent.Heartbeat))
                .toList();
    }

    /** Names of all events. */
    List<String> names(StreamId stream) {
        return heard.getOrDefault(stream, List.of()).stream()
                .map(event -> event.getClass().getSimpleName())
                .toList();
    }
}
