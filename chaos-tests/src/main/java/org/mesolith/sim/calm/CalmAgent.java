package org.mesolith.sim.calm;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentTask;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.TaskDigest;
import org.mesolith.base.Check;
import org.mesolith.leader.event.LinkId;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Reserved;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;

/**
 * An agent that does what it is told: it registers, keeps its tasks' updates until they are acknowledged, one at a time
 * for each task, and changes a task's state when somebody says so.
 */
public final class CalmAgent {
    /** One task and what its framework has not heard of it. */
    private static final class Task {
        private final TaskKey key;
        private final Position launchedAt;
        private final Deque<TaskStatus> unheard = new ArrayDeque<>();
        private TaskState state = TaskState.TASK_STAGING;

        Task(TaskKey key, Position launchedAt) {
            this.key = key;
            this.launchedAt = launchedAt;
        }

        AgentTask shown() {
            var head = unheard.peek();
            return head == null
                    ? new AgentTask(key, launchedAt, state, null)
                    : new AgentTask(
                            key, launchedAt, state, head.uuid(), head.state().isTerminal());
        }
    }

    private final CalmCluster cluster;
    private final SortedMap<String, Task> tasks = new TreeMap<>();
    private final SortedMap<ExecutorId, LinkMessage.ExecutorRun> executors = new TreeMap<>();
    private AgentInfo info;
    private @Nullable AgentId id;
    private @Nullable LinkId link;
    private boolean welcome;
    private boolean knewExecutors;
    private boolean silent;
    private boolean refused;
    private boolean cutOff;
    private long uuids;
    private Resources reserved = Resources.EMPTY;

    /** One that has not registered. */
    public CalmAgent(CalmCluster cluster, AgentInfo info) {
        this.cluster = cluster;
        this.info = info;
    }

    /** Its id; null before it was welcomed. */
    public @Nullable AgentId id() {
        return id;
    }

    /** What it says of itself. */
    public AgentInfo info() {
        return info;
    }

    /** Dynamic reservations and volumes that it knows of. */
    public Resources reserved() {
        return reserved;
    }

    /** Before it registers for the first time: these reservations and volumes lie in its checkpoint. */
    public void checkpointed(Resources made) {
        reserved = made;
    }

    /** Before it registers: it was here under an earlier leader. */
    public void knownAs(AgentId before) {
        id = before;
    }

    /** It has this task already. */
    public void runs(TaskKey key, Position launchedAt) {
        tasks.put(key.task().value(), new Task(key, launchedAt));
    }

    /** Registers; false when it was turned away. */
    public boolean join(AgentInfo as) {
        info = as;
        silent = false;
        refused = false;
        welcome = false;
        cutOff = false;
        var before = link;
        var fresh = cluster.link(this);
        link = fresh;
        var list = list();
        cluster.say(
                fresh,
                new LinkMessage.Join(
                        id, info, null, TaskDigest.of(list), list.size(), reserved, LinkMessage.Software.OURS));
        if (before != null) {
            cluster.cut(before);
        }
        return welcome && !refused;
    }

    /** It lends this on top of what it has, and says so on its link. */
    public void lend(Resources total) {
        info = info.withResources(info.resources().nonRevocable().plus(total));
        say(new LinkMessage.Oversubscribed(total));
    }

    /** Comes up again with another configuration; false when its reservations do not fit into it. */
    public boolean restart(AgentInfo as) {
        return Reserved.on(as.resources(), reserved) != null && join(as);
    }

    /** The connection breaks at this end. */
    public void disconnect() {
        var broken = link;
        cutOff = true;
        linkBroke();
        if (broken != null) {
            cluster.cut(broken);
        }
    }

    /** It goes on, and answers nothing any more. */
    public void fallSilent() {
        silent = true;
    }

    /** Leaves in order. */
    public void leave() {
        cluster.say(Check.present(link, "link of an agent that leaves"), new LinkMessage.Leave());
        disconnect();
        tasks.clear();
    }

    /** Says this over its link, such as what its executors say. */
    public void say(LinkMessage.FromAgent message) {
        cluster.say(Check.present(link, "link of an agent that speaks"), message);
    }

    /** Whether its connection was broken on purpose; one that is silent, or was given up, keeps its own end. */
    public boolean isCutOff() {
        return cutOff;
    }

    void linkBroke() {
        link = null;
        welcome = false;
    }

    void linkClosed(LinkId closed) {
        if (closed.equals(link)) {
            linkBroke();
        }
    }

    // ---- tasks

    /** Whether it has a task of this name. */
    public boolean has(String task) {
        return tasks.containsKey(task);
    }

