package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Halt;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.scheduler.Tasks;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/** Agents that forgot who they were, whose checkpoints are damaged, whose disk is full, or that say strange things. */
final class AgentFaultsIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.NEVER) // A disk may be mounted below it until the processes have ended.
    private static Path directory;

    private static ClusterProcess cluster;
    private static Member master;
    private static int agents;

    private HandFramework framework;
    private Path home;

    @BeforeAll
    static void startMaster() {
        cluster = new ClusterProcess(
                Installation.current(),
                directory.resolve("cluster"),
                ClusterProcess.Settings.of(1, 0)
                        .withMasterOptions("--agent_ping_timeout=1secs", "--max_agent_ping_timeouts=3"));
        cluster.start();
        master = cluster.awaitLeader(LONG);
    }

    @AfterAll
    static void stopMaster() {
        cluster.close();
        Leftovers.delete(directory);
    }

    @BeforeEach
    void subscribe() {
        home = directory.resolve("agent-" + ++agents);
        framework = HandFramework.subscribe(master.address());
    }

    @AfterEach
    void tearDown() {
        framework.call(JsonObject.of("type", "TEARDOWN"));
        Leftovers.killBelow(home);
    }

    @Test
    void aDamagedTaskCheckpointKeepsTheAgentFromStartingAndNamesTheFile() throws IOException {
        OsProcess agent = start();
        framework.run("keeper", "exec sleep 600");
        agent.kill();
        Path checkpoint = only(home.resolve("data/meta/runs"));
        flipBit(checkpoint, 20);
        agent = start();
        assertThat(agent.awaitEnd(LONG)).isEqualTo(Halt.Code.CORRUPT_DATA.status());
        assertThat(agent.tail())
                .contains("meso agent: the checkpoint " + checkpoint + " is damaged")
                .contains("restore it from a copy, or move the file away")
                .contains("the task it describes is reported lost");

        flipBit(checkpoint, 20);
        start();
        framework.run("next", "exit 0"); // The agent is back.
        framework.call(Tasks.reconcile("keeper"));
        framework.awaitUpdate("keeper", "TASK_RUNNING");
    }

    @Test
    void aTaskWhoseCheckpointIsGoneIsReportedAsDroppedAndItsProcessesEnd() throws IOException {
        OsProcess agent = start();
        Path pid = home.resolve("pid");
        framework.run("forgotten", "echo $$ > " + pid + "; exec sleep 600");
        awaitPid(pid);
        agent.kill();
        Files.delete(only(home.resolve("data/meta/runs")));
        agent = start();
        long forgotten = awaitPid(pid);
        Waiting.until(
                "the end of the forgotten task's process",
                LONG,
                () -> ProcessHandle.of(forgotten).isEmpty() ? "" : "pid " + forgotten + " lives");
        assertThat(agent.tail()).contains("the checkpoint of its task is gone");
        JsonObject status = framework.awaitUpdate("forgotten", "TASK_DROPPED");
        assertThat(status.text("message")).contains("unknown to the agent");
        framework.run("next", "exit 0");
    }

    @Test
    void anAgentThatForgotWhoItWasJoinsAsANewOneAndEndsTheTasksOfTheOldOne() throws IOException {
        OsProcess agent = start();
        Path pid = home.resolve("pid");
        framework.run("orphan", "echo $$ > " + pid + "; exec sleep 600");
        String old = framework.awaitUpdate("orphan", "TASK_RUNNING").text("agent_id.value");
        awaitPid(pid);
        agent.kill();
        Files.delete(home.resolve("data/meta/identity"));
        agent = start();
        long orphan = awaitPid(pid);
        Waiting.until(
                "the end of the old agent's task",
                LONG,
                () -> ProcessHandle.of(orphan).isEmpty() ? "" : "pid " + orphan);
        framework.awaitUpdate("orphan", "TASK_UNREACHABLE");
        framework.run("next", "exit 0");
        assertThat(framework.awaitUpdate("next", "TASK_RUNNING").text("agent_id.value"))
                .isNotEqualTo(old);
        assertThat(agent.tail()).contains("joins as a new one");
    }

    /** The number that a task writes into a file as it begins: it counts as running a moment before. */
    private static long awaitPid(Path file) {
        var pid = new AtomicLong();
        Waiting.until("a pid in " + file, LONG, () -> {
            try {
                pid.set(Long.parseLong(Files.readString(file).strip()));
                return "";
            } catch (IOException | NumberFormatException notYet) {
                return notYet.toString();
            }
        });
        return pid.get();
    }

    @Test
    void anAgentUnderTheIdOfAnotherOneThatLivesIsRefused() throws IOException, InterruptedException {
        start();
        framework.run("keeper", "exec sleep 600");
        String id = framework.awaitUpdate("keeper", "TASK_RUNNING").text("agent_id.value");
        try (HandAgent twin = new HandAgent(master.address())) {
            twin.join(new AgentId(id));
            LinkMessage.Refuse refused = twin.await(LinkMessage.Refuse.class);
            assertThat(refused.why()).contains("says that it is " + id).contains("was its work directory copied?");
            assertThat(refused.forGood()).isFalse();
        }
        framework.run("next", "exit 0");
        framework.call(Tasks.reconcile("keeper"));
        framework.awaitUpdate("keeper", "TASK_RUNNING");
    }

    @Test
    void aFullWorkDirectoryFailsNewTasksAndSparesThoseThatRun() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(home, 24)) {
            try {
                start();
                framework.run("before", "exec sleep 600");
                disk.fillUpTo(0);
                framework.call(HandFramework.launch(framework.awaitOffer(), "refused", "exit 0"));
                JsonObject status = framework.awaitUpdate("refused", "TASK_FAILED");
                assertThat(status.text("message")).contains("No space left on device");
                disk.free();
                framework.run("after", "exit 0");
                framework.call(Tasks.reconcile("before"));
                framework.await(
                        "what became of the task before",
                        event -> event.text("update.status.reason").equals("REASON_RECONCILIATION")
                                && event.text("update.status.state").equals("TASK_RUNNING"));
            } finally {
                Leftovers.killBelow(home);
            }
        }
    }

    @Test
    void theStatusOfATaskThatNobodyKnowsGoesToItsFrameworkAndIsAcknowledgedOnce() throws Exception {
        try (HandAgent strange = new HandAgent(master.address())) {
            strange.join();
            var uuid = strange.report(framework.id(), "never-launched", TaskState.TASK_RUNNING);
            framework.awaitUpdate("never-launched", "TASK_RUNNING");
            LinkMessage.AcknowledgeStatus acknowledged = strange.await(LinkMessage.AcknowledgeStatus.class);
            assertThat(acknowledged.uuid()).isEqualTo(uuid);
            assertThat(acknowledged.key())
                    .isEqualTo(new TaskKey(new FrameworkId(framework.id()), new TaskId("never-launched")));

            strange.report("no-such-framework", "stray", TaskState.TASK_RUNNING);
            LinkMessage.ShutdownFramework shutdown = strange.await(LinkMessage.ShutdownFramework.class);
            assertThat(shutdown.framework().value()).isEqualTo("no-such-framework");
        }
        framework.call(Tasks.reconcile("never-launched"));
        framework.awaitUpdate("never-launched", "TASK_UNKNOWN");
    }

    @Test
    void anOfferThatWasTakenBackIsWorthNothing() throws IOException {
        OsProcess agent = start();
        JsonObject offer = framework.awaitOffer();
        agent.kill();
        String id = offer.text("id.value");
        framework.await(
                "RESCIND of " + id,
                event -> event.text("rescind.offer_id.value").equals(id));
        assertThat(framework.call(HandFramework.launch(offer, "late", "exit 0")).status())
                .isEqualTo(202);
        JsonObject status = framework.awaitUpdate("late", "TASK_DROPPED");
        assertThat(status.text("reason")).isEqualTo("REASON_INVALID_OFFERS");
        assertThat(status.text("message")).contains(id).contains("no longer valid");
    }

    /** An agent in the directory of this test. */
    private OsProcess start() {
        return OsProcess.start(
                "agent",
                Installation.current()
                        .command(
                                "agent",
                                "--master=" + master.address(),
                                "--work_dir=" + home.resolve("data"),
                                "--resources=cpus:2;mem:512",
                                "--ip=127.0.0.1",
                                "--port=0"),
                Map.of(),
                home,
                home.resolve("log"));
    }

    private static Path only(Path runs) throws IOException {
        try (Stream<Path> files = Files.list(runs)) {
            return files.filter(file -> file.toString().endsWith(".run"))
                    .reduce((first, second) -> {
                        throw new IllegalStateException("more than one task in " + runs);
                    })
                    .orElseThrow();
        }
    }

    private static void flipBit(Path file, long at) throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(at);
            int old = raw.read();
            raw.seek(at);
            raw.write(old ^ 4);
        }
    }
}
