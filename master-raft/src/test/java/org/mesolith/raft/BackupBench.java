package org.mesolith.raft;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.log.Restoring;
import org.mesolith.log.Snapshots;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.state.Actor;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Command;
import org.mesolith.state.Envelope;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.Origin;

/**
 * How long copies of a large registry take, and how long commits wait for them; never run by the tests.
 *
 * <p>{@code java -Xmx2g -cp … org.mesolith.raft.BackupBench DIRECTORY [agents] [tasks per agent]}; 10,000 agents with
 * 20 tasks each if nothing is said.
 */
public final class BackupBench {
    private static final int FRAMEWORKS = 20;
    private static final int TASK_BYTES = 600;
    private static final int OUTSTANDING = 1_024;

    private final Random random = new Random(1);
    private final PrintStream out = System.out;
    private final Path directory;
    private final Semaphore free = new Semaphore(OUTSTANDING);
    private final AtomicLong refused = new AtomicLong();

    private BackupBench(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws Exception {
        int agents = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        int tasks = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        new BackupBench(Path.of(arguments[0])).run(agents, tasks);
        Runtime.getRuntime().halt(0);
    }

    private void run(int agents, int tasks) throws Exception {
        try (var group =
                new TestGroup(directory.resolve("one"), 1, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT)) {
            group.openAll();
            group.bootstrap();
            var place = group.leader();
            fill(place, agents, tasks);
            var files = directory.resolve("files");
            var cut = measured(place, files);
            restore(cut, files);
        }
    }

    private void fill(TestGroup.Place place, int agents, int tasks) throws Exception {
        long begun = System.nanoTime();
        for (int number = 0; number < FRAMEWORKS; number++) {
            propose(place, new FrameworkCommand.SubscribeFramework(null, framework(number)));
        }
        for (int number = 0; number < agents; number++) {
            propose(place, new AgentCommand.AdmitAgent(null, agent(number)));
        }
        await();
        var frameworks = new ArrayList<FrameworkId>();
        place.member().registry().frameworks().forEach(row -> frameworks.add(row.id()));
        for (var agent : place.member().registry().agents()) {
            var launched = new ArrayList<TaskLaunch>();
            var offered = Resources.EMPTY;
            for (int number = 0; number < tasks; number++) {
                var needed = Resources.parse("cpus:0.1;mem:32");
                offered = offered.plus(needed);
                var info = new byte[TASK_BYTES];
                random.nextBytes(info);
                Arrays.fill(info, TASK_BYTES / 2, TASK_BYTES, (byte) 'x');
                launched.add(new TaskLaunch(
                        new TaskId(String.format(Locale.ROOT, "task-%016x", random.nextLong())),
                        "name",
                        agent.id(),
                        needed,
                        null,
                        List.of(),
                        new Opaque("mesos.v1.TaskInfo", info)));
            }
            propose(
                    place,
                    new FrameworkCommand.AcceptOffers(
                            frameworks.get(random.nextInt(FRAMEWORKS)),
                            agent.id(),
                            "role",
                            offered,
                            List.of(),
                            List.of(new OfferOperation.Launch(null, launched))));
        }
        await();
        line("filled", agents + " agents, " + tasks * agents + " tasks, " + refused + " refused", begun);
    }

    private Snapshots.Cut.Done measured(TestGroup.Place place, Path files) throws Exception {
        var stop = new AtomicBoolean();
        var worst = new AtomicLong();
        var commits = new AtomicLong();
        var load = Thread.ofPlatform().start(() -> {
            for (int number = 0; !stop.get(); number++) {
                long sent = System.nanoTime();
                var answer = place.member()
                        .log()
                        .propose(TestGroup.weight(place.recorder.readyTerm, "bench", 1 + number % 7));
                var _ = answer.join();
                worst.accumulateAndGet(System.nanoTime() - sent, Math::max);
                commits.incrementAndGet();
            }
        });
        Wait.until("a warm log", () -> commits.get() > 2_000);
        long before = worst.getAndSet(0);
        long begun = System.nanoTime();
        var cut = (Snapshots.Cut.Done) Wait.forIt(place.member().snapshots().cut(files));
        line("cut under load", bytes(files) + " bytes", begun);
        long during = worst.get();
        stop.set(true);
        load.join();
        out.printf(Locale.ROOT, "longest commit before\t%.1f ms%n", before / 1e6);
        out.printf(Locale.ROOT, "longest commit during\t%.1f ms%n", during / 1e6);
        return cut;
    }

    private void restore(Snapshots.Cut.Done cut, Path files) throws Exception {
        try (var fresh =
                new TestGroup(directory.resolve("fresh"), 3, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT)) {
            fresh.openAll();
            var plan = new Restoring.Plan(
                    UUID.randomUUID().toString(),
                    fresh.founders(),
                    2,
                    77,
                    cut.term(),
                    cut.index(),
                    cut.registry().digest());
            long all = System.nanoTime();
            var prepared = fresh.places.stream()
                    .map(place -> place.member().restoring().prepare(plan, files))
                    .toList();
            for (var answer : prepared) {
                line("prepared", Wait.forIt(answer).toString(), all);
            }
            long founding = System.nanoTime();
            var founded = fresh.places.stream()
                    .map(place -> place.member().restoring().found(plan))
                    .toList();
            for (var answer : founded) {
                line("founded", Wait.forIt(answer).toString(), founding);
            }
            var leader = fresh.leader();
            line("leads", leader.member().registry().agentCount() + " agents", all);
        }
    }

    private void propose(TestGroup.Place place, Command command) throws InterruptedException {
        free.acquire();
        var envelope = new Envelope(Actor.SYSTEM, Origin.LEADER, null, Instant.now(), place.recorder.readyTerm);
        var _ = place.member().log().propose(new Proposal(envelope, command)).whenComplete((decided, failed) -> {
            boolean good = decided instanceof Proposed.Decided done
                    && done.outcome() instanceof org.mesolith.state.Outcome.Accepted;
            if (!good) {
                refused.incrementAndGet();
            }
            free.release();
        });
    }

    private void await() throws InterruptedException {
        free.acquire(OUTSTANDING);
        free.release(OUTSTANDING);
    }

    private static FrameworkInfo framework(int number) {
        return new FrameworkInfo(
                null,
                "root",
                "framework " + number,
                List.of("role"),
                List.of(),
                Duration.ofDays(7),
                true,
                null,
                null,
                Opaque.empty("mesos.v1.FrameworkInfo"));
    }

    private static AgentInfo agent(int number) {
        return new AgentInfo(
                "host-" + number + ".example.org",
                5051,
                Resources.parse("cpus:64;mem:262144;disk:1000000;ports:[31000-32000]"),
                List.of(),
                null,
                List.of(),
                "1.11.0");
    }

    private static long bytes(Path files) throws Exception {
        try (var list = Files.list(files)) {
            return list.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private void line(String what, String detail, long begun) {
        out.printf(Locale.ROOT, "%s\t%.2f s\t%s%n", what, (System.nanoTime() - begun) / 1e9, detail);
    }
}
