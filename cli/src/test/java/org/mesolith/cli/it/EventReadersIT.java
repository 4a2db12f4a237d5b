package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Check;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.LineStream;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/**
 * Three programs read events, each at another master and in another way, while the leader dies: one everything, one a
 * kind, one a kind and so slowly that it is ended. Each goes on behind its token at a master that it never asked
 * before.
 */
final class EventReadersIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    /** Longer than a master waits for a reader that takes nothing. */
    private static final Duration LAZINESS = Duration.ofSeconds(13);

    private static final int ROLES = 300;
    private static final int ROLE_CHARS = 900;

    /** Of some 330 kB of events each: more than a master and the kernel keep for a reader. */
    private static final int ROUNDS = 28;

    @TempDir
    private Path directory;

    /** What a stream of events told: what each record is about, behind its token. */
    private static final class Reader implements AutoCloseable {
        private final HttpConnection connection;
        private final LineStream lines;
        private final List<String> told = new ArrayList<>();
        private String token = "";

        private Reader(HttpConnection connection, HttpReply reply) {
            this.connection = connection;
            this.lines = new LineStream(reply, connection.server().toString());
        }

        /** A master that has just come back may say that it cannot tell yet how new its answer is: then again. */
        static Reader open(Member master, String query) {
            var opened = new AtomicReference<Reader>();
            Waiting.until("the events of " + master.name(), LONG, () -> {
                try {
                    var connection = HttpConnection.open(HostPort.parse(master.address()), Deadline.after(LONG));
                    var reply = connection.exchange(HttpRequest.get("/events?" + query), Deadline.eachRead(LONG));
                    if (reply.status() == 503) {
                        connection.close();
                        return "it is not ready";
                    }
                    assertThat(reply.status()).as(query).isEqualTo(200);
                    var reader = new Reader(connection, reply);
                    assertThat(reader.lines.next().text("type")).isEqualTo("snapshot");
                    opened.set(reader);
                    return "";
                } catch (IOException failed) {
                    return failed.toString();
                }
            });
            return Check.present(opened.get(), "a reader");
        }

        /** The next record that is no heartbeat; events are noted. */
        JsonObject next() throws IOException {
            var record = lines.next();
            while (record.text("type").equals("heartbeat")) {
                record = lines.next();
            }
            if (record.has("token")) {
                token = record.text("token");
            }
            if (record.text("type").equals("event")) {
                told.add(token + " " + record.text("kind") + " " + record.text("subject"));
            }
            return record;
        }

        /** Reads up to the event about this. */
        void readTo(String subject) throws IOException {
            while (!next().text("subject").equals(subject)) {
                assertThat(token).as("the stream goes on").isNotEmpty();
            }
        }

        /** Reads until the stream is ended, and says why it was. */
        String readToEnd() throws IOException {
            var record = next();
            while (!record.text("type").equals("end")) {
                record = next();
            }
            return record.text("reason");
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    @Test
    void readersOfEverythingOfAKindAndTooSlowOnesMissNothingOverAFailover() throws IOException {
        try (var cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(3, 0))) {
            cluster.start();
            var leader = cluster.awaitLeader(LONG);
            var others = cluster.masters().stream()
                    .filter(master -> !master.equals(leader))
                    .toList();
            try (var whole = Reader.open(leader, "since=oldest&follow=true");
                    var narrow = Reader.open(others.getFirst(), "since=oldest&follow=true&kind=quota");
                    var slow = Reader.open(others.getLast(), "since=oldest&follow=true&kind=weight_updated");
                    var beside = Reader.open(others.getLast(), "since=oldest&follow=true&kind=quota_updated")) {
                write(leader, 0);
                var mark = lastOf(0);
                whole.readTo(mark);
                beside.readTo(mark);
                long lazySince = System.nanoTime();
                leader.process().killNow();
                var next = cluster.awaitLeaderOtherThan(leader, LONG);
                Waiting.until("a slow reader to be given up", LONG, () -> rest(lazySince));
                assertThat(slow.readToEnd()).isEqualTo("lagged");
                write(next, 1);
                leader.startAndAwaitHealth(LONG, false);
                narrow.readTo(lastOf(1));

                var all = everything(cluster);
                assertThat(whole.told).isEqualTo(all.subList(0, whole.told.size()));
                assertThat(toTheLast(goneOn(whole, others.getFirst(), ""))).isEqualTo(all);
                assertThat(narrow.told).isEqualTo(of(all, " quota_"));
                assertThat(goneOn(narrow, leader, "&kind=quota")).isEqualTo(of(all, " quota_"));
                assertThat(slow.told)
                        .hasSizeLessThan(of(all, " weight_updated ").size());
                assertThat(goneOn(slow, leader, "&kind=weight_updated")).isEqualTo(of(all, " weight_updated "));
                assertThat(of(all, " weight_updated ")).hasSize(2 * ROUNDS * ROLES);
                assertThat(of(all, " quota_updated ")).hasSize(2 * ROUNDS);
            }
        }
    }

    private static String rest(long since) {
        var passed = Duration.ofNanos(System.nanoTime() - since);
        return passed.compareTo(LAZINESS) >= 0 ? "" : "it took nothing for " + passed + " only";
    }

    /** What it was told, and what another master tells behind its token. */
    private static List<String> goneOn(Reader reader, Member master, String filter) throws IOException {
        var all = new ArrayList<>(reader.told);
        try (var further = Reader.open(master, "since=" + reader.token + filter)) {
            assertThat(further.readToEnd()).isEqualTo("complete");
            all.addAll(further.told);
        }
        return all;
    }

    /** What every master tells, the one that was killed included: the same in the same order. */
    private static List<String> everything(ClusterProcess cluster) throws IOException {
        List<String> all = List.of();
        for (var master : cluster.masters()) {
            try (var reader = Reader.open(master, "since=oldest")) {
                assertThat(reader.readToEnd()).isEqualTo("complete");
                var told = toTheLast(reader.told);
                assertThat(all.isEmpty() || all.equals(told))
                        .as("%s tells the same as the one before", master.name())
                        .isTrue();
                all = told;
            }
        }
        return all;
    }

    /** Without what masters add by themselves behind the last order, such as the return of the one that was killed. */
    private static List<String> toTheLast(List<String> told) {
        var last = told.stream()
                .filter(line -> line.endsWith(" quota_updated " + lastOf(1)))
                .findFirst();
        return told.subList(0, told.indexOf(last.orElseThrow()) + 1);
    }

    private static List<String> of(List<String> told, String kind) {
        return told.stream().filter(line -> line.contains(kind)).toList();
    }

    private static String lastOf(int half) {
        return "h" + half + "r" + (ROUNDS - 1);
    }

    /** Each round weights of many roles, which all change, and a quota. */
    private static void write(Member leader, int half) {
        for (int round = 0; round < ROUNDS; round++) {
            int weight = 2 + half * ROUNDS + round;
            var weights = IntStream.range(0, ROLES)
                    .mapToObj(role -> "{\"role\":\"" + role + "r".repeat(ROLE_CHARS) + "\",\"weight\":" + weight + "}")
                    .collect(Collectors.joining(","));
            order(leader, "{\"type\":\"UPDATE_WEIGHTS\",\"update_weights\":{\"weight_infos\":[" + weights + "]}}");
            order(
                    leader,
                    "{\"type\":\"UPDATE_QUOTA\",\"update_quota\":{\"quota_configs\":[{\"role\":\"h" + half + "r" + round
                            + "\",\"limits\":{\"cpus\":{\"value\":1}}}]}}");
        }
    }

    private static void order(Member leader, String call) {
        var answer = Probe.ask(leader.address(), "/api/v1", call, LONG);
        assertThat(answer.status()).as(answer.body()).isIn(200, 202);
    }
}
