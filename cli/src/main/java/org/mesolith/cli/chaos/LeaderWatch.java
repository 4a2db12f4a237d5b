package org.mesolith.cli.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;

/**
 * Sees who leads in which term, and tells the frameworks when it is another one: a leader that was stopped keeps their
 * streams open, and real frameworks learn of the next leader from elsewhere, too.
 */
final class LeaderWatch implements Load {
    private static final long PAUSE_NANOS = 100_000_000;

    private final Stage stage;
    private final List<? extends LaunchingLoad> frameworks;
    private final Map<String, String> newest = new HashMap<>();
    private long termMax = -1;
    private int next;

    LeaderWatch(Stage stage, List<? extends LaunchingLoad> frameworks) {
        this.stage = stage;
        this.frameworks = List.copyOf(frameworks);
    }

    @Override
    public String name() {
        return "leader-watch";
    }

    @Override
    public void step() {
        HostPort master = stage.masters().get(next++ % stage.masters().size());
        // Nobody but a leader answers this itself; followers send us on to it.
        MasterDoor.Answer answer = stage.door().call(master, "/api/v1", JsonObject.of("type", "GET_MASTER"));
        if (answer.kind() == Kind.OK && !answer.term().isEmpty()) {
            if (!answer.term().equals(newest.put(answer.at(), answer.term()))) {
                stage.history().seen(name(), "leader", Map.of("at", answer.at(), "term", answer.term()));
            }
            long term = Long.parseLong(answer.term());
            if (term > termMax) {
                termMax = term;
                frameworks.forEach(framework -> framework.leaderIs(answer.at()));
            }
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
