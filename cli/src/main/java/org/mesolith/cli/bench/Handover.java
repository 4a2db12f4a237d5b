package org.mesolith.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Redirect;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;
import org.mesolith.process.Waiting;

/** Hands the lead over while one client writes without a pause, and looks how long that client had to wait. */
final class Handover {
    private static final Duration ROUND_MAX = Duration.ofMinutes(1);
    private static final Duration CALL_MAX = Duration.ofSeconds(10);

    /** So many writes before and after the handover. */
    private static final int WRITES = 100;

    private final ClusterProcess cluster;
    private int written;

    /**
     * One planned change of the leader.
     *
     * @param gapNanos the longest time between two accepted writes of the client
     * @param handoverNanos until the former leader said that the lead is handed over
     * @param failures writes that were neither accepted nor sent to the leader, and why
     */
    record Round(long gapNanos, long handoverNanos, List<String> failures) {
        Round {
            failures = List.copyOf(failures);
        }
    }

    /** A client that goes where it is sent. Its thread's alone until it has ended. */
    private final class Writer implements Runnable {
        private final List<Long> accepted = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private final AtomicBoolean stopping = new AtomicBoolean();
        private volatile int count;
        private HostPort master;

        Writer(HostPort master) {
            this.master = master;
        }

        @Override
        public void run() {
            while (!stopping.get()) {
                var failure = write();
                if (failure.isEmpty()) {
                    accepted.add(System.nanoTime());
                    count = accepted.size();
                } else {
                    failures.add(failure);
                }
            }
        }

        /** One call with the redirects that it meets; empty when it was accepted. */
        private String write() {
            var body = Json.bytes(JsonObject.of(
                    "type",
                    "UPDATE_WEIGHTS",
                    "update_weights",
                    JsonObject.of(
                            "weight_infos",
                            List.of(JsonObject.of("role", "bench-nobody", "weight", 1.0 + written++ % 1_000)))));
            var deadline = Deadline.after(CALL_MAX);
            try {
                while (!deadline.hasPassed()) {
                    HttpReply reply = exchange(master, HttpRequest.post("/api/v1", body), deadline);
                    if (reply.status() == 200) {
                        return "";
                    }
                    if (reply.status() != 307) {
                        return "status " + reply.status() + ": " + reply.text();
                    }
                    for (HostPort leader : Redirect.target(reply.header("location"))) {
                        master = leader;
                    }
                }
                return "redirects without an end";
            } catch (IOException broken) {
                return "broken: " + broken.getMessage();
            }
        }

        void awaitMore(int more) {
            int goal = count + more;
            Waiting.until(more + " accepted writes", ROUND_MAX, () -> count >= goal ? "" : count + " of " + goal);
        }
    }

    Handover(BenchCluster bench) {
        this.cluster = bench.cluster();
    }

    Round round() {
        Member leader = cluster.awaitLeader(ROUND_MAX);
        CatchUp.await(cluster.masters(), CatchUp.applied(leader), ROUND_MAX);
        var writer = new Writer(HostPort.parse(leader.address()));
        var thread = Thread.ofPlatform().daemon(true).start(writer);
        long handover;
        try {
            writer.awaitMore(WRITES);
            long asked = System.nanoTime();
            var answer = exchange(
                    HostPort.parse(leader.address()),
                    HttpRequest.post("/raft/transfer", Json.bytes(JsonObject.of())),
                    Deadline.after(ROUND_MAX));
            handover = System.nanoTime() - asked;
            if (answer.status() != 200) {
                throw new Failure(ExitCode.FAILED, "the lead was not handed over: " + answer.text());
            }
            writer.awaitMore(WRITES);
        } catch (IOException broken) {
            throw new Failure(ExitCode.FAILED, "the order to hand over broke off: " + broken.getMessage(), broken);
        } finally {
            writer.stopping.set(true);
        }
        end(thread);
        long gap = 0;
        for (int i = 1; i < writer.accepted.size(); i++) {
            gap = Math.max(gap, writer.accepted.get(i) - writer.accepted.get(i - 1));
        }
        return new Round(gap, handover, writer.failures);
    }

    private static void end(Thread thread) {
        try {
            if (!thread.join(CALL_MAX.multipliedBy(2))) {
                throw new Failure(ExitCode.DEADLINE, "the writing client did not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted", interrupted);
        }
    }

    private static HttpReply exchange(HostPort master, HttpRequest request, Deadline deadline) throws IOException {
        try (var connection = HttpConnection.open(master, deadline)) {
            return connection.exchange(request, deadline);
        }
    }
}
