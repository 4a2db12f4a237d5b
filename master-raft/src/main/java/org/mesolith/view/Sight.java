package org.mesolith.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentView;
import org.mesolith.api.OperatorEvent;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.TaskView;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.Opaque;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskKey;
import org.mesolith.state.Registry;
import org.mesolith.state.row.TaskRow;

/**
 * What somebody may see: replies without what the rules on reading keep from them. Nothing is refused, things are
 * missing, as in Mesos. Any thread.
 *
 * @param principal null for somebody without a name
 * @param users as whom a task runs, read from its {@code mesos.v1.TaskInfo}
 */
public record Sight(Acls acls, @Nullable String principal, Users users) {
    private static final List<Action> VIEWING = List.of(
            Action.VIEW_FRAMEWORK,
            Action.VIEW_TASK,
            Action.VIEW_EXECUTOR,
            Action.VIEW_ROLE,
            Action.GET_QUOTA,
            Action.GET_MAINTENANCE_SCHEDULE,
            Action.GET_MAINTENANCE_STATUS);

    /** Reads a task. */
    @FunctionalInterface
    public interface Users {
        /** The user of its command, else of its executor's; null when neither names one. Of an executor, its own. */
        @Nullable
        String of(Opaque taskInfo);
    }

    /** Whether no rule keeps anything from anybody. */
    public boolean isWhole() {
        return VIEWING.stream().noneMatch(acls::judge);
    }

    /** Whether this framework is shown. */
    public boolean seesFramework(FrameworkInfo info) {
        return sees(Action.VIEW_FRAMEWORK, info.user());
    }

    /** Whether every machine of the maintenance schedule is shown. */
    public boolean seesSchedule(Registry registry) {
        return !acls.judge(Action.GET_MAINTENANCE_SCHEDULE)
                || registry.maintenance().scheduled().keySet().stream()
                        .allMatch(machine -> sees(Action.GET_MAINTENANCE_SCHEDULE, machine.toString()));
    }

    /** Whether this role is shown. */
    public boolean seesRole(String role) {
        return sees(Action.VIEW_ROLE, role);
    }

    /** Whether this task of a framework that is shown is shown, too. */
    public boolean seesTask(FrameworkInfo framework, Opaque taskInfo) {
        if (!acls.judge(Action.VIEW_TASK)) {
            return true;
        }
        var named = users.of(taskInfo);
        return sees(Action.VIEW_TASK, named == null ? framework.user() : named);
    }

    /** What of the cluster is not shown, in words; null when every framework and role is. */
    public @Nullable String hidden(LeaderView view) {
        if (isWhole()) {
            return null;
        }
        for (var framework : view.registry().frameworks()) {
            if (!seesFramework(framework.info())) {
                return "all frameworks";
            }
        }
        return view.roles(null).roles().stream().allMatch(role -> seesRole(role.name())) ? null : "all roles";
    }

    /** Whether this task is shown, and its framework. */
    public boolean seesTask(LeaderView view, TaskRow row) {
        if (isWhole()) {
            return true;
        }
        var info = new Shown(view.registry()).of(row.framework());
        var detail = view.details().of(List.of(row)).getFirst();
        return info != null && detail != null && seesTask(info, detail.taskInfo());
    }

    private boolean sees(Action action, @Nullable String object) {
        return acls.allow(action, principal, object);
    }

