package org.mesolith.cli.it;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.RecordStream;
import org.mesolith.cli.scheduler.Tasks;
import org.mesolith.process.Waiting;

/**
 * A framework that does only what a test tells it: one stream to one master, never subscribed again by itself. Updates
 * are acknowledged as they come.
 */
final class HandFramework implements AutoCloseable {

    static final String PATH = "/api/v1/scheduler";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int RECORD_BYTES_MAX = 16 << 20;

    /** An answer; status 0 if none came. */
    record Answer(int status, String location, String text) {}

    private final String master;
    private final HttpConnection connection;
    private final String streamId;
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private volatile String id;
    private volatile @Nullable String end;

    private HandFramework(String master, HttpConnection connection, HttpReply reply, String id) {
        this.master = master;
        this.connection = connection;
        this.streamId = reply.header("Mesos-Stream-Id");
        this.id = id;
        Thread.ofPlatform().daemon(true).name("hand-framework").start(() -> read(reply));
    }

    /** A new framework at the master that leads. */
    static HandFramework subscribe(String master) {
        return subscribe(master, "");
    }

    /** A framework that has an id already; waits until it is subscribed. */
    static HandFramework subscribe(String master, String id) {
        return subscribe(master, id, "*", List.of());
    }

    /** A new framework that has these capabilities beside the usual ones. */
    static HandFramework subscribeAble(String master, String... capabilities) {
        return subscribe(master, "", "*", List.of(capabilities));
    }

    /** A new framework in a role of its own. */
    static HandFramework subscribeInRole(String master, String role) {
        return subscribe(master, "", role, List.of());
    }

    /** A framework that has an id already, and a role of its own. */
    static HandFramework subscribe(String master, String id, String role) {
        return subscribe(master, id, role, List.of());
    }

    private static HandFramework subscribe(String master, String id, String role, List<String> able) {
        var opened = new AtomicReference<HandFramework>();
        Waiting.until("the subscription at " + master, LONG, () -> {
            try {
                HttpConnection connection =
                        HttpConnection.open(HostPort.parse(master), Deadline.after(Duration.ofSeconds(5)));
                HttpReply reply = connection.exchange(
                        HttpRequest.post(PATH, Json.bytes(subscription(id, role, able))),
                        Deadline.after(Duration.ofSeconds(5)));
                if (reply.status() == 200) {
                    opened.set(new HandFramework(master, connection, reply, id));
                    return "";
                }
                connection.close();
                return "answered " + reply.status();
            } catch (IOException silent) {
                return String.valueOf(silent.getMessage());
            }
        });
        HandFramework framework = Check.present(opened.get(), "the framework");
        framework.id = framework
                .await("SUBSCRIBED", event -> type(event, "SUBSCRIBED"))
                .text("subscribed.framework_id.value");
        return framework;
    }

    /** The SUBSCRIBE call of a framework; one without id is new. */
    static JsonObject subscription(String id) {
        return subscription(id, "*", List.of());
    }

    /** The same in a role of its own, with these capabilities beside the usual ones. */
    static JsonObject subscription(String id, String role, List<String> able) {
        var info = new LinkedHashMap<String, @Nullable Object>(
                Tasks.framework("by hand", System.getProperty("user.name"), role, 600)
                        .fields());
        var capabilities = new ArrayList<>(new JsonObject(info).objects("capabilities"));
        able.forEach(name -> capabilities.add(JsonObject.of("type", name)));
        info.put("capabilities", capabilities);
        var call = new LinkedHashMap<String, @Nullable Object>();
        call.put("type", "SUBSCRIBE");
        if (!id.isEmpty()) {
            info.put("id", JsonObject.of("value", id));
            call.put("framework_id", JsonObject.of("value", id));
        }
        call.put("subscribe", JsonObject.of("framework_info", new JsonObject(info)));
        return new JsonObject(call);
    }

    String id() {
        return id;
    }

