package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** All masters are killed (SIGKILL) at one moment, in the middle of writes and with tasks running, and restarted. */
final class AllMastersKilledIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int WRITES_BEFORE = 50;

    @TempDir
    private static Path directory;

    private static ClusterProcess cluster;
    private static String frameworkId;
    private static JsonObject oldOffer;
    private static Member leader;
    private static HandFramework after;

    /** Weights whose UPDATE_WEIGHTS was answered with 200, by role. */
    private static final Map<String, Integer> ACKNOWLEDGED = new ConcurrentSkipListMap<>();

    @BeforeAll
    static void allMastersAreKilledAtOnceAndRestarted() throws InterruptedException {
        cluster = new ClusterProcess(
                Installation.current(),
                directory.resolve("cluster"),
                ClusterProcess.Settings.of(3, 1).withAgentOptions("--resources=cpus:4;mem:1024"));
        cluster.start();
        Member first = cluster.awaitLeader(LONG);
        HandFramework before = HandFramework.subscribe(first.address());
        frameworkId = before.id();
        before.run("keeper", "echo $$ > " + directory.resolve("keeper.pid") + "; exec sleep 600");
        before.run("ends", "while [ ! -e " + directory.resolve("end") + " ]; do sleep 0.1; done; exit 3");
        before.run("ended", "exit 0");
        before.awaitUpdate("ended", "TASK_FINISHED");
        oldOffer = before.awaitOffer();

        var stop = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int number = 0; !stop.get(); number++) {
                write(first, "role-" + number, 1 + number % 100);
            }
        });
        Waiting.until("writes", LONG, () -> ACKNOWLEDGED.size() < WRITES_BEFORE ? ACKNOWLEDGED.size() + " so far" : "");
        cluster.masters().forEach(master -> master.process().killNow());
        cluster.masters().forEach(master -> master.process().kill());
        stop.set(true);
        writer.join();
        before.awaitEnd(SOON);
        touch(directory.resolve("end")); // A task ends while there is no master.
        cluster.masters().forEach(Member::start);
        leader = cluster.awaitLeader(LONG);
        after = HandFramework.subscribe(leader.address(), frameworkId);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void everyWriteThatWasAcknowledgedIsThere() throws IOException {
        Probe answer = Probe.ask(leader.address(), "/api/v1", "{\"type\":\"GET_WEIGHTS\"}", SOON);
        var found = new ConcurrentSkipListMap<String, Integer>();
        for (JsonObject info :
                Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8)).objects("get_weights.weight_infos")) {
            found.put(info.text("role"), (int) info.number("weight", 0));
        }
        assertThat(ACKNOWLEDGED).hasSizeGreaterThanOrEqualTo(WRITES_BEFORE);
        assertThat(found).containsAllEntriesOf(ACKNOWLEDGED);
    }

    @Test
    void tasksRanOnAndTheirFrameworkHearsWhatHappenedMeanwhile() throws IOException {
        long pid =
                Long.parseLong(Files.readString(directory.resolve("keeper.pid")).strip());
        assertThat(ProcessHandle.of(pid)).isPresent();
        assertThat(after.id()).isEqualTo(frameworkId);
        after.awaitUpdate("ends", "TASK_FAILED");
        after.call(JsonObject.of("type", "RECONCILE", "reconcile", JsonObject.of("tasks", List.of())));
        JsonObject status = after.awaitUpdate("keeper", "TASK_RUNNING");
        assertThat(status.text("reason")).isEqualTo("REASON_RECONCILIATION");
        assertThat(after.events())
                .noneMatch(event -> event.text("update.status.task_id.value").equals("ended"));
        after.run("new", "exit 0");
    }

    @Test
    void anOfferFromBeforeIsWorthNothing() {
        after.call(HandFramework.launch(oldOffer, "late", "touch " + directory.resolve("late")));
        assertThat(after.awaitUpdate("late", "TASK_DROPPED").text("reason")).isEqualTo("REASON_INVALID_OFFERS");
        assertThat(directory.resolve("late")).doesNotExist();
    }

    private static void write(Member master, String role, int weight) {
        JsonObject call = JsonObject.of(
                "type",
                "UPDATE_WEIGHTS",
                "update_weights",
                JsonObject.of("weight_infos", List.of(JsonObject.of("role", role, "weight", weight))));
        String text = new String(Json.bytes(call), StandardCharsets.UTF_8);
        if (Probe.ask(master.address(), "/api/v1", text, SOON).isOk()) {
            ACKNOWLEDGED.put(role, weight);
        }
    }

    private static void touch(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException failed) {
            throw new IllegalStateException("cannot make " + file, failed);
        }
    }
}
