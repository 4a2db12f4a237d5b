package org.mesolith.cli.chaos;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.Pairs;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;

/**
 * Sets weights under request keys, as a client does that wants to be sure: a call of which nobody knows the outcome is
 * made again under its key, at once, and some that were carried out are made again later, when others have written.
 * However often it is made, a call is one operation: the second time it must change nothing, and say so.
 */
final class RepeatLoad implements Load {
    private static final int ROLES = 3;
    private static final int TRIES_MAX = 8;
    private static final int REMEMBERED_MAX = 20;
    private static final int AGAIN_PERCENT = 40;
    private static final long PAUSE_NANOS = 150_000_000;

    /** A call that was carried out. */
    private record Done(String key, JsonObject body) {}

    private final String name;
    private final Stage stage;
    private final Random dice;
    private final Deque<Done> done = new ArrayDeque<>();
    private long keys;

    RepeatLoad(int number, Stage stage, long seed) {
        this.name = "repeater-" + number;
        this.stage = stage;
        this.dice = new Random(seed + 37L * number);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void step() {
        if (!done.isEmpty() && dice.nextInt(100) < AGAIN_PERCENT) {
            again();
        } else {
            write();
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    private void write() {
        String role = TableLoad.prefix(stage, TableLoad.Content.WEIGHTS) + dice.nextInt(ROLES);
        long value = stage.values().getAndIncrement();
        keys++;
        String key = name + "-" + keys;
        var weight = JsonObject.of("role", role, "weight", value);
        var body = JsonObject.of(
                "type", "UPDATE_WEIGHTS", "update_weights", JsonObject.of("weight_infos", List.of(weight)));
        var facts = new TreeMap<>(Map.of("weights", Pairs.text(Map.of(role, Long.toString(value))), "key", key));
        long asked = System.nanoTime();
        long number = stage.history().invoke(name, "weights-set", facts);
        boolean mayHaveBeen = false;
        MasterDoor.Answer answer = call(key, body);
        for (int tries = 1; tries < TRIES_MAX && answer.kind() != Kind.OK; tries++) {
            mayHaveBeen |= answer.kind() == Kind.UNKNOWN;
            if (!mayHaveBeen) {
                break;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            asked = stage.sentAgain(name, number);
            answer = call(key, body);
        }
        // That one try was refused says nothing of those before it.
        Kind kind = answer.kind() == Kind.FAIL && mayHaveBeen ? Kind.UNKNOWN : answer.kind();
        stage.history().end(kind, name, number, "weights-set", Map.of("at", answer.at(), "why", answer.why()));
        if (kind == Kind.OK) {
            stage.signs().seen(Signs.Sign.WRITE, asked);
            done.addLast(new Done(key, body));
            if (done.size() > REMEMBERED_MAX) {
                done.removeFirst();
            }
        }
    }

    private void again() {
        Done old = done.stream().skip(dice.nextInt(done.size())).findFirst().orElseThrow();
        MasterDoor.Answer answer = call(old.key(), old.body());
        stage.history()
                .seen(
                        name,
                        "repeated",
                        Map.of("key", old.key(), "answer", answer.kind().name(), "at", answer.at()));
    }

    private MasterDoor.Answer call(String key, JsonObject body) {
        HostPort master = stage.any(dice);
        return stage.door().write(master, "/api/v1", body, key, "");
    }
}
