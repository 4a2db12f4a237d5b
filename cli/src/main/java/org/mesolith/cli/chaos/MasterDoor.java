package org.mesolith.cli.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Redirect;

/**
 * Calls of the operator API at one master of our choice, and what can be said for sure of how they ended. A connection
 * for each call. Any thread.
 */
final class MasterDoor {
    /** How long the loads of a run wait for an answer. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(4);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(1);
    private static final int HOPS_MAX = 3;

    private final Map<HostPort, String> names;
    private final Map<String, HostPort> doors;
    private final Duration answerMax;

    /**
     * How a call ended.
     *
     * @param kind OK, FAIL when it was certainly not carried out, else UNKNOWN
     * @param why a few words, when it is not OK
     * @param at name of the master that was asked last
     * @param index of the log that the answer was read from; empty when it does not say
     * @param term of the master that answered; empty when it does not say
     * @param tag by which the maintenance schedule is known; empty when it does not say
     * @param body empty when there is none
     */
    record Answer(Kind kind, String why, String at, String index, String term, String tag, JsonObject body) {

        /** The same with another end. */
        Answer as(Kind other) {
            return new Answer(other, why, at, index, term, tag, body);
        }
    }

    /**
     * @param names of the masters, at each of their addresses
     * @param doors where a master is called, by its name: also when another one sends us on to what it announces
     */
    MasterDoor(Map<HostPort, String> names, Map<String, HostPort> doors, Duration answerMax) {
        this.names = Map.copyOf(names);
        this.doors = Map.copyOf(doors);
        this.answerMax = answerMax;
    }

    /** A call; a master that does not lead may send us on. */
    Answer call(HostPort master, String target, JsonObject body) {
        return send(master, HttpRequest.post(target, Json.bytes(body)));
    }

    /**
     * A write that is carried out once however often it is sent with this key.
     *
     * @param tag what the maintenance schedule must have for it; empty for whatever it has
     */
    Answer write(HostPort master, String target, JsonObject body, String key, String tag) {
        HttpRequest request = HttpRequest.post(target, Json.bytes(body)).with("Idempotency-Key: " + key);
        return send(master, tag.isEmpty() ? request : request.with("If-Match: " + tag));
    }

    /** A page. */
    Answer get(HostPort master, String target) {
        return send(master, HttpRequest.get(target));
    }

    /** Of the masters, at each of their addresses. */
    Map<HostPort, String> names() {
        return names;
    }

    /** Where a master is called, by its name. */
    Map<String, HostPort> doors() {
        return doors;
    }

    /** The name of a master. */
    String name(HostPort master) {
        return names.getOrDefault(master, master.toString());
    }

    private Answer send(HostPort first, HttpRequest request) {
        HostPort master = first;
        for (int hop = 0; hop < HOPS_MAX; hop++) {
            HttpConnection connection;
            try {
                connection = HttpConnection.open(master, Deadline.after(CONNECT_MAX));
            } catch (IOException unreachable) {
                return ended(Kind.FAIL, "not sent: " + unreachable.getMessage(), master);
            }
            try (connection) {
                HttpReply reply = connection.exchange(request, Deadline.after(answerMax));
                if (reply.status() == 307) {
                    List<HostPort> leader = Redirect.target(reply.header("location"));
                    if (leader.isEmpty()) {
                        return ended(Kind.FAIL, "sent on to nobody", master);
                    }
                    master = doors.getOrDefault(name(leader.getFirst()), leader.getFirst());
                    continue;
                }
                return answer(reply, master);
            } catch (IOException broken) {
                return ended(Kind.UNKNOWN, "no answer: " + broken.getMessage(), master);
            }
        }
        return ended(Kind.FAIL, "sent on more than " + HOPS_MAX + " times", master);
    }

    private Answer answer(HttpReply reply, HostPort master) throws IOException {
        int status = reply.status();
        if (status / 100 == 2) {
            byte[] bytes = reply.body().readAllBytes();
            return new Answer(
                    Kind.OK,
                    "",
                    name(master),
                    reply.header("mesolith-index"),
                    reply.header("mesolith-term"),
                    reply.header("etag"),
                    bytes.length == 0 ? JsonObject.EMPTY : Json.readObject(bytes));
        }
        // Only what says so was not carried out; a 5xx may have been.
        boolean refused =
                status / 100 == 4 || !reply.header("mesolith-not-performed").isEmpty();
        return ended(refused ? Kind.FAIL : Kind.UNKNOWN, status + " " + reply.text(), master);
    }

    private Answer ended(Kind kind, String why, HostPort master) {
        return new Answer(kind, why, name(master), "", "", "", JsonObject.EMPTY);
    }
}
