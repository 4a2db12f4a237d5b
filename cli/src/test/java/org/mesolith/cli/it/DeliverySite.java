package org.mesolith.cli.it;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.it.KillPair.Kind;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/**
 * Three masters, an agent and a framework, each a process of its own that can be held at a step of a launch and killed
 * there. One trial after the other; each must leave everything as it was.
 */
final class DeliverySite implements AutoCloseable {
    static final double CPUS = 2;
    static final double MEM = 512;

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration END_MAX = Duration.ofSeconds(150);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final List<String> TINY =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m", "-Xshare:auto");

    /** How a trial went. */
    record Outcome(KillPair pair, String end, int ran, Duration took) {}

    private final Path directory;
    private final Path holds;
    private final Path home;
    private final ClusterProcess cluster;
    private final Member agent;
    private OsProcess framework;
    private int trials;

    DeliverySite(Path directory) throws IOException {
        this.directory = directory.toAbsolutePath();
        this.holds = Files.createDirectories(this.directory.resolve("holds"));
        this.home = Files.createDirectories(this.directory.resolve("framework"));
        Path jar = HoldAgent.jar(holds.resolve("holds.jar"));
        this.cluster = new ClusterProcess(
                Installation.current(),
                this.directory.resolve("cluster"),
                ClusterProcess.Settings.of(3, 1)
                        .withAgentOptions(
                                "--resources=cpus:" + (int) CPUS + ";mem:" + (int) MEM,
                                "--executor_reregistration_timeout=15secs")
                        .withEnvironment(Map.of("MESO_JAVA_OPTS", "-javaagent:" + jar + "=" + holds)));
        cluster.start();
        this.agent = cluster.agents().getFirst();
        this.framework = startFramework();
    }

    /** Kills the victim at the step, lets everything go on, and looks at what came of it. */
    Outcome run(KillPair pair) throws IOException {
        awaitWhole();
        int number = ++trials;
        Path trial = Files.createDirectories(directory.resolve("trial-" + number));
        String task = "t-" + number + "-";
        String executor = pair.kind() == Kind.COMMAND ? task : "x-" + number + "-";
        Hold.arm(
                holds,
                new Hold.Armed(trial, pair.step(), task, executor, pair.kind().state()));
        long since = System.nanoTime();
        order(trial, pair.kind(), task, executor);
        long held = awaitHit(trial, pair);
        kill(pair, trial, held);
        Hold.disarm(holds);
        Files.createFile(trial.resolve("go"));
        restart();
        Files.createFile(trial.resolve("finish"));
        awaitEnd(trial, pair, task, executor);
        var took = Duration.ofNanos(System.nanoTime() - since);
        var evidence = DeliveryEvidence.of(home, trial, task);
        var problems = new ArrayList<>(evidence.problems());
        problems.addAll(DeliveryEvidence.sentAfterAcknowledgement(holds, names()));
        problems.addAll(DeliveryEvidence.lines(holds.resolve("problems")));
        if (!problems.isEmpty()) {
            throw new AssertionError(pair + ": " + String.join("; ", problems) + "\n" + evidence);
        }
        return new Outcome(pair, Check.present(evidence.end(), "the end").state(), evidence.ran(), took);
    }

    /** How many notes the masters have made, by kind. */
    Map<DeliveryNote, Integer> notes() throws IOException {
        return DeliveryEvidence.notes(holds, names());
    }

    @Override
    public void close() {
        if (framework.isAlive()) {
            framework.kill();
        }
        cluster.close();
    }

    private List<String> names() {
        return cluster.masters().stream().map(Member::name).toList();
    }

    // ---- what happens

