package org.mesolith.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.MasterClient;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.Texts;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso demo}. */
@Command(
        description = {
            "Shows that a cluster survives its leader: three masters and two agents as processes on this",
            "machine, a framework with real tasks, kill -9 of the leader in the middle. Then files, processes",
            "and updates are compared. Exit code 0 only if all of it was verified."
        },
        footer = {"", "Example: meso demo --keep"})
public final class Demo implements Callable<Integer> {

    private static final Duration STEP_MAX = Duration.ofMinutes(2);
    private static final Duration BETWEEN_KILL_AND_TASKS = Duration.ofMillis(150);

    private final Console console;

    @Option(names = "--keep", description = "Leaves the cluster running and says how to talk to it.")
    private boolean keep;

    /** The command in these surroundings. */
    public Demo(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var clock = new DemoClock(console.out());
        Path directory = temporaryDirectory();
        boolean verified = false;
        var cluster = new ClusterProcess(Installation.current(), directory, ClusterProcess.Settings.of(3, 2));
        try (cluster) {
            verified = show(cluster, clock);
            if (keep) {
                tellHowToGoOn(cluster, clock);
                cluster.abandon();
            }
        } catch (IllegalStateException | Failure failed) {
            clock.say("FAILED: " + failed.getMessage());
        }
        if (verified && !keep) {
            Leftovers.delete(directory);
        } else if (!verified) {
            clock.plain("everything is left in " + directory + ", the logs too");
        }
        return verified ? ExitCode.OK : ExitCode.FAILED;
    }

    private boolean show(ClusterProcess cluster, DemoClock clock) {
        clock.say("starting three masters and two agents below " + cluster.directory());
        cluster.start();
        Member leader = cluster.awaitLeader(STEP_MAX);
        clock.say(leader.name() + " leads (pid " + leader.process().pid() + ", http://" + leader.address() + ")");

        var masters = new MasterList(HostPort.parseList(cluster.masterAddresses()), "the demo");
        Path marks = directoryFor(cluster.directory().resolve("marks"));
        var framework = new DemoFramework(masters, System.getProperty("user.name", "root"), marks);
        var tasks = new ArrayList<>(DemoTask.beforeTheKill());
        framework.submit(tasks, Integer.MAX_VALUE);
        framework.start();
        var proof = new DemoProof(tasks, marks, framework);
        awaitWorkBeforeTheKill(framework, clock);
        framework.kill("killed-1");
        await(framework, "killed-1 to be killed", () -> framework.isOver("killed-1") ? "" : "no word of it");
        Map<String, Long> before = proof.processes(DemoTask.Kind.LONG);

        killTheLeader(cluster, leader, framework, clock);
        tasks.addAll(DemoTask.duringTheKill());
        for (String rest : List.of("killed-2", "killed-3", "killed-4")) {
            framework.kill(rest);
        }
        awaitEnds(framework, tasks);
        clock.say("all tasks are where they belong; comparing files, processes and updates");
        boolean verified = report(proof.findings(before, operator(masters)), clock);
        endTheRest(framework, proof, tasks, clock);
        return verified;
    }

    private static void awaitWorkBeforeTheKill(DemoFramework framework, DemoClock clock) {
        await(
                framework,
                "the first tasks to run",
                () -> missing(
                        framework,
                        DemoTask.beforeTheKill(),
                        task -> framework.statesOf(task.id()).contains("TASK_RUNNING") || framework.isOver(task.id())));
        clock.say(DemoTask.beforeTheKill().size() + " tasks run: long, short, failing and some to be killed");
        await(
                framework,
                "the failing tasks to fail",
                () -> missing(
                        framework,
                        DemoTask.beforeTheKill().stream()
                                .filter(task -> task.kind() == DemoTask.Kind.FAILING)
                                .toList(),
                        task -> framework.isOver(task.id())));
    }

    private void killTheLeader(ClusterProcess cluster, Member leader, DemoFramework framework, DemoClock clock) {
        List<DemoTask> more = DemoTask.duringTheKill();
        int half = more.size() / 2;
        int subscriptions = framework.subscriptions();
        framework.submit(more.subList(0, half), 2);
        LockSupport.parkNanos(BETWEEN_KILL_AND_TASKS.toNanos());
        OsProcess process = leader.process();
        long killed = System.nanoTime();
        process.killNow();
        clock.say("kill -9 of " + leader.name() + " (pid " + process.pid() + ") while tasks are being launched");
        process.awaitEnd(STEP_MAX);
        clock.say("leader gone");
        framework.submit(more.subList(half, more.size()), 2);
        Member next = cluster.awaitLeaderOtherThan(leader, STEP_MAX);
        clock.say("new leader: " + next.name() + ", " + since(killed) + " after the kill");
        await(
                framework,
                "the framework at the new leader",
                () -> framework.subscriptions() > subscriptions ? "" : "not subscribed");
        await(framework, "a launch after the kill", () -> firstAfter(framework, killed) > 0 ? "" : "none accepted");
        clock.say("first accepted launch at the new leader "
                + Texts.span(Duration.ofNanos(firstAfter(framework, killed) - killed)) + " after the kill");
    }

