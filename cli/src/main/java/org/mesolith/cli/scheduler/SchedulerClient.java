package org.mesolith.cli.scheduler;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.client.RecordStream;
import org.mesolith.cli.client.Redirect;

/**
 * One framework: keeps a stream to the leader, whoever that is, and makes its calls. After a leader change it
 * subscribes again with the id it has, so its tasks stay its own.
 *
 * <p>Threads: events come on one thread of this client; {@link #call} may be used by any thread.
 */
public final class SchedulerClient implements AutoCloseable {

    private static final String PATH = "/api/v1/scheduler";
    private static final Duration SUBSCRIBE_MAX = Duration.ofSeconds(5);
    private static final Duration CALL_MAX = Duration.ofSeconds(10);
    /** Five missed heartbeats of 15 s. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(75);

    private static final Duration PAUSE_MIN = Duration.ofMillis(20);
    /** While a new leader is most likely near: a lost one is replaced in a third of a second, a silent one in two. */
    private static final Duration SOON_PAUSE_MAX = Duration.ofMillis(80);

    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration PAUSE_MAX = Duration.ofMillis(500);
    private static final int RECORD_BYTES_MAX = 64 << 20;

    /** How a call ended. */
    public enum CallResult {
        /** The master took it. */
        ACCEPTED,
        /** The master refused it; why is in {@link SchedulerClient#lastRefusal()}. */
        REFUSED,
        /** Not sent: there is no stream at the moment. */
        NOT_CONNECTED,
        /** Sent, but the answer never came. */
        UNKNOWN
    }

    private final MasterList masters;
    private final JsonObject frameworkInfo;
    private final SchedulerEvents events;
    private volatile String frameworkId;
    private volatile @Nullable Stream stream;
    private volatile boolean closed;
    private volatile String lastRefusal = "";
    private final Caller caller = new Caller();

    /** A stream that is up. */
    private record Stream(HttpConnection connection, HostPort leader, String id) {}

    /** A framework that is not subscribed yet; the info carries an id only if it had one before. */
    public SchedulerClient(MasterList masters, JsonObject frameworkInfo, SchedulerEvents events) {
        this.masters = masters;
        this.frameworkInfo = frameworkInfo;
        this.events = events;
        this.frameworkId = frameworkInfo.text("id.value");
    }

    /** Starts the thread that keeps the stream. */
    public void start() {
        Thread.ofVirtual().name("scheduler-stream").start(this::keepSubscribed);
    }

    /** The id that the master gave, or the empty text before the first SUBSCRIBED. */
    public String frameworkId() {
        return frameworkId;
    }

    /** Why the last refused call was refused. */
    public String lastRefusal() {
        return lastRefusal;
    }

    /** True while the stream is up. */
    public boolean isConnected() {
        return stream != null;
    }

    /** Makes a call; {@code framework_id} is added. */
    public CallResult call(JsonObject call) {
        return caller.call(call);
    }

    /** Another connection for calls: they do not wait for those over others. */
    public Caller newCaller() {
        return new Caller();
    }

    /** One connection for calls to whoever leads. Any thread; one call at a time. */
    public final class Caller {
        private final ReentrantLock calls = new ReentrantLock();
        private volatile @Nullable HttpConnection connection;

        private Caller() {}

        /** Makes a call; {@code framework_id} is added. */
        public CallResult call(JsonObject call) {
            Stream current = stream;
            if (current == null) {
                return CallResult.NOT_CONNECTED;
            }
            var fields = new LinkedHashMap<String, @Nullable Object>();
            fields.put("framework_id", JsonObject.of("value", frameworkId));
            fields.putAll(call.fields());
            HttpRequest request =
                    HttpRequest.post(PATH, Json.bytes(new JsonObject(fields))).with("Mesos-Stream-Id: " + current.id());
            calls.lock();
            try {
                return send(request, current.leader());
            } finally {
                calls.unlock();
            }
        }

        private CallResult send(HttpRequest request, HostPort leader) {
            boolean sent = false;
            HttpConnection present = connection;
            try {
                if (present == null
                        || !present.isReusable()
                        || !present.server().equals(leader)) {
                    end();
                    present = HttpConnection.open(leader, Deadline.after(CALL_MAX));
                    connection = present;
                }
                sent = true;
                HttpReply reply = present.exchange(request, Deadline.after(CALL_MAX));
                String text = reply.text();
                reply.drain();
                if (reply.status() / 100 == 2) {
                    return CallResult.ACCEPTED;
                }
                lastRefusal = reply.status() + " " + text;
                return reply.status() >= 500 ? CallResult.UNKNOWN : CallResult.REFUSED;
            } catch (IOException broken) {
                lastRefusal = String.valueOf(broken.getMessage());
                end();
                return sent ? CallResult.UNKNOWN : CallResult.NOT_CONNECTED;
            }
        }

        private void end() {
            HttpConnection present = connection;
            if (present != null) {
                present.close();
            }
            connection = null;
        }
    }

    /** Acknowledges an update; one without uuid needs none. */
    public CallResult acknowledge(JsonObject status) {
        return status.has("uuid") ? call(Tasks.acknowledge(status)) : CallResult.ACCEPTED;
    }

