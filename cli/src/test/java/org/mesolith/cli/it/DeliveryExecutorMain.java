package org.mesolith.cli.it;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.RecordStream;

/**
 * The executor of a trial: writes down each task that it starts, and ends it at once. Files of the trial: {@code pid},
 * {@code ran} (tasks), {@code made} (updates, before they are sent), {@code kept} (updates that the agent said it has).
 */
public final class DeliveryExecutorMain {
    private static final String PATH = "/api/v1/executor";
    private static final Duration CALL_MAX = Duration.ofSeconds(10);
    private static final Duration SILENCE_MAX = Duration.ofMinutes(10);
    private static final long PATIENCE_NANOS = 90_000_000_000L;
    private static final long PAUSE_NANOS = 50_000_000;
    private static final int RECORD_BYTES_MAX = 1 << 20;

    private final Path trial;
    private final HostPort agent = HostPort.parse(variable("MESOS_AGENT_ENDPOINT"));
    private final JsonObject executor = JsonObject.of("value", variable("MESOS_EXECUTOR_ID"));
    private final JsonObject framework = JsonObject.of("value", variable("MESOS_FRAMEWORK_ID"));
    private final Set<String> tasks = new LinkedHashSet<>();
    private final Map<String, JsonObject> updates = new LinkedHashMap<>();

    private DeliveryExecutorMain(Path trial) {
        this.trial = trial;
    }

    /** Runs until it is told to end, or no agent is found for 90 s. */
    public static void main(String[] arguments) throws IOException {
        var self = new DeliveryExecutorMain(Path.of(arguments[0]));
        self.write("pid", Long.toString(ProcessHandle.current().pid()));
        Hold.reached("", DeliveryStep.EXECUTOR_STARTED.name());
        long since = System.nanoTime();
        while (System.nanoTime() - since < PATIENCE_NANOS) {
            try {
                self.subscribe();
                since = System.nanoTime();
            } catch (IOException gone) {
                System.err.println("no agent: " + gone);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set; an agent starts me");
        }
        return value;
    }

    private void subscribe() throws IOException {
        var unacknowledged = new ArrayList<JsonObject>();
        for (String task : tasks) {
            unacknowledged.add(JsonObject.of(
                    "name", "", "task_id", JsonObject.of("value", task), "agent_id", JsonObject.of("value", "")));
        }
        var waiting = updates.values().stream()
                .map(status -> JsonObject.of("status", status))
                .toList();
        var call = call(
                "SUBSCRIBE",
                "subscribe",
                JsonObject.of("unacknowledged_tasks", unacknowledged, "unacknowledged_updates", waiting));
        try (var connection = HttpConnection.openUnnamed(agent, Deadline.after(CALL_MAX))) {
            HttpReply reply = connection.exchange(call, Deadline.after(CALL_MAX));
            if (reply.status() != 200) {
                throw new IOException("SUBSCRIBE was answered with " + reply.status() + " " + reply.text());
            }
            connection.use(Deadline.eachRead(SILENCE_MAX));
            var records = new RecordStream(new BufferedInputStream(reply.body()), RECORD_BYTES_MAX);
            while (true) {
                handle(Json.readObject(records.next()));
            }
        }
    }

    private void handle(JsonObject event) throws IOException {
        switch (event.text("type")) {
            case "LAUNCH" -> {
                String task = event.text("launch.task.task_id.value");
                write("ran", task);
                tasks.add(task);
                // Both exist before one is sent: a call that fails must not lose the other.
                var made = List.of(make(task, "TASK_RUNNING"), make(task, "TASK_FINISHED"));
                for (JsonObject status : made) {
                    post(call("UPDATE", "update", JsonObject.of("status", status)));
                }
            }
            case "ACKNOWLEDGED" -> {
                String uuid = event.text("acknowledged.uuid");
                tasks.remove(event.text("acknowledged.task_id.value"));
                JsonObject known = updates.remove(uuid);
                write("kept", uuid);
                if (known != null && known.text("state").equals("TASK_FINISHED")) {
                    Hold.reached("", DeliveryStep.EXECUTOR_ACKNOWLEDGED.name());
                }
            }
            case "SHUTDOWN" -> System.exit(0);
            default -> {} // SUBSCRIBED, HEARTBEAT, KILL of a task that has ended
        }
    }

    private JsonObject make(String task, String state) throws IOException {
        var random = UUID.randomUUID();
        String uuid = Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(16)
                        .putLong(random.getMostSignificantBits())
                        .putLong(random.getLeastSignificantBits())
                        .array());
        var status = JsonObject.of(
                "task_id",
                JsonObject.of("value", task),
                "state",
                state,
                "source",
                "SOURCE_EXECUTOR",
                "uuid",
                uuid,
                "timestamp",
                System.currentTimeMillis() / 1e3);
        updates.put(uuid, status);
        write("made", uuid);
        return status;
    }

    private void post(HttpRequest request) throws IOException {
        try (var connection = HttpConnection.openUnnamed(agent, Deadline.after(CALL_MAX))) {
            HttpReply reply = connection.exchange(request, Deadline.after(CALL_MAX));
            if (reply.status() != 202) {
                throw new IOException("answered with " + reply.status() + " " + reply.text());
            }
        }
    }

    private HttpRequest call(String type, String field, JsonObject content) {
        return HttpRequest.post(
                PATH,
                Json.bytes(JsonObject.of(
                        "type", type, "executor_id", executor, "framework_id", framework, field, content)));
    }

    private void write(String file, String line) throws IOException {
        Files.writeString(trial.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
