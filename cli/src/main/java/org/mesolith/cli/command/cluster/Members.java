package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.time.Duration;
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
    private static final Duration PAUSE = Duration.ofMillis(500);

    private Members() {}

    /** What the master at this address says about itself and the others. {@link IOException} if it does not answer. */
    static JsonObject ask(HostPort address, Deadline deadline) throws IOException {
        Deadline mine = deadline.atMost(ANSWER_MAX);
        try (var connection = HttpConnection.open(address, mine)) {
            HttpReply reply = connection.exchange(HttpRequest.get("/raft"), mine);
            if (reply.status() != 200) {
                throw new IOException("answered " + reply.status() + " to GET /raft: " + reply.text());
            }
            return Json.readObject(reply.body());
        }
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