    /** Ends the framework: its tasks are killed. */
    public CallResult tearDown() {
        CallResult result = call(JsonObject.of("type", "TEARDOWN"));
        close();
        return result;
    }

    /** Gives up the stream and what waits for an answer, and subscribes anew: who leads was learned elsewhere. */
    public void reconnect() {
        Stream current = stream;
        if (current != null) {
            current.connection().close();
            HttpConnection waiting = caller.connection;
            if (waiting != null && waiting.server().equals(current.leader())) {
                waiting.close();
            }
        }
    }

    /** Closes the stream without ending the framework. */
    @Override
    public void close() {
        closed = true;
        Stream current = stream;
        if (current != null) {
            current.connection().close();
        }
    }

    private void keepSubscribed() {
        Duration pause = PAUSE_MIN;
        Deadline soon = Deadline.after(SOON);
        @Nullable HostPort former = null;
        while (!closed) {
            Stream fresh = subscribe(former);
            if (fresh == null) {
                LockSupport.parkNanos(pause.toNanos());
                pause = longer(pause, soon.hasPassed() ? PAUSE_MAX : SOON_PAUSE_MAX);
                continue;
            }
            former = fresh.leader();
            String why = readEvents(fresh);
            if (why.isEmpty()) {
                return;
            }
            pause = PAUSE_MIN;
            soon = Deadline.after(SOON);
            events.disconnected(why);
        }
    }

    private static Duration longer(Duration pause, Duration max) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(max) > 0 ? max : twice;
    }

    /**
     * Asks every master, and whom they name, until one opens a stream.
     *
     * @param former who led and may hang now: it is asked last
     */
    private @Nullable Stream subscribe(@Nullable HostPort former) {
        Set<HostPort> asked = new LinkedHashSet<>();
        var waiting = new ArrayList<HostPort>(masters.masters());
        if (former != null) {
            waiting.remove(former);
            waiting.add(former);
        }
        while (!waiting.isEmpty() && !closed) {
            HostPort master = waiting.removeFirst();
            if (!asked.add(master)) {
                continue;
            }
            try {
                HttpConnection connection = HttpConnection.open(master, Deadline.after(SUBSCRIBE_MAX));
                HttpReply reply = connection.exchange(subscribeRequest(), Deadline.after(SUBSCRIBE_MAX));
                if (reply.status() == 200) {
                    var fresh = new Stream(connection, master, reply.header("mesos-stream-id"));
                    body = reply;
                    return fresh;
                }
                connection.close();
                if (reply.status() == 307) {
                    Redirect.target(reply.header("location")).stream()
                            .filter(named -> !named.equals(former))
                            .forEach(waiting::addFirst);
                } else {
                    lastRefusal = master + " answered " + reply.status();
                }
            } catch (IOException silent) {
                lastRefusal = master + ": " + silent.getMessage();
            }
        }
        return null;
    }

    /** The answer that the current stream is the body of; only the client's thread uses it. */
    private @Nullable HttpReply body;

    private HttpRequest subscribeRequest() {
        var info = new LinkedHashMap<String, @Nullable Object>(frameworkInfo.fields());
        var call = new LinkedHashMap<String, @Nullable Object>();
        call.put("type", "SUBSCRIBE");
        if (!frameworkId.isEmpty()) {
            info.put("id", JsonObject.of("value", frameworkId));
            call.put("framework_id", JsonObject.of("value", frameworkId));
        }
        call.put("subscribe", JsonObject.of("framework_info", new JsonObject(info)));
        return HttpRequest.post(PATH, Json.bytes(new JsonObject(call)));
    }

    /** Reads events until the stream breaks; returns why, or the empty text when all is over. */
    private String readEvents(Stream fresh) {
        HttpReply reply = body;
        try (HttpConnection connection = fresh.connection()) {
            if (reply == null) {
                return "no answer";
            }
            connection.use(Deadline.eachRead(SILENCE_MAX));
            var records = new RecordStream(new BufferedInputStream(reply.body()), RECORD_BYTES_MAX);
            while (!closed) {
                JsonObject event = Json.readObject(records.next());
                if (!dispatch(event, fresh)) {
                    return "";
                }
            }
            return "";
        } catch (IOException broken) {
            return closed ? "" : String.valueOf(broken.getMessage());
        } finally {
            stream = null;
        }
    }

    private boolean dispatch(JsonObject event, Stream fresh) {
        switch (event.text("type")) {
            case "SUBSCRIBED" -> {
                frameworkId = event.text("subscribed.framework_id.value");
                stream = fresh;
                events.subscribed(frameworkId, fresh.leader());
            }
            case "OFFERS" -> {
                List<JsonObject> offers = event.objects("offers.offers");
                events.offers(offers);
            }
            case "RESCIND" -> events.rescinded(event.text("rescind.offer_id.value"));
            case "UPDATE" -> events.update(event.object("update.status"));
            case "ERROR" -> {
                closed = true;
                events.ended(event.text("error.message"));
                return false;
            }
            default -> {
                return true; // HEARTBEAT, and events of calls that this client does not make.
            }
        }
        return true;
    }
}