    /** What is left of a reply that was made from this registry. */
    public OperatorReply of(OperatorReply reply, Registry registry) {
        if (isWhole()) {
            return reply;
        }
        return switch (reply) {
            case OperatorReply.Health _,
                    OperatorReply.Flags _,
                    OperatorReply.Version _,
                    OperatorReply.LoggingLevel _,
                    OperatorReply.Files _,
                    OperatorReply.FilePart _,
                    OperatorReply.Metrics _,
                    OperatorReply.Master _ -> reply;
            case OperatorReply.Agents agents -> of(agents);
            case OperatorReply.Frameworks frameworks -> of(frameworks);
            case OperatorReply.Tasks tasks -> of(tasks, registry);
            case OperatorReply.Executors executors -> of(executors, registry);
            case OperatorReply.State state -> of(state, registry);
            case OperatorReply.Roles(var roles) -> of(roles, registry);
            case OperatorReply.Weights(var weights) ->
                new OperatorReply.Weights(only(weights, weight -> seesRole(weight.role())));
            case OperatorReply.Quotas(var quotas) ->
                new OperatorReply.Quotas(only(quotas, quota -> sees(Action.GET_QUOTA, quota.role())));
            case OperatorReply.Schedule(var windows) -> of(windows);
            case OperatorReply.Maintenance(var draining, var down) ->
                new OperatorReply.Maintenance(
                        only(draining, one -> seesStatus(one.machine())), only(down, this::seesStatus));
            case OperatorReply.Operations(var operations) -> {
                var shown = new Shown(registry);
                yield new OperatorReply.Operations(only(operations, one -> {
                    var info = shown.of(one.framework());
                    return info != null && info.roles().stream().allMatch(this::seesRole);
                }));
            }
        };
    }

    /** What is left of a picture of the whole cluster. */
    public OperatorReply.State of(OperatorReply.State state, Registry registry) {
        return isWhole()
                ? state
                : new OperatorReply.State(
                        of(state.tasks(), registry),
                        of(state.executors(), registry),
                        of(state.frameworks()),
                        of(state.agents()));
    }

    /**
     * What is left of an event, null for nothing.
     *
     * @param after what the cluster promises once it has happened
     * @param hidden tasks that are not shown, which nobody can tell from an update
     */
    public @Nullable OperatorEvent of(OperatorEvent event, Registry after, Predicate<TaskKey> hidden) {
        if (isWhole()) {
            return event;
        }
        return switch (event) {
            case OperatorEvent.Subscribed _, OperatorEvent.Heartbeat _, OperatorEvent.AgentRemoved _ -> event;
            case OperatorEvent.TaskAdded(var task) -> {
                var info = new Shown(after).of(task.key().framework());
                yield info != null && seesTask(info, task.taskInfo()) ? event : null;
            }
            case OperatorEvent.TaskUpdated(var task, var _, var _) ->
                new Shown(after).of(task.framework()) != null && !hidden.test(task) ? event : null;
            case OperatorEvent.AgentAdded(var agent) ->
                acls.judge(Action.VIEW_ROLE) ? new OperatorEvent.AgentAdded(of(agent)) : event;
            case OperatorEvent.FrameworkAdded(var framework) -> seesFramework(framework.info()) ? event : null;
            case OperatorEvent.FrameworkUpdated(var framework) -> seesFramework(framework.info()) ? event : null;
            case OperatorEvent.FrameworkRemoved(var framework) -> seesFramework(framework) ? event : null;
        };
    }

    /** Live tasks of frameworks that are shown that are not shown themselves. Reads details: not for the queue. */
    public Set<TaskKey> hiddenTasks(LeaderView view) {
        if (!acls.judge(Action.VIEW_TASK)) {
            return Set.of();
        }
        var all = view.tasks();
        var hidden = new TreeSet<TaskKey>();
        for (var tasks : List.of(all.active(), all.unreachable())) {
            tasks.forEach(task -> hidden.add(task.key()));
        }
        var seen = of(all, view.registry());
        for (var tasks : List.of(seen.active(), seen.unreachable())) {
            tasks.forEach(task -> hidden.remove(task.key()));
        }
        return hidden;
    }

    private static <T> List<T> only(List<T> all, Predicate<T> seen) {
        return all.stream().filter(seen).toList();
    }

    private boolean seesStatus(MachineId machine) {
        return sees(Action.GET_MAINTENANCE_STATUS, machine.toString());
    }

    // ---- frameworks and tasks

    /** Frameworks of a registry that are shown; each is judged once. */
    private final class Shown {
        private final Registry registry;
        private final Map<FrameworkId, Optional<FrameworkInfo>> judged = new TreeMap<>();

        Shown(Registry registry) {
            this.registry = registry;
        }