    private static long firstAfter(DemoFramework framework, long nanos) {
        return framework.launchesAtNanos().stream()
                .filter(at -> at - nanos > 0)
                .findFirst()
                .orElse(0L);
    }

    private static void awaitEnds(DemoFramework framework, List<DemoTask> tasks) {
        await(
                framework,
                "every task to be launched",
                () -> framework.waitingTasks() == 0 ? "" : framework.waitingTasks() + " wait for an offer");
        await(
                framework,
                "every task to be where it belongs",
                () -> missing(
                        framework,
                        tasks,
                        task -> framework.stateOf(task.id()).equals(task.kind().expectedState())
                                || (task.kind() != DemoTask.Kind.LONG && framework.isOver(task.id()))));
    }

    private static boolean report(List<DemoProof.Finding> findings, DemoClock clock) {
        boolean verified = true;
        for (DemoProof.Finding finding : findings) {
            clock.plain((finding.problems().isEmpty() ? "verified: " : "NOT TRUE: ") + finding.sentence());
            finding.problems().forEach(problem -> clock.plain("            " + problem));
            verified &= finding.problems().isEmpty();
        }
        return verified;
    }

    private static void endTheRest(DemoFramework framework, DemoProof proof, List<DemoTask> tasks, DemoClock clock) {
        Map<String, Long> processes = proof.processes(DemoTask.Kind.LONG);
        tasks.stream().filter(task -> task.kind() == DemoTask.Kind.LONG).forEach(task -> framework.kill(task.id()));
        await(
                framework,
                "the long tasks to end",
                () -> missing(
                        framework,
                        tasks.stream()
                                .filter(task -> task.kind() == DemoTask.Kind.LONG)
                                .toList(),
                        task -> framework.isOver(task.id())));
        await(
                framework,
                "their processes to be gone",
                () -> processes.values().stream().anyMatch(DemoProof::isSleeping) ? "some still run" : "");
        framework.tearDown();
        clock.say("the long tasks were killed at the end, their processes are gone");
    }

    private void tellHowToGoOn(ClusterProcess cluster, DemoClock clock) {
        String pids = java.util.stream.Stream.concat(cluster.masters().stream(), cluster.agents().stream())
                .filter(Member::isAlive)
                .map(member -> Long.toString(member.process().pid()))
                .collect(Collectors.joining(" "));
        clock.say("the cluster is left running (one of the three masters is the dead one)");
        clock.plain("talk to it:  export MESO_MASTERS=" + cluster.masterAddresses());
        clock.plain("             meso cluster status; meso agent ls; meso task run -- echo hello");
        clock.plain("end it:      kill " + pids + "; rm -r " + cluster.directory());
    }

    private interface TaskTest {
        boolean isDone(DemoTask task);
    }

    private static String missing(DemoFramework framework, List<DemoTask> tasks, TaskTest test) {
        return tasks.stream()
                .filter(task -> !test.isDone(task))
                .map(task -> task.id() + " " + framework.statesOf(task.id()))
                .collect(Collectors.joining(", "));
    }

    private static void await(DemoFramework framework, String what, Waiting.Condition missing) {
        Waiting.until(what, STEP_MAX, () -> {
            if (!framework.trouble().isEmpty()) {
                throw new IllegalStateException(framework.trouble());
            }
            return missing.get();
        });
    }

    private static Operator operator(MasterList masters) {
        return new Operator(new MasterClient(masters, STEP_MAX));
    }

    private static String since(long nanos) {
        return Texts.span(Duration.ofNanos(System.nanoTime() - nanos));
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("mesolith-demo-").toRealPath();
        } catch (IOException failed) {
            throw new Failure(ExitCode.FAILED, "cannot make a temporary directory: " + failed, failed);
        }
    }

    private static Path directoryFor(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException failed) {
            throw new Failure(ExitCode.FAILED, "cannot make " + path + ": " + failed, failed);
        }
    }
}
