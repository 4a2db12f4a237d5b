package org.mesolith.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Halt;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.log.ClusterControl.Bootstrap;
import org.mesolith.log.LogListener;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;
import org.mesolith.model.Weight;
import org.mesolith.raft.RaftMember;
import org.mesolith.raft.RatisSettings;
import org.mesolith.raft.StartRefused;
import org.mesolith.state.Actor;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Command;
import org.mesolith.state.Envelope;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.Reason;
import org.mesolith.state.Registry;
import org.mesolith.state.TaskCommand;
import org.mesolith.state.row.TaskRow;

/**
 * A member of its own in this process, with a real log, database and snapshots, and a cluster whose time is made up:
 * agents come and go, frameworks come, run tasks and end. One thread.
 */
final class RetentionLoad implements AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final int AGENTS = 40;
    private static final int AGENTS_PER_HOUR = 2;
    private static final int FRAMEWORKS = 6;
    private static final int FRAMEWORKS_PER_HOUR = 3;
    private static final int ACCEPTS_PER_HOUR = 6;
    private static final int TASKS_PER_ACCEPT = 8;
    private static final int TASK_INFO_BYTES = 300;
    private static final int CALLS_PER_HOUR = 20;
    private static final List<String> NATIVE = List.of("readers_bytes", "write_buffer_bytes");
    private static final Actor OPERATOR = Actor.operator("bench").from("127.0.0.1");

    /** Agents that are gone or unreachable are forgotten after a day, not after two weeks: the week must show it. */
    private static final Duration AGENTS_REMEMBERED = Duration.ofDays(1);

    /** As in a master, but for a log that is cut many times in this week. */
    private static final RatisSettings.SnapshotRules SNAPSHOTS =
            new RatisSettings.SnapshotRules(400, 1L << 20, Duration.ofDays(1), 200, 512L << 10);

    /** The bounds of events and audit, small enough that the first day reaches them; ages are not made-up time. */
    private static final RatisSettings.JournalRules JOURNAL = new RatisSettings.JournalRules(
            5_000, 4L << 20, Duration.ofDays(4_000), 500, 1L << 20, Duration.ofDays(4_000), Duration.ofMillis(100));

    private final RaftMember member;
    private final boolean leaks;
    private final List<AgentId> agents = new ArrayList<>();
    private final List<FrameworkId> frameworks = new ArrayList<>();

    /** Never before the cluster was made: what a command finds done later has its time from that. */
    private Instant now = Instant.now();

    private long number;

    /** @param leaks whether agents are never forgotten: to see that growth is found */
    RetentionLoad(Path directory, int raftPort, int httpPort, boolean leaks) {
        this.leaks = leaks;
        var settings = new RatisSettings(
                directory,
                "127.0.0.1",
                raftPort,
                "127.0.0.1",
                raftPort,
                httpPort,
                RatisSettings.Elections.DEFAULT,
                SNAPSHOTS,
                new RatisSettings.DiskRules(1, 64L << 20, 1, Duration.ofSeconds(1)),
                JOURNAL,
                Duration.ofSeconds(30));
        try {
            member = RaftMember.open(settings, new Quiet(), RetentionLoad::ended);
            member.start();
            var founded = member.cluster()
                    .bootstrap("retention", UUID.randomUUID().toString(), List.of(member.self()))
                    .get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS);
            if (founded instanceof Bootstrap.Refused(var why)) {
                throw new Failure(ExitCode.FAILED, "the member was refused: " + why);
            }
            awaitCluster();
        } catch (IOException | StartRefused | ExecutionException | TimeoutException failed) {
            throw new Failure(ExitCode.FAILED, "no member could be started: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted", interrupted);
        }
    }

    /** The next command will get no answer; this says why. */
    private static void ended(Halt.Code code, String why, @Nullable Throwable cause) {
        System.getLogger(RetentionLoad.class.getName())
                .log(System.Logger.Level.ERROR, "the member ended: " + code + ", " + why, cause);
    }

    private void awaitCluster() {
        long until = System.nanoTime() + ANSWER_MAX.toNanos();
        while (!member.cluster().status().ready()
                || !member.registry().cluster().exists()) {
            if (System.nanoTime() - until > 0) {
                throw new Failure(ExitCode.FAILED, "the member does not lead after " + ANSWER_MAX.toSeconds() + " s");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** One hour of churn. */
    void hour() {
        now = now.plus(Duration.ofHours(1));
        agentsComeAndGo();
        frameworksComeAndGo();
        for (var framework : List.copyOf(frameworks)) {
            for (int accept = 0; accept < ACCEPTS_PER_HOUR; accept++) {
                launch(framework, agents.get((int) (number++ % agents.size())));
            }
            finish(framework);
        }
        operate();
        if (!leaks) {
            apply(new AgentCommand.PruneAgents(now.minus(AGENTS_REMEMBERED), 1_000));
        }
    }

    /** What an operator does, which the audit keeps. */
    private void operate() {
        for (int call = 0; call < CALLS_PER_HOUR; call++) {
            double weight = (double) (1 + number++ % 9);
            apply(OPERATOR, new QuotaCommand.SetWeights(List.of(Weight.of("role-" + call % 5, weight))));
        }
    }

    private void agentsComeAndGo() {
        int wanted = agents.isEmpty() ? AGENTS : AGENTS_PER_HOUR;
        for (int i = 0; i < wanted; i++) {
            var id = new AgentId("agent-" + number++);
            apply(new AgentCommand.AdmitAgent(id, agent(id)));
            agents.add(id);
        }
        for (int i = 0; agents.size() > AGENTS; i++) {
            var gone = agents.removeFirst();
            apply(
                    i % 2 == 0
                            ? new AgentCommand.MarkAgentsUnreachable(
                                    List.of(new AgentCommand.MarkAgentsUnreachable.Silent(gone, now)))
                            : new AgentCommand.MarkAgentGone(gone));
        }
    }

    private static AgentInfo agent(AgentId id) {
        return new AgentInfo(
                id.value() + ".example.org",
                5_051,
                Resources.parse("cpus:64;mem:262144;disk:1000000;ports:[31000-32000]"),
                List.of(),
                null,
                List.of(AgentCapability.MULTI_ROLE),
                "1.11.0");
    }

    private void frameworksComeAndGo() {
        int wanted = frameworks.isEmpty() ? FRAMEWORKS : FRAMEWORKS_PER_HOUR;
        for (int i = 0; i < wanted; i++) {
            var id = new FrameworkId("framework-" + number++);
            apply(new FrameworkCommand.SubscribeFramework(id, framework(id)));
            frameworks.add(id);
        }
        while (frameworks.size() > FRAMEWORKS) {
            apply(new FrameworkCommand.TearDownFramework(frameworks.removeFirst()));
        }
    }

    private static FrameworkInfo framework(FrameworkId id) {
        return new FrameworkInfo(
                id,
                "root",
                id.value(),
                List.of("role"),
                List.of(),
                Duration.ofDays(7),
                true,
                null,
                null,
                Opaque.empty("mesos.v1.FrameworkInfo"));
    }

    private void launch(FrameworkId framework, AgentId agent) {
        var tasks = new ArrayList<TaskLaunch>();
        var offered = Resources.EMPTY;
        var needed = Resources.parse("cpus:0.5;mem:128");
        for (int i = 0; i < TASKS_PER_ACCEPT; i++) {
            offered = offered.plus(needed);
            tasks.add(new TaskLaunch(
                    new TaskId("task-" + number++),
                    "churn",
                    agent,
                    needed,
                    null,
                    List.of(),
                    new Opaque("mesos.v1.TaskInfo", new byte[TASK_INFO_BYTES])));
        }
        apply(new FrameworkCommand.AcceptOffers(
                framework, agent, "role", offered, List.of(), List.of(new OfferOperation.Launch(null, tasks))));
    }

    /** Every task of the framework runs, ends, and its end is acknowledged. */
    private void finish(FrameworkId framework) {
        var rows = new ArrayList<TaskRow>();
        member.registry().tasksOfFramework(framework).forEach(rows::add);
        var running = new ArrayList<TaskCommand.UpdateTasks.Update>();
        var finished = new ArrayList<TaskCommand.UpdateTasks.Update>();
        var runningKnown = new ArrayList<TaskCommand.AcknowledgeTasks.Acknowledgement>();
        var finishedKnown = new ArrayList<TaskCommand.AcknowledgeTasks.Acknowledgement>();
        for (var row : rows) {
            var first = new Uuid(7, number++);
            var last = new Uuid(7, number++);
            running.add(update(row, TaskState.TASK_RUNNING, first));
            finished.add(update(row, TaskState.TASK_FINISHED, last));
            runningKnown.add(new TaskCommand.AcknowledgeTasks.Acknowledgement(row.key(), first));
            finishedKnown.add(new TaskCommand.AcknowledgeTasks.Acknowledgement(row.key(), last));
        }
        apply(new TaskCommand.UpdateTasks(running));
        apply(new TaskCommand.AcknowledgeTasks(runningKnown));
        apply(new TaskCommand.UpdateTasks(finished));
        apply(new TaskCommand.AcknowledgeTasks(finishedKnown));
    }

    private TaskCommand.UpdateTasks.Update update(TaskRow row, TaskState state, Uuid uuid) {
        var status = new TaskStatus(
                row.id(),
                state,
                StatusSource.SOURCE_EXECUTOR,
                null,
                "",
                now,
                uuid,
                row.agent(),
                null,
                null,
                Opaque.empty(TaskStatus.SCHEMA));
        return new TaskCommand.UpdateTasks.Update(row.agent(), row.framework(), row.launchedAt(), status, state);
    }

    private void apply(Command command) {
        apply(Actor.SYSTEM, command);
    }

    /** A starved machine can make a member give up its lead for a moment: then it is waited for. */
    private void apply(Actor actor, Command command) {
        boolean again = false;
        while (true) {
            awaitCluster();
            switch (propose(actor, command)) {
                case Proposed.Decided(var _, Outcome.Accepted _) -> {
                    return;
                }
                case Proposed.Decided(var _, Outcome.Rejected(var reason, var why)) -> {
                    if (reason != Reason.STALE_TERM && again) {
                        return; // It had been decided the first time.
                    }
                    if (reason != Reason.STALE_TERM) {
                        throw new Failure(ExitCode.FAILED, "the churn was refused: " + why);
                    }
                    again = true;
                }
                case Proposed.NotLeader _, Proposed.Unknown _ -> again = true;
                case Proposed other -> throw new Failure(ExitCode.FAILED, "the churn was refused: " + other);
            }
        }
    }

    private Proposed propose(Actor actor, Command command) {
        var envelope = new Envelope(
                actor, Origin.LEADER, null, now, member.cluster().status().term());
        try {
            return member.log().propose(new Proposal(envelope, command)).get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new Failure(ExitCode.FAILED, "the log gave no answer: " + failed, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted", interrupted);
        }
    }

    /** What the registry holds. */
    long rows() {
        var registry = member.registry();
        long rows = agentsKept() + count(registry.requests());
        for (var framework : registry.frameworks()) {
            rows += 1
                    + count(registry.tasksOfFramework(framework.id()))
                    + count(registry.completedTasks(framework.id()));
        }
        for (var framework : registry.completedFrameworks()) {
            rows += 1 + count(registry.completedTasks(framework.framework().id()));
        }
        return rows;
    }

    /** Agents of now, and those that are remembered. */
    long agentsKept() {
        var registry = member.registry();
        return registry.agentCount() + count(registry.goneAgents());
    }

    private static long count(Iterable<?> all) {
        long count = 0;
        for (var _ : all) {
            count++;
        }
        return count;
    }

    long eventsKept() {
        return member.registry().journal().eventsKept();
    }

    long auditsKept() {
        return member.registry().journal().auditsKept();
    }

    /** What the database needs outside the heap but for its cache: indexes, write buffers. */
    long nativeBytes() {
        var figures = member.store().figures();
        return NATIVE.stream().mapToLong(name -> figures.getOrDefault(name, 0L)).sum();
    }

    /** Blocks that the database keeps in memory. */
    long cacheBytes() {
        return member.store().figures().getOrDefault("cache_bytes", 0L);
    }

    @Override
    public void close() {
        member.close();
    }

    /** Nobody needs to hear. */
    private static final class Quiet implements LogListener {
        @Override
        public void onApplied(LogEntry entry, Outcome outcome, Registry after) {}

        @Override
        public void onReplaced(Registry registry) {}

        @Override
        public void onLeaderReady(long term, Registry registry) {}

        @Override
        public void onStepDown() {}

        @Override
        public void onLeaderKnown(@Nullable MemberAddress leader) {}
    }
}
