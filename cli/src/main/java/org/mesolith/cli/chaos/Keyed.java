package org.mesolith.cli.chaos;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.client.JsonObject;

/**
 * Writes of an operator that may be sent again: each carries a key, goes to any master, and is repeated under the same
 * key while nobody knows what became of it. Stands in the history as one operation.
 */
final class Keyed {
    private static final int TRIES_MAX = 6;
    private static final long PAUSE_NANOS = 300_000_000;

    private final Stage stage;
    private final String name;
    private final Random dice;

    Keyed(Stage stage, String name, Random dice) {
        this.stage = stage;
        this.name = name;
        this.dice = dice;
    }

    /** A call of the operator API. */
    MasterDoor.Answer call(String operation, Map<String, String> facts, JsonObject body) {
        return send(operation, facts, "/api/v1", body, "");
    }

    /**
     * Sends it until its outcome is known, or it was tried often enough.
     *
     * @param facts of the line that is written before it is sent
     * @param tag what the maintenance schedule must have, or the empty text
     */
    MasterDoor.Answer send(String operation, Map<String, String> facts, String target, JsonObject body, String tag) {
        String key = "chaos-" + UUID.randomUUID();
        long asked = System.nanoTime();
        long number = stage.history().invoke(name, operation, facts);
        MasterDoor.Answer answer = stage.door().write(stage.any(dice), target, body, key, tag);
        int tries = 1;
        // One that was certainly never carried out because nobody led is not worth a repetition: there is load enough.
        while (answer.kind() == Kind.UNKNOWN && tries < TRIES_MAX) {
            LockSupport.parkNanos(PAUSE_NANOS);
            asked = stage.sentAgain(name, number);
            answer = stage.door().write(stage.any(dice), target, body, key, tag);
            tries++;
            if (answer.kind() == Kind.FAIL) {
                // The first one may still arrive: only a good answer to a later one says what became of all.
                answer = answer.as(Kind.UNKNOWN);
            }
        }
        var ended = new TreeMap<>(Map.of("at", answer.at(), "why", answer.why(), "tries", Integer.toString(tries)));
        String made = answer.body().text("id");
        if (!made.isEmpty()) {
            ended.put("id", made);
        }
        stage.history().end(answer.kind(), name, number, operation, ended);
        if (answer.kind() == Kind.OK) {
            stage.signs().seen(Signs.Sign.WRITE, asked);
        }
        return answer;
    }
}
