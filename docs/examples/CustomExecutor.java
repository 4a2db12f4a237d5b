import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An executor in one file: {@code java CustomExecutor.java}. Its tasks do nothing but run until they are killed. It
 * answers messages of its framework; {@code die} ends it without a word.
 */
final class CustomExecutor {
    private static final Pattern TYPE = Pattern.compile("\"type\":\"([A-Z_]+)\"");
    private static final Pattern TASK = Pattern.compile("\"task_id\":\\{\"value\":\"([^\"]+)\"");
    private static final Pattern DATA = Pattern.compile("\"data\":\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile("\"uuid\":\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI agent = URI.create("http://" + System.getenv("MESOS_AGENT_ENDPOINT") + "/api/v1/executor");
    private final String executor = System.getenv("MESOS_EXECUTOR_ID");
    private final String framework = System.getenv("MESOS_FRAMEWORK_ID");
    private final Set<String> tasks = new LinkedHashSet<>();
    private final Set<String> unconfirmedTasks = new LinkedHashSet<>();
    private final Map<String, String> unconfirmedUpdates = new LinkedHashMap<>();

    public static void main(String[] arguments) throws InterruptedException {
        var self = new CustomExecutor();
        long giveUpAt = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < giveUpAt) {
            try {
                self.subscribe();
                giveUpAt = System.nanoTime() + 60_000_000_000L;
            } catch (IOException gone) {
                System.err.println("no agent: " + gone);
            }
            Thread.sleep(200); // The agent may be on its way back.
        }
    }

    private void subscribe() throws IOException, InterruptedException {
        var list = new StringBuilder();
        for (var task : unconfirmedTasks) {
            list.append(list.isEmpty() ? "" : ",")
                    .append("{\"name\":\"\",\"agent_id\":{\"value\":\"\"},\"task_id\":{\"value\":\"" + task + "\"}}");
        }
        var body = call(
                "SUBSCRIBE",
                "\"subscribe\":{\"unacknowledged_tasks\":[" + list + "],\"unacknowledged_updates\":["
                        + String.join(",", unconfirmedUpdates.values()) + "]}");
        var answer = http.send(request(body), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new IOException("SUBSCRIBE was answered with " + answer.statusCode());
        }
        try (var stream = new BufferedInputStream(answer.body())) {
            for (var event = next(stream); event != null; event = next(stream)) {
                handle(event);
            }
        }
    }

    /** One RecordIO record: its length in decimal, a line feed, so many bytes. */
    private static String next(InputStream from) throws IOException {
        int length = 0;
        int read = from.read();
        for (; read >= 0 && read != '\n'; read = from.read()) {
            length = length * 10 + (read - '0');
        }
        return read < 0 ? null : new String(from.readNBytes(length), StandardCharsets.UTF_8);
    }

    private void handle(String event) throws IOException, InterruptedException {
        switch (find(TYPE, event)) {
            case "LAUNCH" -> {
                var task = find(TASK, event);
                tasks.add(task);
                unconfirmedTasks.add(task);
                update(task, "TASK_RUNNING");
            }
            case "KILL" -> {
                var task = find(TASK, event);
                if (tasks.remove(task)) {
                    update(task, "TASK_KILLED");
                }
            }
            case "ACKNOWLEDGED" -> {
                unconfirmedTasks.remove(find(TASK, event));
                unconfirmedUpdates.remove(find(ID, event));
            }
            case "MESSAGE" -> {
                var words = new String(Base64.getDecoder().decode(find(DATA, event)), StandardCharsets.UTF_8);
                if (words.equals("die")) {
                    Runtime.getRuntime().halt(3);
                }
                var reply = words + " from " + ProcessHandle.current().pid() + " with " + String.join(" ", tasks);
                var bytes = base64(reply.getBytes(StandardCharsets.UTF_8));
                post(call("MESSAGE", "\"message\":{\"data\":\"" + bytes + "\"}"));
            }
            case "SHUTDOWN" -> {
                for (var task : tasks) {
                    update(task, "TASK_KILLED");
                }
                System.exit(0);
            }
            default -> {} // SUBSCRIBED, HEARTBEAT
        }
    }

    private void update(String task, String state) throws IOException, InterruptedException {
        var random = UUID.randomUUID();
        var uuid = base64(ByteBuffer.allocate(16)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array());
        var update = "{\"status\":{\"task_id\":{\"value\":\"" + task + "\"},\"state\":\"" + state
                + "\",\"source\":\"SOURCE_EXECUTOR\",\"uuid\":\"" + uuid + "\",\"timestamp\":"
                + System.currentTimeMillis() / 1e3 + ",\"data\":\""
                + base64(("data of " + task).getBytes(StandardCharsets.UTF_8)) + "\"}}";
        unconfirmedUpdates.put(uuid, update);
        post(call("UPDATE", "\"update\":" + update));
    }

    private void post(String body) throws IOException, InterruptedException {
        var answer = http.send(request(body), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            System.err.println(answer.statusCode() + " " + answer.body() + " to " + body);
        }
    }

    private String call(String type, String rest) {
        return "{\"type\":\"" + type + "\",\"executor_id\":{\"value\":\"" + executor
                + "\"},\"framework_id\":{\"value\":\"" + framework + "\"}," + rest + "}";
    }

    private HttpRequest request(String body) {
        var request = HttpRequest.newBuilder(agent);
        var token = System.getenv("MESOS_EXECUTOR_AUTHENTICATION_TOKEN");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String find(Pattern what, String in) {
        var found = what.matcher(in);
        return found.find() ? found.group(1) : "";
    }
}