    /** A task changes its state. */
    public void report(String name, TaskState state, @Nullable StatusReason reason, StatusSource source) {
        var task = Check.present(tasks.get(name), "task " + name + " on the agent");
        task.state = state;
        task.unheard.add(new TaskStatus(
                new TaskId(name),
                state,
                source,
                reason,
                "",
                Instant.EPOCH,
                new Uuid(hash(name), ++uuids),
                id,
                null,
                null,
                Opaque.empty(TaskStatus.SCHEMA)));
        if (task.unheard.size() == 1) {
            send(task);
        }
    }

    /** The built-in executor of this name is over; false when there is none. It is told once, or at the next join. */
    public boolean endExecutor(String name) {
        var run = executors.remove(new ExecutorId(name));
        var over = link;
        if (run != null && over != null && welcome && !silent) {
            cluster.say(over, new LinkMessage.ExecutorEnded(run, 0, ""));
        }
        return run != null;
    }

    private long hash(String name) {
        return 31L * name.hashCode() + info.hostname().hashCode();
    }

    private void send(Task task) {
        var head = task.unheard.peek();
        var over = link;
        if (head != null && over != null && welcome && !silent) {
            cluster.say(
                    over,
                    new LinkMessage.Statuses(List.of(new LinkMessage.Statuses.Status(
                            task.key.framework(), task.launchedAt, head, task.state, null))));
        }
    }

    private List<AgentTask> list() {
        return tasks.values().stream().map(Task::shown).toList();
    }

    // ---- orders

    void hear(LinkMessage.FromMaster message) {
        if (silent) {
            return;
        }
        var over = Check.present(link, "link that an order came over");
        switch (message) {
            case LinkMessage.Welcome welcomed -> {
                id = welcomed.id();
                welcome = true;
                if (knewExecutors) {
                    cluster.say(over, new LinkMessage.Executors(List.copyOf(executors.values())));
                }
                List.copyOf(tasks.values()).forEach(this::send);
            }
            case LinkMessage.Refuse _ -> refused = true;
            case LinkMessage.SendTasks _ -> cluster.say(over, new LinkMessage.Tasks(list()));
            case LinkMessage.MasterHeartbeat _ -> cluster.say(over, new LinkMessage.AgentHeartbeat());
            case LinkMessage.Launch launch ->
                tasks.putIfAbsent(launch.key().task().value(), new Task(launch.key(), launch.launchedAt()));
            case LinkMessage.LaunchGroup group -> {
                var at = group.under().launchedAt();
                if (at != null) {
                    var executor = group.under().executor();
                    knewExecutors = true;
                    executors.putIfAbsent(executor, new LinkMessage.ExecutorRun(group.framework(), executor, at));
                }
                group.tasks()
                        .forEach(task -> tasks.putIfAbsent(
                                task.task().value(),
                                new Task(new TaskKey(group.framework(), task.task()), group.launchedAt())));
            }
            case LinkMessage.AcknowledgeStatus(var _, var key, var uuid) -> acknowledged(key, uuid);
            case LinkMessage.ShutdownFramework(var _, var framework) -> shutDown(framework);
            case LinkMessage.CheckTasks(var _, var runs) -> check(runs);
            case LinkMessage.SetReserved(var _, var now) -> reserved = now;
            case LinkMessage.Drain _,
                    LinkMessage.Kill _,
                    LinkMessage.GoingAway _,
                    LinkMessage.ShutdownExecutor _,
                    LinkMessage.TellExecutor _,
                    LinkMessage.AcknowledgeExecutor _ -> {}
        }
    }

    private void acknowledged(TaskKey key, Uuid uuid) {
        var task = tasks.get(key.task().value());
        var head = task == null ? null : task.unheard.peek();
        if (task == null || head == null || !uuid.equals(head.uuid())) {
            return;
        }
        task.unheard.remove();
        if (head.state().isTerminal()) {
            tasks.remove(key.task().value());
        } else {
            send(task);
        }
    }

    private void shutDown(FrameworkId framework) {
        tasks.values().removeIf(task -> task.key.framework().equals(framework));
        executors.values().removeIf(run -> run.framework().equals(framework));
    }

    /** Tasks that it does not know are lost. */
    private void check(List<LinkMessage.CheckTasks.TaskRun> runs) {
        var unknown = new ArrayList<LinkMessage.CheckTasks.TaskRun>();
        for (var run : runs) {
            if (!tasks.containsKey(run.task().value())) {
                unknown.add(run);
            }
        }
        for (var run : unknown) {
            var name = run.task().value();
            tasks.put(name, new Task(new TaskKey(run.framework(), run.task()), run.launchedAt()));
            report(name, TaskState.TASK_LOST, StatusReason.REASON_RECONCILIATION, StatusSource.SOURCE_AGENT);
        }
    }
}
