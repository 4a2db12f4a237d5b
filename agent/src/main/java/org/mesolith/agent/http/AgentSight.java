package org.mesolith.agent.http;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.agent.core.SandboxPath;
import org.mesolith.codec.CommandTasks;
import org.mesolith.codec.FrameworkUsers;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.Resources;

/**
 * What somebody may see of an agent: a snapshot without what the rules on reading keep from them. Nothing is refused,
 * things are missing, as in Mesos. Any thread.
 *
 * @param principal null for somebody without a name
 */
record AgentSight(Acls acls, @Nullable String principal) {
    /** Why somebody may not, for people. */
    static String no(@Nullable String principal, Action action, String what) {
        return "Forbidden: " + (principal == null ? "somebody without a name" : "'" + principal + "'") + " may not "
                + action.rules().replace('_', ' ') + " " + what + "; the ACLs of this agent say so";
    }

    /** Frameworks and tasks that are shown, with the executors that are. */
    AgentSnapshot of(AgentSnapshot all) {
        if (!judges(Action.VIEW_FRAMEWORK) && !judges(Action.VIEW_TASK) && !judges(Action.VIEW_EXECUTOR)) {
            return all;
        }
        return all.only(this::seesTask, run -> seesExecutor(run, Action.VIEW_EXECUTOR));
    }

    /** The same without the tasks whose own executors are not shown. */
    AgentSnapshot ofExecutors(AgentSnapshot all) {
        return ofExecutors(of(all), Action.VIEW_EXECUTOR);
    }

    /** What containers are made from. */
    AgentSnapshot ofContainers(AgentSnapshot all) {
        return ofExecutors(all, Action.VIEW_CONTAINER);
    }

    private AgentSnapshot ofExecutors(AgentSnapshot all, Action action) {
        if (!judges(action)) {
            return all;
        }
        Predicate<AgentSnapshot.Run> sees = run -> seesExecutor(run, action);
        return all.only(run -> run.record().order().under() != null || sees.test(run), sees);
    }

    /** What is not reserved, and what is reserved for roles that are shown. */
    Resources of(Resources all) {
        return judges(Action.VIEW_ROLE)
                ? all.filter(resource -> {
                    var role = resource.kind().reservedRole();
                    var allocated = resource.kind().allocatedRole();
                    return (role == null || role.equals("*") || seesRole(role))
                            && (allocated == null || allocated.equals("*") || seesRole(allocated));
                })
                : all;
    }

    private boolean seesRole(String role) {
        return acls.allow(Action.VIEW_ROLE, principal, role);
    }

    /** Whether the files of a sandbox are shown: those of every run that may be meant. */
    boolean seesSandbox(AgentSnapshot snapshot, SandboxFiles.Place place) {
        if (!judges(Action.ACCESS_SANDBOX)) {
            return true;
        }
        boolean known = false;
        for (var runs :
                List.of(snapshot.live(), snapshot.completed(), snapshot.executors(), snapshot.endedExecutors())) {
            for (var each : runs) {
                if (isAt(each, place)) {
                    known = true;
                    if (!acls.allow(Action.ACCESS_SANDBOX, principal, user(each))) {
                        return false;
                    }
                }
            }
        }
        // Of a run that is forgotten nobody knows the user: only who may see every sandbox sees it.
        return known || acls.allow(Action.ACCESS_SANDBOX, principal, null);
    }

    private static boolean isAt(AgentSnapshot.Run run, SandboxFiles.Place place) {
        var record = run.record();
        var under = record.order().under();
        var id = under == null ? record.id() : under.executor();
        return id.key().framework().equals(place.framework())
                && SandboxPath.executor(id).equals(place.executor())
                && (under != null
                        || place.run().equals(SandboxPath.LATEST)
                        || place.run().equals(record.container().toString()));
    }

    private boolean seesTask(AgentSnapshot.Run run) {
        return seesFramework(run) && (!judges(Action.VIEW_TASK) || acls.allow(Action.VIEW_TASK, principal, user(run)));
    }

    private boolean seesExecutor(AgentSnapshot.Run run, Action action) {
        return seesFramework(run) && (!judges(action) || acls.allow(action, principal, user(run)));
    }

    private boolean seesFramework(AgentSnapshot.Run run) {
        return !judges(Action.VIEW_FRAMEWORK)
                || acls.allow(
                        Action.VIEW_FRAMEWORK,
                        principal,
                        FrameworkUsers.of(run.record().order().framework()));
    }

    /** As whom it runs. */
    private static String user(AgentSnapshot.Run run) {
        var order = run.record().order();
        var named = order.taskInfo().isEmpty() ? null : CommandTasks.userOfTask(order.taskInfo());
        return named == null ? FrameworkUsers.of(order.framework()) : named;
    }

    private boolean judges(Action action) {
        return acls.judge(action);
    }
}
