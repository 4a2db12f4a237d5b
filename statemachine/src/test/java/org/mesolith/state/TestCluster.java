package org.mesolith.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;
import org.mesolith.state.row.TaskRow;
import org.mesolith.state.rules.StateMachine;

/** A registry with a log in front of it, and short words for what tests say to it. */
public final class TestCluster {
    public static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    public static final String HOST = "host-1";

    private final long term;
    private Registry registry = Registry.EMPTY;
    private long index;
    private Instant now = START;

    private TestCluster(long term) {
        this.term = term;
    }

    /** Nothing in it, not even a cluster. */
    public static TestCluster empty() {
        return new TestCluster(1);
    }

    /** Initialised in epoch 1. */
    public static TestCluster made() {
        var cluster = new TestCluster(1);
        cluster.accepted(new SystemCommand.InitCluster("c0ffee00-cafe", 1, 77));
        return cluster;
    }

    public Registry registry() {
        return registry;
    }

    public Instant now() {
        return now;
    }

    public TestCluster later(Duration time) {
        now = now.plus(time);
        return this;
    }

    public Position lastAt() {
        return new Position(index, 0);
    }

    public Outcome apply(Command command) {
        return apply(new Envelope(Actor.SYSTEM, Origin.LEADER, null, now, term), command);
    }

    /** An operator's wish. */
    public Outcome operator(@Nullable String principal, Command command) {
        return apply(new Envelope(Actor.operator(principal), Origin.HTTP, null, now, term), command);
    }

    public Outcome apply(Envelope envelope, Command command) {
        return apply(new LogEntry(new Position(++index, 0), term, envelope, command));
    }

    /** Applies, and holds the fingerprint to its recount. */
    public Outcome apply(LogEntry entry) {
        var outcome = applyUncounted(entry);
        assertThat(registry.digest()).as("digest kept up").isEqualTo(Digest.recount(registry));
        return outcome;
    }

    /** For thousands of commands, where a recount after each would take too long. */
    public Outcome applyUncounted(LogEntry entry) {
        var step = StateMachine.step(registry, entry);
        registry = step.after();
        return step.outcome();
    }

    /** Applies and gives the result; fails when refused. */
    public Result accepted(Command command) {
        var outcome = apply(command);
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted) outcome).result();
    }

    /** Applies and gives the changes but for the time; fails when refused. */
    public List<Change> changes(Command command) {
        var outcome = apply(command);
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted) outcome)
                .changes().stream()
                        .filter(change -> !(change instanceof Change.TimePut))
                        .toList();
    }

    /** Applies and gives the reason; fails when accepted. */
    public Reason rejected(Command command) {
        var outcome = apply(command);
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return ((Outcome.Rejected) outcome).reason();
    }

    // ---- words

    public AgentId agent(String resources) {
        var result = accepted(new AgentCommand.AdmitAgent(null, info(HOST, resources)));
        return ((Result.AgentAdmitted) result).agent();
    }

    public static AgentInfo info(String host, String resources) {
        return new AgentInfo(host, 5051, Resources.parse(resources), List.of(), null, List.of(), "1.11.0");
    }

    public FrameworkId framework() {
        var result = accepted(new FrameworkCommand.SubscribeFramework(null, framework("fw")));
        return ((Result.FrameworkSubscribed) result).framework();
    }

    public static FrameworkInfo framework(String name) {
        return new FrameworkInfo(
                null,
                "root",
                name,
                List.of("ads"),
                List.of(FrameworkCapability.MULTI_ROLE),
                Duration.ofSeconds(60),
                true,
                "alice",
                null,
                Opaque.empty("mesos.v1.FrameworkInfo"));
    }

    public static TaskLaunch launch(AgentId agent, String task, String resources) {
        return new TaskLaunch(
                new TaskId(task),
                "name of " + task,
                agent,
                Resources.parse(resources),
                null,
                List.of(),
                new Opaque("mesos.v1.TaskInfo", new byte[] {1, 2, 3}));
    }

    public FrameworkCommand.AcceptOffers accept(
            FrameworkId framework, AgentId agent, String offered, TaskLaunch... tasks) {
        return accept(framework, agent, offered, new OfferOperation.Launch(null, List.of(tasks)));
    }

    public FrameworkCommand.AcceptOffers accept(
            FrameworkId framework, AgentId agent, String offered, OfferOperation... operations) {
        return new FrameworkCommand.AcceptOffers(
                framework, agent, "ads", Resources.parse(offered).allocatedTo("ads"), List.of(), List.of(operations));
    }

    /** Launches one task with all that it needs and gives its key. */
    public TaskKey launched(FrameworkId framework, AgentId agent, String task, String resources) {
        var result = accepted(accept(framework, agent, resources, launch(agent, task, resources)));
        assertThat(result)
                .isEqualTo(new Result.OffersAccepted(List.of(new Result.OperationOutcome.Launched(
                        List.of(new Result.TaskOutcome.Started(new TaskId(task)))))));
        return new TaskKey(framework, new TaskId(task));
    }

    public TaskRow task(TaskKey key) {
        return Check.present(registry.task(key), "task " + key);
    }

    public static TaskStatus status(TaskKey key, TaskState state, long uuid) {
        return new TaskStatus(
                key.task(),
                state,
                StatusSource.SOURCE_EXECUTOR,
                null,
                "",
                START,
                uuid == 0 ? null : new Uuid(uuid, uuid),
                null,
                null,
                null,
                Opaque.empty(TaskStatus.SCHEMA));
    }

    public TaskCommand.UpdateTasks.Update update(TaskKey key, TaskState state, long uuid) {
        return update(key, state, uuid, state);
    }

    public TaskCommand.UpdateTasks.Update update(TaskKey key, TaskState state, long uuid, TaskState latest) {
        var row = task(key);
        return new TaskCommand.UpdateTasks.Update(
                row.agent(), key.framework(), row.launchedAt(), status(key, state, uuid), latest);
    }

    public Result.UpdateVerdict updated(TaskKey key, TaskState state, long uuid) {
        var result = accepted(new TaskCommand.UpdateTasks(List.of(update(key, state, uuid))));
        return ((Result.TasksUpdated) result).verdicts().getFirst();
    }

    public Result.AcknowledgeVerdict acknowledged(TaskKey key, long uuid) {
        var acknowledgement = new TaskCommand.AcknowledgeTasks.Acknowledgement(key, new Uuid(uuid, uuid));
        var result = accepted(new TaskCommand.AcknowledgeTasks(List.of(acknowledgement)));
        return ((Result.TasksAcknowledged) result).verdicts().getFirst();
    }

    public static TaskCommand.DropTasks drop(TaskKey key, TaskState state) {
        return new TaskCommand.DropTasks(List.of(
                new TaskCommand.DropTasks.Drop(key, null, state, StatusReason.REASON_AGENT_DISCONNECTED, "dropped")));
    }
}
