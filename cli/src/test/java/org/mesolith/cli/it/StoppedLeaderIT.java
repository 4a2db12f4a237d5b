package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.api.LinkMessage;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.scheduler.Tasks;
import org.mesolith.model.Fence;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/**
 * A leader is stopped (SIGSTOP) with a framework's stream and an open offer, gets calls that nobody answers, is
 * replaced, and wakes up as an ex-leader who does not know it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class StoppedLeaderIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    private static Path directory;

    private static ClusterProcess cluster;
    private static ExLeader exLeader;
    private static OsProcess agent;
    private static Member former;
    private static Member leader;
    private static HandFramework before;
    private static HandFramework after;
    private static JsonObject oldOffer;
    private static long keeperPid;

    /** Answers to the calls that waited in the stopped leader's sockets, by name. */
    private static final Map<String, String> LATE_ANSWERS = new TreeMap<>();

    @BeforeAll
    static void aLeaderIsStoppedReplacedAndWokenUp() throws IOException {
        cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(3, 0));
        cluster.start();
        exLeader = ExLeader.start();
        agent = startAgent();
        former = cluster.awaitLeader(LONG);
        before = HandFramework.subscribe(former.address());
        Path pid = directory.resolve("keeper.pid");
        before.run("keeper", "echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; exec sleep 600");
        // The task runs as soon as its process is started; what the shell does in it comes a little later.
        Waiting.until("the task to write its pid", SOON, () -> Files.exists(pid) ? "" : pid + " is not there");
        keeperPid = Long.parseLong(Files.readString(pid).strip());
        oldOffer = before.awaitOffer();

        former.process().pause();
        var waiting = new TreeMap<String, Socket>();
        waiting.put(
                "ACCEPT", send(before.named(HandFramework.launch(oldOffer, "late", mark("late"))), HandFramework.PATH));
        waiting.put("KILL", send(before.named(Tasks.kill("keeper")), HandFramework.PATH));
        waiting.put("UPDATE_WEIGHTS", send(weight("late-write", 7), "/api/v1"));

        leader = cluster.awaitLeaderOtherThan(former, LONG);
        after = HandFramework.subscribe(leader.address(), before.id());
        after.awaitOffer(); // The agent is back: there are offers of the new term.
        assertThat(setWeight(leader, "after-the-change", 3).status()).isEqualTo(200);

        former.process().resume();
        for (var call : waiting.entrySet()) {
            LATE_ANSWERS.put(call.getKey(), statusLine(call.getValue()));
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
        exLeader.close();
    }

    @Test
    @Order(1)
    void theStreamsOfTheExLeaderEnd() {
        before.awaitEnd(SOON);
        assertThat(after.isOpen()).isTrue();
    }

    @Test
    @Order(2)
    void callsThatWaitedInItsSocketsAreNotCarriedOut() {
        assertThat(LATE_ANSWERS.get("UPDATE_WEIGHTS")).containsPattern("^HTTP/1.1 (307|503) ");
        // 202 if it had noticed before that its agents are gone: then the offer was taken back, and the task dropped.
        assertThat(LATE_ANSWERS.get("ACCEPT")).containsPattern("^HTTP/1.1 (202|307|503) ");
        assertThat(before.events())
                .noneMatch(event -> event.text("update.status.task_id.value").equals("late")
                        && !event.text("update.status.state").equals("TASK_DROPPED"));
        assertThat(operator(leader, "GET_WEIGHTS")).contains("after-the-change").doesNotContain("late-write");
        assertThat(operator(leader, "GET_TASKS")).contains("keeper").doesNotContain("late");
        assertThat(directory.resolve("late")).doesNotExist();
    }

    @Test
    @Order(3)
    void itsOrderToKillReachesNoAgentThatHasHeardOfTheNewLeader() {
        assertThat(LATE_ANSWERS.get("KILL")).containsPattern("^HTTP/1.1 (202|307|503) ");
        assertThat(ProcessHandle.of(keeperPid)).isPresent();
        after.call(Tasks.reconcile("keeper"));
        after.awaitUpdate("keeper", "TASK_RUNNING");
    }

    @Test
    @Order(4)
    void itSendsEverybodyToTheNewLeader() {
        Waiting.until("the ex-leader to follow", SOON, () -> {
            String role = former.role();
            return role.equals("FOLLOWER") ? "" : "it is " + role;
        });
        Waiting.until("a redirect", SOON, () -> {
            Probe read = Probe.ask(former.address(), "/api/v1", "{\"type\":\"GET_TASKS\"}", SOON);
            return read.status() == 307 ? "" : "answered " + read.status();
        });
        HandFramework.Answer call = HandFramework.post(
                former.address(),
                before.named(HandFramework.launch(oldOffer, "late", mark("late"))),
                SOON,
                before.streamHeader());
        assertThat(call.status()).isEqualTo(307);
        assertThat(call.location()).startsWith("//" + leader.address());
        Probe subscribe =
                Probe.ask(former.address(), HandFramework.PATH, text(HandFramework.subscription(before.id())), SOON);
        assertThat(subscribe.status()).isEqualTo(307);
        Probe write = setWeight(former, "late-write", 7);
        assertThat(write.status()).isEqualTo(307);
    }

    @Test
    @Order(5)
    void itsOffersAreNotAcceptedByTheNewLeader() {
        HandFramework.Answer answer = after.call(HandFramework.launch(oldOffer, "late", mark("late")));
        assertThat(answer.status()).isEqualTo(202);
        JsonObject status = after.awaitUpdate("late", "TASK_DROPPED");
        assertThat(status.text("reason")).isEqualTo("REASON_INVALID_OFFERS");
        assertThat(status.text("source")).isEqualTo("SOURCE_MASTER");
        assertThat(status.text("message")).contains(oldOffer.text("id.value")).contains("no longer valid");
        assertThat(directory.resolve("late")).doesNotExist();
    }

    @Test
    @Order(6)
    void itCatchesUpAndServesAgainWhenTheNewLeaderDies() {
        leader.process().kill();
        Member third = cluster.awaitLeaderOtherThan(leader, LONG);
        assertThat(operator(third, "GET_WEIGHTS")).contains("after-the-change").doesNotContain("late-write");
        try (HandFramework last = HandFramework.subscribe(third.address(), before.id())) {
            last.run("later", "exit 0");
        }
        assertThat(directory.resolve("late")).doesNotExist();
        assertThat(ProcessHandle.of(keeperPid)).isPresent();
        leader.start();
        leader.awaitHealth(LONG);
    }

    @Test
    @Order(7)
    void anAgentRefusesTheOrdersOfALeaderThatWasReplaced() throws InterruptedException {
        cluster.masters().forEach(master -> master.process().pause());
        exLeader.lead(new TaskKey(new FrameworkId(before.id()), new TaskId("keeper")));
        LinkMessage.RefusedOrder refused = exLeader.awaitRefusal();
        exLeader.follow();
        cluster.masters().forEach(master -> master.process().resume());

        assertThat(refused.verdict()).isEqualTo(Fence.Verdict.STALE);
        assertThat(refused.newest().term()).isGreaterThan(refused.order().term());
        assertThat(agent.tail()).contains("refused Kill of ").contains("STALE");
        Member now = cluster.awaitLeader(LONG);
        try (HandFramework last = HandFramework.subscribe(now.address(), before.id())) {
            last.run("last", "exit 0"); // The agent is back with those that it obeys.
            last.call(Tasks.reconcile("keeper"));
            last.awaitUpdate("keeper", "TASK_RUNNING");
        }
        assertThat(ProcessHandle.of(keeperPid)).isPresent();
    }

    /** An agent that also asks the one who will pretend to lead. */
    private static OsProcess startAgent() {
        Path home = cluster.directory().resolve("agent");
        return OsProcess.start(
                "agent",
                Installation.current()
                        .command(
                                "agent",
                                "--master=" + cluster.masterAddresses() + "," + exLeader.address(),
                                "--work_dir=" + home.resolve("data"),
                                "--resources=cpus:4;mem:1024",
                                "--ip=127.0.0.1",
                                "--port=0"),
                Map.of(),
                home,
                home.resolve("log"));
    }

    private static String mark(String name) {
        return "touch " + directory.resolve(name);
    }

    private static String operator(Member master, String type) {
        Probe answer = Probe.ask(master.address(), "/api/v1", "{\"type\":\"" + type + "\"}", SOON);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static JsonObject weight(String role, int weight) {
        return JsonObject.of(
                "type",
                "UPDATE_WEIGHTS",
                "update_weights",
                JsonObject.of("weight_infos", List.of(JsonObject.of("role", role, "weight", weight))));
    }

    private static Probe setWeight(Member master, String role, int weight) {
        return Probe.ask(master.address(), "/api/v1", text(weight(role, weight)), SOON);
    }

    private static String text(JsonObject object) {
        return new String(Json.bytes(object), StandardCharsets.UTF_8);
    }

    /** Sends a whole request to the stopped leader; the kernel takes it, nobody answers. */
    private static Socket send(JsonObject call, String path) throws IOException {
        HostPort to = HostPort.parse(former.address());
        byte[] body = Json.bytes(call);
        var lines = new ArrayList<String>();
        lines.add("POST " + path + " HTTP/1.1");
        lines.add("Host: " + to);
        lines.add("Content-Type: application/json");
        lines.add("Content-Length: " + body.length);
        if (path.equals(HandFramework.PATH)) {
            lines.add(before.streamHeader());
        }
        var socket = new Socket(to.host(), to.port());
        socket.setSoTimeout((int) LONG.toMillis());
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        return socket;
    }

    private static String statusLine(Socket socket) throws IOException {
        try (socket) {
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 200 ".length());
            return new String(answer, StandardCharsets.US_ASCII);
        }
    }
}