    private void order(Path trial, Kind kind, String task, String executor) throws IOException {
        var order = JsonObject.of(
                "trial",
                trial.toString(),
                "task",
                task,
                "executor",
                kind == Kind.COMMAND ? null : JsonObject.of("value", executor),
                "command",
                kind == Kind.COMMAND ? command(trial) : executor(trial));
        Path fresh = home.resolve("order.new");
        Files.write(fresh, Json.bytes(order));
        Files.move(fresh, home.resolve("order"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String executor(Path trial) throws IOException {
        return "exec " + String.join(" ", java()) + " " + DeliveryExecutorMain.class.getName() + " " + trial;
    }

    /** What {@link DeliveryExecutorMain} does, for a shell: it is held where it begins, and ends when it may. */
    private String command(Path trial) {
        return """
                cd %s
                echo $$ >pid
                if grep -q EXECUTOR_STARTED %s; then
                    echo $$ >begun && ln begun hit
                    until [ -e go ]; do sleep 0.02; done
                fi
                echo begun >>ran
                until [ -e finish ]; do sleep 0.05; done
                """.formatted(trial, holds.resolve("armed"));
    }

    /** Waits until somebody is held at the step; returns whose process. A step that is never taken is a failure. */
    private long awaitHit(Path trial, KillPair pair) throws IOException {
        Path hit = trial.resolve("hit");
        Waiting.until("somebody to get to " + pair.step(), LONG, () -> {
            if (Files.exists(hit)) {
                return "";
            }
            return "nobody did; problems: " + lines(holds.resolve("problems")) + "; framework: "
                    + last(lines(home.resolve("events"))) + "; agent: "
                    + last(List.of(agent.process().tail().split("\n")));
        });
        long pid = Long.parseLong(Files.readString(hit).strip());
        boolean right = switch (pair.step().side()) {
            case LEADER ->
                cluster.masters().stream().anyMatch(master -> master.process().pid() == pid);
            case AGENT -> agent.process().pid() == pid;
            case EXECUTOR -> pidIn(trial) == pid;
            case FRAMEWORK -> framework.pid() == pid;
        };
        Check.that(right, "the step " + pair.step() + " was taken by process " + pid + ", which is another one");
        return pid;
    }

    private void kill(KillPair pair, Path trial, long held) {
        switch (pair.victim()) {
            case LEADER -> leader(pair, held).process().kill();
            case AGENT -> agent.process().kill();
            case FRAMEWORK -> framework.kill();
            case SUPERVISOR -> kill(awaitSupervisor());
            case EXECUTOR -> kill(pidIn(trial));
        }
    }

    /** Whose thread is held leads, though nobody could ask it. */
    private Member leader(KillPair pair, long held) {
        if (pair.step().side() != DeliveryStep.Side.LEADER) {
            return cluster.awaitLeader(LONG);
        }
        return cluster.masters().stream()
                .filter(master -> master.process().pid() == held)
                .findFirst()
                .orElseThrow();
    }

    private static void kill(long pid) {
        var process = ProcessHandle.of(pid)
                .orElseThrow(() -> new AssertionError("process " + pid + " has ended before it was killed"));
        Check.that(process.destroyForcibly(), "process " + pid + " can be killed");
        try {
            process.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception late) {
            throw new IllegalStateException("process " + pid + " does not end after SIGKILL", late);
        }
    }

    /** As the supervisors of a machine do: whoever is dead is started again. */
    private void restart() throws IOException {
        for (Member master : cluster.masters()) {
            if (!master.isAlive()) {
                master.start();
            }
        }
        if (!agent.isAlive()) {
            agent.start();
        }
        if (!framework.isAlive()) {
            framework = startFramework();
        }
    }

    private OsProcess startFramework() throws IOException {
        var line = new ArrayList<>(java());
        line.addAll(List.of(DeliveryFrameworkMain.class.getName(), home.toString(), cluster.masterAddresses()));
        return OsProcess.start("framework", line, Map.of(), home, home.resolve("log"));
    }

    /** A small JVM with what the programs of the trial need. */
    private List<String> java() throws IOException {
        var path = new ArrayList<String>();
        for (Class<?> needed : List.of(
                DeliveryFrameworkMain.class,
                HttpConnection.class,
                com.fasterxml.jackson.core.JsonFactory.class,
                Check.class,
                Nullable.class)) {
            try {
                path.add(Path.of(needed.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
            } catch (URISyntaxException impossible) {
                throw new IOException(impossible);
            }
        }
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(TINY);
        line.add("-D" + Hold.DIRECTORY + "=" + holds);
        line.add("-cp");
        line.add(path.stream().distinct().collect(Collectors.joining(":")));
        return line;
    }

    // ---- what is seen

    /** The framework holds an offer of everything that the agent has. */
    private void awaitWhole() {
        Waiting.until("an offer of the whole agent", END_MAX, this::missingOffer);
    }

    private String missingOffer() {
        return String.join("", lines(home.resolve("holding"))).isEmpty()
                ? "the framework has none; it said " + last(lines(home.resolve("events"))) + "; " + framework.tail()
                : "";
    }

    private void awaitEnd(Path trial, KillPair pair, String task, String executor) {
        try {
            Waiting.until("the end of " + pair, END_MAX, () -> {
                if (!Files.exists(trial.resolve("ended"))) {
                    return "the framework was told no end of " + task;
                }
                // From cheap to dear: this is asked again and again while the cluster should do other things.
                String missing = missingOffer();
                if (missing.isEmpty()) {
                    missing = left();
                }
                return missing.isEmpty()
                        ? listed("GET_TASKS", "get_tasks.tasks", task)
                                + listed("GET_EXECUTORS", "get_executors.executors", executor)
                        : missing;
            });
        } catch (IllegalStateException late) {
            throw new AssertionError(
                    late.getMessage() + "\nevents: " + lines(home.resolve("events")) + "\nmade: "
                            + lines(trial.resolve("made")) + "\nkept: " + lines(trial.resolve("kept"))
                            + "\nagent: " + agent.process().tail(),
                    late);
        }
    }

    /** What a leader still lists with this id, or the empty text. */
    private String listed(String call, String path, String id) {
        String silent = "no leader answers " + call;
        for (Member master : cluster.masters()) {
            var answer = Probe.ask(master.address(), "/api/v1", "{\"type\":\"" + call + "\"}", ANSWER_MAX);
            if (answer.isOk()) {
                try {
                    var found = Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8)).objects(path).stream()
                            .map(JsonObject::toString)
                            .filter(text -> text.contains(id))
                            .findFirst();
                    return found.map(text -> call + " still lists " + text).orElse("");
                } catch (IOException unreadable) {
                    return call + ": " + unreadable;
                }
            }
            silent += "; " + master.name() + ": " + answer.status() + " " + answer.body();
        }
        return silent;
    }

    /** Processes of tasks that are left on the agent's machine, or the empty text. */
    private String left() {
        long own = agent.process().pid();
        String path = agent.directory().toString();
        var left = Stream.concat(
                        Leftovers.below(agent.directory()).stream(),
                        ProcessHandle.allProcesses()
                                .filter(process -> process.info()
                                        .commandLine()
                                        .filter(line -> line.contains(path))
                                        .isPresent()))
                .filter(process -> process.pid() != own
                        && process.pid() != ProcessHandle.current().pid())
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .distinct()
                .toList();
        return left.isEmpty() ? "" : "processes are left: " + left;
    }

    /** The process of the executor; it may only just come to life, and is the only one that ever does. */
    private static long pidIn(Path trial) {
        Path file = trial.resolve("pid");
        Waiting.until("the executor to say who it is", LONG, () -> lines(file).isEmpty() ? "silent" : "");
        var lines = lines(file);
        Check.that(lines.size() == 1, "the executor of a trial is started once, not " + lines.size() + " times");
        return Long.parseLong(lines.getFirst());
    }

    /** The supervisor that lives, by its mark: there is one at most. */
    private long awaitSupervisor() {
        var found = new long[1];
        Path marks = agent.directory().resolve("data/run/marks");
        Waiting.until("a supervisor", LONG, () -> {
            try (var files = Files.newDirectoryStream(marks, "*.started")) {
                for (Path file : files) {
                    String[] parts = String.join("", lines(file)).split(" ");
                    boolean lives = parts.length == 3
                            && ProcessHandle.of(Long.parseLong(parts[0]))
                                    .filter(ProcessHandle::isAlive)
                                    .isPresent();
                    if (lives) {
                        found[0] = Long.parseLong(parts[0]);
                        return "";
                    }
                }
                return "none in " + marks;
            } catch (IOException notYet) {
                return notYet.toString();
            }
        });
        return found[0];
    }

    private static List<String> lines(Path file) {
        try {
            return DeliveryEvidence.lines(file);
        } catch (IOException unreadable) {
            return List.of(unreadable.toString());
        }
    }

    private static String last(List<String> lines) {
        return lines.isEmpty() ? "nothing" : lines.getLast();
    }
}
