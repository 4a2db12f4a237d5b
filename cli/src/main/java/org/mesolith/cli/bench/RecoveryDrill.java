package org.mesolith.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;

/** The steps of {@code meso bench recovery}, each as an operator does it, with the time that it took. One thread. */
final class RecoveryDrill {
    private static final Duration STEP_MAX = Duration.ofMinutes(15);

    /** The spans for which commits are measured one after the other while a backup is made. */
    private static final int PACE_SECONDS = 1;

    private static final int RESTORED = 3;

    private final ClusterProcess cluster;
    private final Consumer<String> row;
    private final Path backup;
    private int commands;

    /** @param row takes one line of the result */
    RecoveryDrill(ClusterProcess cluster, Consumer<String> row) {
        this.cluster = cluster;
        this.row = row;
        this.backup = cluster.directory().resolve("registry.meso");
    }

    /** Agents and tasks, each by a command of the log. */
    void fill(int agents, int tasks) {
        long begun = System.nanoTime();
        String done = LogDoor.ask(leader(), "fill " + agents + " " + tasks, STEP_MAX);
        String[] words = done.split(" ");
        say("fill", begun, words[0] + " agents, " + words[1] + " tasks, " + words[2] + " refused");
        begun = System.nanoTime();
        CatchUp.await(cluster.masters(), CatchUp.applied(leader()), STEP_MAX);
        say("followers caught up", begun, "");
    }

    /** Linearizable reads in the processes of the leader and of a follower. */
    void reads(int outstanding, int seconds) {
        for (Member master : List.of(leader(), follower())) {
            String line = "reads " + outstanding + " " + seconds + " " + seconds;
            String[] words = LogDoor.ask(master, line, STEP_MAX).split(" ");
            String role = master.role().toLowerCase(Locale.ROOT);
            row.accept(String.format(
                    Locale.ROOT,
                    "reads of the %s\t%d\t%d at a time: %s/s, p50 %s ms, p99 %s ms",
                    role,
                    seconds,
                    outstanding,
                    words[0],
                    words[1],
                    words[2]));
        }
    }

    /** A backup from the leader with commits going on, and its check. */
    void backup() {
        var pace = new Pace(leader());
        double calm = pace.worst();
        var stop = new AtomicBoolean();
        var worst = new ArrayList<Double>();
        var thread = Thread.ofPlatform().daemon(true).start(() -> {
            while (!stop.get()) {
                worst.add(pace.worst());
            }
        });
        long begun = System.nanoTime();
        meso("cluster", "backup", "create", backup.toString(), "--masters", leader().address());
        long taken = System.nanoTime() - begun;
        stop.set(true);
        join(thread);
        double longest = worst.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        row.accept(String.format(
                Locale.ROOT,
                "backup create\t%.2f\t%d MB; longest commit meanwhile %.1f ms (%.1f ms before), one at a time",
                taken / 1e9,
                size(backup) / 1_000_000,
                longest,
                calm));
        begun = System.nanoTime();
        meso("cluster", "backup", "verify", backup.toString());
        say("backup verify", begun, "restored into a scratch directory, digest compared");
    }

    /** A follower dies by SIGKILL and is started again. */
    void restart() {
        Member follower = follower();
        follower.process().kill();
        long goal = CatchUp.applied(leader());
        long begun = System.nanoTime();
        follower.start();
        CatchUp.await(List.of(follower), goal, STEP_MAX);
        say("restart of a follower until it caught up", begun, "killed by SIGKILL");
    }

    /** A new, empty master becomes a member. */
    void join() {
        Member added = cluster.startNewMaster();
        long begun = System.nanoTime();
        meso("cluster", "add", added.address(), "--accept-even", "--masters", leader().address());
        say("cluster add of an empty master", begun, "three members became four");
    }

    /** The backup becomes a cluster of new masters, beside the old one, which has been ended. */
    void restore() {
        cluster.masters().forEach(master -> master.process().kill());
        var settings = ClusterProcess.Settings.of(RESTORED, 0);
        try (var fresh =
                new ClusterProcess(cluster.installation(), cluster.directory().resolve("restored"), settings)) {
            fresh.startMasters();
            long begun = System.nanoTime();
            meso("cluster", "restore", backup.toString(), "--members", fresh.masterAddresses(), "--yes");
            say("cluster restore", begun, "to " + RESTORED + " empty masters on this machine");
            fresh.awaitLeader(STEP_MAX);
            say("cluster restore until a leader serves", begun, "");
        }
    }

    /** One commit at a time, again and again. */
    private record Pace(Member leader) {
        /** Milliseconds. */
        double worst() {
            String answer = LogDoor.ask(leader, "commits 1 0 " + PACE_SECONDS, STEP_MAX);
            return Double.parseDouble(answer.split(" ")[3]);
        }
    }

    private Member leader() {
        return cluster.awaitLeader(STEP_MAX);
    }

    private Member follower() {
        Member leader = leader();
        return cluster.masters().stream()
                .filter(master -> !master.equals(leader))
                .findFirst()
                .orElseThrow();
    }

    private void meso(String... arguments) {
        var name = "command-" + ++commands;
        var process = OsProcess.start(
                name,
                cluster.installation().command(arguments),
                Map.of(),
                cluster.directory(),
                cluster.directory().resolve(name + ".log"));
        int status = process.awaitEnd(STEP_MAX);
        if (status != 0) {
            throw new Failure(
                    ExitCode.FAILED,
                    "`meso " + String.join(" ", arguments) + "` ended with " + status + ":\n" + process.tail());
        }
    }

    private void say(String step, long begun, String detail) {
        row.accept(String.format(Locale.ROOT, "%s\t%.2f\t%s", step, (System.nanoTime() - begun) / 1e9, detail));
    }

    private static void join(Thread thread) {
        try {
            if (!thread.join(STEP_MAX)) {
                throw new Failure(ExitCode.DEADLINE, "the commits beside the backup did not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted", interrupted);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
