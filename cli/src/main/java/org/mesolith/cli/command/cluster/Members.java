package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** Asks single masters about themselves ({@code GET /raft}): no redirect is followed, each one answers for itself. */
final class Members {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    static final Duration PAUSE = Duration.ofMillis(100);

    /** Of one cluster, made at once. */
    private static final int FOUNDERS_MAX = 9;

    private Members() {}

    /** The masters of {@code --members}. Fails with {@link ExitCode#USAGE} for none or too many. */
    static List<HostPort> named(String members) {
        List<HostPort> addresses = HostPort.parseList(members);
        if (addresses.isEmpty() || addresses.size() > FOUNDERS_MAX) {
            throw new Failure(
                    ExitCode.USAGE, "--members names " + addresses.size() + " masters; give 1 to " + FOUNDERS_MAX);
        }
        return addresses;
    }

    /** What the master at this address says about itself and the others. {@link IOException} if it does not answer. */
    static JsonObject ask(HostPort address, Deadline deadline) throws IOException {
        return ask(address, "/raft", deadline);
    }

    /** What it says at this path; one that has just been started (503) is asked again. */
    static JsonObject ask(HostPort address, String path, Deadline deadline) throws IOException {
        while (true) {
            Deadline mine = deadline.atMost(ANSWER_MAX);
            try (var connection = HttpConnection.open(address, mine)) {
                HttpReply reply = connection.exchange(HttpRequest.get(path), mine);
                if (reply.status() == 200) {
                    return Json.readObject(reply.body());
                }
                if (reply.status() != 503 || deadline.nanosLeft() <= PAUSE.toNanos()) {
                    throw new IOException("answered " + reply.status() + " to GET " + path + ": " + reply.text());
                }
            }
            pause();
        }
    }

    /** Asks until it answers as one that takes part or waits. {@code otherwise} says what to do if it does not. */
    static JsonObject await(HostPort address, Deadline deadline, String otherwise) {
        while (true) {
            String trouble;
            try {
                JsonObject state = ask(address, deadline);
                if (!state.text("role").equals("STARTING")) {
                    return state;
                }
                trouble = "it has just been started";
            } catch (IOException silent) {
                trouble = String.valueOf(silent.getMessage());
            }
            if (deadline.nanosLeft() <= PAUSE.toNanos()) {
                throw new Failure(
                        ExitCode.NO_MASTER,
                        "the master " + address + " does not answer (" + trouble + "); nothing was changed. "
                                + otherwise);
            }
            pause();
        }
    }

    /**
     * An answer, or that there was none.
     *
     * @param state with the field {@code error} when the master was silent
     * @param clockMillis how far its clock is ahead of ours, half of the call's time taken off; 0 when not told
     * @param callMillis how long the call took: the offset is no better known than that
     */
    record Asked(JsonObject state, long clockMillis, long callMillis) {
        boolean isSilent() {
            return state.has("error");
        }
    }

    /** Asks, and does not fail. */
    static Asked look(HostPort address, Deadline deadline) {
        long before = System.currentTimeMillis();
        long since = System.nanoTime();
        try {
            JsonObject state = ask(address, deadline);
            long took = Duration.ofNanos(System.nanoTime() - since).toMillis();
            long clock = state.whole("member.clock_ms", 0);
            return new Asked(state, clock == 0 ? 0 : clock - before - took / 2, took);
        } catch (IOException silent) {
            var error = JsonObject.of("address", address.toString(), "error", "silent: " + silent.getMessage());
            return new Asked(error, 0, 0);
        }
    }

    /** While a leader is being elected. */
    static void pauseShortly() {
        LockSupport.parkNanos(10_000_000);
    }

    static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    /** Tells one master who the members are. Fails with {@link ExitCode#FAILED} if it refuses. */
    static void init(HostPort address, JsonObject body, Deadline deadline) throws IOException {
        while (!isDone(address, body, deadline)) {
            // Still joining: a slow disk or a busy machine. The same call again waits for the one before it.
            if (deadline.nanosLeft() < PAUSE.toNanos()) {
                throw new IOException("it is still joining");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean isDone(HostPort address, JsonObject body, Deadline deadline) throws IOException {
        Deadline mine = deadline.atMost(Duration.ofSeconds(30));
        try (var connection = HttpConnection.open(address, mine)) {
            HttpReply reply = connection.exchange(HttpRequest.post("/raft/init", Json.bytes(body)), mine);
            if (reply.status() / 100 != 2 && reply.status() != 503) {
                throw new Failure(
                        ExitCode.FAILED,
                        address + " refused to become a member (" + reply.status() + "): " + reply.text());
            }
            return reply.status() != 503;
        }
    }
}
