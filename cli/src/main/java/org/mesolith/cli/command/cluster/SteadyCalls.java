package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * Calls to one master that may all be repeated: a lost connection is made again, and a master that is still at it is
 * asked again, until {@code patience} has passed without an answer. One thread.
 */
final class SteadyCalls implements AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(35);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final HostPort master;
    private final Duration patience;
    private @Nullable HttpConnection connection;

    SteadyCalls(HostPort master, Duration patience) {
        this.master = master;
        this.patience = patience;
    }

    HostPort master() {
        return master;
    }

    /** The body of the answer. Fails with {@link Failure} when the master refuses or stays silent. */
    byte[] call(HttpRequest request) {
        Deadline deadline = Deadline.after(patience);
        String trouble = "";
        while (!deadline.hasPassed()) {
            try {
                HttpConnection open = connect(deadline);
                HttpReply reply = open.exchange(request, deadline.atMost(ANSWER_MAX));
                byte[] body = reply.body().readAllBytes();
                if (reply.status() / 100 == 2) {
                    return body;
                }
                String text = new String(body, java.nio.charset.StandardCharsets.UTF_8).strip();
                if (reply.status() != 503) {
                    throw new Failure(ExitCode.FAILED, master + " refused (" + reply.status() + "): " + text);
                }
                trouble = text;
            } catch (IOException broken) {
                close();
                trouble = String.valueOf(broken.getMessage());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new Failure(
                ExitCode.DEADLINE,
                "the master " + master + " gave no answer for " + patience.toSeconds() + " s (" + trouble
                        + "); run the same command again when it runs");
    }

    private HttpConnection connect(Deadline deadline) throws IOException {
        HttpConnection open = connection;
        if (open == null || !open.isReusable()) {
            close();
            open = HttpConnection.open(master, deadline.atMost(Duration.ofSeconds(3)));
            connection = open;
        }
        return open;
    }

    @Override
    public void close() {
        HttpConnection open = connection;
        if (open != null) {
            open.close();
            connection = null;
        }
    }
}