        /** Null when it is not shown. */
        @Nullable
        FrameworkInfo of(FrameworkId id) {
            return judged.computeIfAbsent(id, this::judge).orElse(null);
        }

        private Optional<FrameworkInfo> judge(FrameworkId id) {
            var row = registry.framework(id);
            var ended = registry.completedFramework(id);
            var info = row != null
                    ? row.info()
                    : ended == null ? null : ended.framework().info();
            return Optional.ofNullable(info).filter(Sight.this::seesFramework);
        }
    }

    private OperatorReply.Frameworks of(OperatorReply.Frameworks frameworks) {
        return new OperatorReply.Frameworks(
                only(frameworks.frameworks(), view -> seesFramework(view.info())),
                only(frameworks.completed(), view -> seesFramework(view.info())));
    }

    private OperatorReply.Tasks of(OperatorReply.Tasks tasks, Registry registry) {
        var shown = new Shown(registry);
        Predicate<TaskView> seen = task -> {
            var info = shown.of(task.key().framework());
            return info != null && seesTask(info, task.taskInfo());
        };
        return new OperatorReply.Tasks(
                only(tasks.active(), seen), only(tasks.unreachable(), seen), only(tasks.completed(), seen));
    }

    private OperatorReply.Executors of(OperatorReply.Executors executors, Registry registry) {
        var shown = new Shown(registry);
        return new OperatorReply.Executors(only(executors.executors(), executor -> {
            var info = shown.of(executor.framework());
            return info != null && seesExecutor(info, executor.info());
        }));
    }

    private boolean seesExecutor(FrameworkInfo framework, Opaque executor) {
        var named = users.of(executor);
        return sees(Action.VIEW_EXECUTOR, named == null ? framework.user() : named);
    }

    // ---- roles and agents

    private OperatorReply.Roles of(List<OperatorReply.Roles.RoleView> roles, Registry registry) {
        var shown = new Shown(registry);
        var seen = new ArrayList<OperatorReply.Roles.RoleView>();
        for (var role : roles) {
            if (seesRole(role.name())) {
                var frameworks = only(role.frameworks(), id -> shown.of(id) != null);
                seen.add(new OperatorReply.Roles.RoleView(
                        role.name(), role.weight(), frameworks, role.resources(), role.sums()));
            }
        }
        return new OperatorReply.Roles(seen);
    }

    private OperatorReply.Agents of(OperatorReply.Agents agents) {
        if (!acls.judge(Action.VIEW_ROLE)) {
            return agents;
        }
        return new OperatorReply.Agents(
                agents.agents().stream().map(this::of).toList(),
                agents.recovered().stream()
                        .map(one -> new OperatorReply.Agents.AgentInfoOf(one.id(), of(one.info())))
                        .toList());
    }

    private AgentView of(AgentView view) {
        return new AgentView(
                view.id(),
                of(view.info()),
                view.active(),
                view.deactivated(),
                view.pid(),
                view.registered(),
                view.reregistered(),
                of(view.total()),
                of(view.allocated()),
                of(view.offered()),
                view.drain());
    }

    private AgentInfo of(AgentInfo info) {
        return info.withResources(of(info.resources()));
    }

    /** Without what is reserved for roles that are not shown; one layer of a stack is enough. */
    private Resources of(Resources resources) {
        var seen = new ArrayList<Resource>();
        for (var resource : resources) {
            var allocated = resource.kind().allocatedRole();
            boolean all =
                    resource.reservations().stream().map(Reservation::role).allMatch(this::seesRole);
            if (all && (allocated == null || seesRole(allocated))) {
                seen.add(resource);
            }
        }
        return Resources.of(seen);
    }

    // ---- machines

    private OperatorReply.Schedule of(List<MaintenanceWindow> windows) {
        var seen = new ArrayList<MaintenanceWindow>();
        for (var window : windows) {
            var machines =
                    only(window.machines(), machine -> sees(Action.GET_MAINTENANCE_SCHEDULE, machine.toString()));
            if (!machines.isEmpty()) {
                seen.add(new MaintenanceWindow(machines, window.unavailability()));
            }
        }
        return new OperatorReply.Schedule(seen);
    }
}