    /** Launches tasks as one group under this executor, on the agent of the offer. */
    void launchGroup(JsonObject offer, JsonObject executor, List<JsonObject> tasks) {
        var here = new ArrayList<JsonObject>();
        for (var task : tasks) {
            var fields = new LinkedHashMap<>(task.fields());
            fields.put("agent_id", offer.object("agent_id"));
            here.add(new JsonObject(fields));
        }
        var group = JsonObject.of(
                "type",
                "LAUNCH_GROUP",
                "launch_group",
                JsonObject.of("executor", executor, "task_group", JsonObject.of("tasks", here)));
        var accept = JsonObject.of(
                "offer_ids",
                List.of(offer.object("id")),
                "operations",
                List.of(group),
                "filters",
                JsonObject.of("refuse_seconds", 0.0));
        var answer = call(JsonObject.of("type", "ACCEPT", "accept", accept));
        Check.that(answer.status() == 202, "the group was not accepted: " + answer);
    }

    /** Makes a call at the master of the stream. */
    Answer call(JsonObject call) {
        return post(master, named(call), LONG, "Mesos-Stream-Id: " + streamId);
    }

    /** A call as it goes over the wire, with the framework's id. */
    JsonObject named(JsonObject call) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("framework_id", JsonObject.of("value", id));
        fields.putAll(call.fields());
        return new JsonObject(fields);
    }

    /** The header that says to which stream a call belongs. */
    String streamHeader() {
        return "Mesos-Stream-Id: " + streamId;
    }

    /** One call of a framework on a connection of its own. */
    static Answer post(String master, JsonObject call, Duration max, String... headers) {
        return post(master, PATH, call, max, headers);
    }

    /** One call to any path on a connection of its own. */
    static Answer post(String master, String path, JsonObject call, Duration max, String... headers) {
        HttpRequest request = HttpRequest.post(path, Json.bytes(call));
        for (String header : headers) {
            request = request.with(header);
        }
        try (HttpConnection connection = HttpConnection.open(HostPort.parse(master), Deadline.after(max))) {
            HttpReply reply = connection.exchange(request, Deadline.after(max));
            return new Answer(reply.status(), reply.header("location"), reply.text());
        } catch (IOException silent) {
            return new Answer(0, "", String.valueOf(silent.getMessage()));
        }
    }

    /** ACCEPT of an offer with one shell task. */
    static JsonObject launch(JsonObject offer, String task, String shell) {
        return launch(offer, task, shell, List.of());
    }

    /** ACCEPT of an offer with one shell task that uses these of its resources as well. */
    static JsonObject launch(JsonObject offer, String task, String shell, List<JsonObject> more) {
        var resources = new ArrayList<>(List.of(Tasks.scalar("cpus", 0.1), Tasks.scalar("mem", 32)));
        resources.addAll(more);
        return Tasks.accept(
                List.of(offer),
                List.of(Tasks.task(task, task, offer.object("agent_id"), resources, JsonObject.of("value", shell))),
                0);
    }

    /** Launches a task from the next offer and waits until it runs. */
    void run(String task, String shell) {
        Answer answer = call(launch(awaitOffer(), task, shell));
        if (answer.status() != 202) {
            throw new IllegalStateException("ACCEPT was answered with " + answer);
        }
        awaitUpdate(task, "TASK_RUNNING");
    }

    /** The newest offer that was neither taken back nor used. */
    JsonObject awaitOffer() {
        var found = new AtomicReference<JsonObject>();
        Waiting.until("an offer", LONG, () -> {
            JsonObject newest = null;
            for (JsonObject event : events) {
                if (type(event, "OFFERS") && !event.objects("offers.offers").isEmpty()) {
                    newest = event.objects("offers.offers").getLast();
                }
                if (type(event, "RESCIND")
                        && newest != null
                        && event.text("rescind.offer_id.value").equals(newest.text("id.value"))) {
                    newest = null;
                }
            }
            if (newest == null || used.contains(newest.text("id.value"))) {
                return "none that is open, after " + events.size() + " events; stream " + state();
            }
            found.set(newest);
            return "";
        });
        JsonObject offer = Check.present(found.get(), "the offer");
        used.add(offer.text("id.value"));
        return offer;
    }

    /** Offers that came before are not used any more: who made them is about to die, and the news may come late. */
    void forgetOffers() {
        for (JsonObject event : events) {
            event.objects("offers.offers").forEach(offer -> used.add(offer.text("id.value")));
        }
    }

    private final List<String> used = new CopyOnWriteArrayList<>();

    /** The status of an update of a task in this state. */
    JsonObject awaitUpdate(String task, String state) {
        return await(
                        state + " of " + task,
                        event -> type(event, "UPDATE")
                                && event.text("update.status.task_id.value").equals(task)
                                && event.text("update.status.state").equals(state))
                .object("update.status");
    }

    /** The first event like that, also one that came before. */
    JsonObject await(String what, Predicate<JsonObject> wanted) {
        var found = new AtomicReference<JsonObject>();
        Waiting.until(what, LONG, () -> {
            for (JsonObject event : events) {
                if (wanted.test(event)) {
                    found.set(event);
                    return "";
                }
            }
            return "not among " + events.size() + " events, the last is "
                    + (events.isEmpty() ? "none" : events.getLast()) + "; stream " + state();
        });
        return Check.present(found.get(), what);
    }

    /** All events so far. */
    List<JsonObject> events() {
        return List.copyOf(events);
    }

    /** Waits until the master has ended the stream. */
    void awaitEnd(Duration max) {
        Waiting.until("the end of the stream from " + master, max, () -> end == null ? "it is still open" : "");
    }

    boolean isOpen() {
        return end == null;
    }

    /** The FAILURE of an executor. */
    JsonObject failure(String executor) {
        return await(
                "FAILURE of " + executor,
                event -> type(event, "FAILURE")
                        && event.text("failure.executor_id.value").equals(executor));
    }

    /** Where a task that runs can be reached, as its update says. */
    String addressOf(String task) {
        var networks = awaitUpdate(task, "TASK_RUNNING").objects("container_status.network_infos");
        return networks.getFirst().objects("ip_addresses").getFirst().text("ip_address");
    }

    /** The agent of the first update. */
    JsonObject agentId() {
        return await("an update", event -> type(event, "UPDATE")).object("update.status.agent_id");
    }

    /** SHUTDOWN of an executor on that agent. */
    void shutdown(String executor) {
        call(JsonObject.of(
                "type",
                "SHUTDOWN",
                "shutdown",
                JsonObject.of("executor_id", JsonObject.of("value", executor), "agent_id", agentId())));
    }

    static boolean type(JsonObject event, String type) {
        return event.text("type").equals(type);
    }

    @Override
    public void close() {
        connection.close();
    }

    private String state() {
        String why = end;
        return why == null ? "is open" : "ended: " + why;
    }

    private void read(HttpReply reply) {
        connection.use(Deadline.eachRead(Duration.ofMinutes(2)));
        try {
            var records = new RecordStream(new BufferedInputStream(reply.body()), RECORD_BYTES_MAX);
            while (true) {
                JsonObject event = Json.readObject(records.next());
                events.add(event);
                if (type(event, "UPDATE")) {
                    acknowledge(event.object("update.status"));
                }
            }
        } catch (IOException over) {
            end = String.valueOf(over.getMessage());
        }
    }

    private void acknowledge(JsonObject status) {
        if (status.has("uuid")) {
            var _ = call(JsonObject.of(
                    "type",
                    "ACKNOWLEDGE",
                    "acknowledge",
                    JsonObject.of(
                            "agent_id", status.object("agent_id"),
                            "task_id", status.object("task_id"),
                            "uuid", status.text("uuid"))));
        }
    }
}
