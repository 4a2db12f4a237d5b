package org.mesolith.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.process.Member;
import org.mesolith.process.Waiting;

/** How far masters have applied the log, as they say themselves. */
final class CatchUp {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private CatchUp() {}

    /** Waits until each of these has applied the log up to there. */
    static void await(List<Member> masters, long goal, Duration max) {
        Waiting.until("every master to have applied entry " + goal, max, () -> {
            for (Member master : masters) {
                long now = applied(master);
                if (now < goal) {
                    return master.name() + " has applied " + now;
                }
            }
            return "";
        });
    }

    /** The newest entry that this master has applied; -1 while it does not answer. */
    static long applied(Member master) {
        var deadline = Deadline.after(ANSWER_MAX);
        try (var connection = HttpConnection.open(HostPort.parse(master.address()), deadline)) {
            return Json.readObject(connection
                            .exchange(HttpRequest.get("/raft"), deadline)
                            .body())
                    .whole("applied_index", -1);
        } catch (IOException notYet) {
            return -1;
        }
    }
}
