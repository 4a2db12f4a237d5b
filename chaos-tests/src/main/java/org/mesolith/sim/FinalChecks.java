package org.mesolith.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.TaskExit;
import org.mesolith.base.Check;
import org.mesolith.leader.Viewed;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.state.Digest;
import org.mesolith.state.Registry;

/** What must be true once the trouble is over and everybody had time to finish. */
final class FinalChecks {
    private final SimGroup group;
    private final List<SimMaster> masters;
    private final List<SimAgent> agents;
    private final List<SimFramework> frameworks;
    private final Invariants invariants;
    private final Predicate<AgentId> lives;

    /**
     * What the world knows.
     *
     * @param lives whether a machine still knows itself by an id
     */
    record Known(Invariants invariants, Predicate<AgentId> lives) {}

    /**
     * @param frameworks that stay to the end
     */
    FinalChecks(
            SimGroup group,
            List<SimMaster> masters,
            List<SimAgent> agents,
            List<SimFramework> frameworks,
            Known known) {
        this.group = group;
        this.masters = masters;
        this.agents = agents;
        this.frameworks = frameworks;
        this.invariants = known.invariants();
        this.lives = known.lives();
    }

    /** What is not finished yet, each with its kind before a colon; empty when everything is. */
    String whatIsLeft() {
        var left = new ArrayList<String>();
        for (var framework : frameworks) {
            if (!framework.isUp()) {
                left.add("not subscribed: " + framework.place());
            }
            for (var tale : framework.tales()) {
                if (!tale.isOver()) {
                    left.add("not over: " + tale);
                }
            }
            if (!framework.held().isEmpty()) {
                left.add("offers held: " + framework.place() + " " + framework.held());
            }
        }
        if (!left.isEmpty()) {
            return String.join("\n", left);
        }
        if (OperatorWishes.undo(registry(), lives) != null) {
            left.add("an operator has to wait: " + registry().maintenance());
        }
        left.addAll(leftOnMasters());
        left.addAll(leftOnAgents());
        if (registry().frameworkCount() != frameworks.size()) {
            left.add("frameworks, and not as many: " + registry().frameworkCount());
        }
        return String.join("\n", left);
    }

    /** The same once every framework was asked to end. */
    String whatIsLeftOfFrameworks() {
        var left = new ArrayList<String>();
        if (registry().frameworkCount() > 0) {
            left.add("frameworks: " + registry().frameworkCount());
        }
        left.addAll(leftOnMasters());
        left.addAll(leftOnAgents());
        return String.join("\n", left);
    }

    private Registry registry() {
        return masters.getFirst().member().registry();
    }

    private List<String> leftOnMasters() {
        var left = new ArrayList<String>();
        for (var master : masters) {
            if (master.member().applied() < group.log().size()) {
                left.add("entries to apply: " + master.place());
            }
        }
        for (var agent : registry().agents()) {
            registry().tasksOfAgent(agent.id()).forEach(task -> left.add("in the registry: " + task));
            registry().executorsOfAgent(agent.id()).forEach(row -> left.add("in the registry: " + row));
        }
        var leader = masters.stream()
                .filter(master -> master.member().isReady())
                .findFirst()
                .orElse(null);
        if (leader == null) {
            left.add("nobody leads");
        } else {
            leader.view(viewed -> {
                if (viewed instanceof Viewed.Seen(var view)) {
                    view.soft().offers().forEach(offer -> left.add("open offer: " + offer));
                    if (view.soft().connectedAgents().size() != agents.size()) {
                        left.add("connected agents: " + view.soft().connectedAgents());
                    }
                } else {
                    left.add("no view: " + viewed);
                }
            });
        }
        return left;
    }

    private List<String> leftOnAgents() {
        var left = new ArrayList<String>();
        for (var agent : agents) {
            agent.machine().running().forEach(run -> left.add("runs: " + agent.place() + " " + run));
            var snapshot = agent.snapshot();
            if (snapshot == null || !snapshot.registered()) {
                left.add("not registered: " + agent.place());
            } else {
                var id = Check.present(snapshot.identity().id(), "id of a registered agent");
                var row = registry().agent(id);
                if (row == null || !row.isRegistered()) {
                    left.add("unknown or unreachable: " + agent.place() + " as " + id + ", in the registry " + row);
                }
                snapshot.executors().forEach(run -> left.add("not ended: " + agent.place() + " " + run.record()));
                snapshot.live()
                        .forEach(run ->
                                left.add("not ended: " + agent.place() + " " + run.record() + " " + run.state()));
            }
        }
        return left;
    }

    /** After everything has come to its end: the stories fit to what happened on the machines. */
    void afterQuiet() {
        equalMembers();
        for (var framework : frameworks) {
            var id = framework.id();
            for (var tale : framework.tales()) {
                var run = invariants.promised(tale.offer(), tale.id());
                if (run == null) {
                    neverPromised(tale);
                } else {
                    boolean meddled = mayHaveBeenEnded(id, tale)
                            || tale.group().stream().anyMatch(other -> mayHaveBeenEnded(id, other));
                    compare(tale, run, meddled);
                }
            }
        }
    }

    private boolean mayHaveBeenEnded(FrameworkId id, TaskTale tale) {
        return invariants.mayHaveBeenEnded(new TaskKey(id, tale.id()), tale.agent());
    }

    /** After the frameworks have ended. */
    void atTheEnd() {
        equalMembers();
        int completed = 0;
        for (var framework : registry().completedFrameworks()) {
            completed += registry().completedTaskCount(framework.framework().id());
        }
        for (var master : masters) {
            int details = master.member().details().size();
            Check.that(
                    details == completed,
                    master.place() + " keeps the details of " + details + " tasks, the registry knows " + completed);
        }
        for (var agent : registry().agents()) {
            Check.that(registry().allocated(agent.id()).isEmpty(), "agent " + agent.id() + " is free");
        }
    }

    private void equalMembers() {
        long digest = registry().digest();
        for (var master : masters) {
            var own = master.member().registry();
            Check.that(own.digest() == digest, "members have the same registry");
            Check.that(Digest.recount(own) == digest, "the fingerprint is that of the rows");
        }
    }

    private void neverPromised(TaskTale tale) {
        boolean allowed = tale.asked() == TaskTale.Asked.NEVER || refusal(tale.end());
        Check.that(allowed, "ended without ever being promised: " + tale);
    }

    private static boolean refusal(@Nullable TaskState end) {
        return end == null
                || end == TaskState.TASK_ERROR
                || end == TaskState.TASK_DROPPED
                || end == TaskState.TASK_GONE
                || end == TaskState.TASK_GONE_BY_OPERATOR
                || end == TaskState.TASK_LOST;
    }

    /** An operator who had the task killed, or its agent emptied, makes every end possible. */
    private void compare(TaskTale tale, RunId run, boolean meddled) {
        var machine = invariants.started().get(run);
        var exit = exit(run);
        var end = tale.end();
        boolean fits = switch (end) {
            case null -> machine == null && tale.isLost();
            case TASK_FINISHED -> exit instanceof TaskExit.Status(int code) && code == 0;
            case TASK_FAILED -> !(exit instanceof TaskExit.Status(int code) && code == 0);
            case TASK_KILLED -> tale.isKillAsked() || tale.sharesFate();
            // That the task is unknown to its agent is told as GONE, or as LOST to those that do not know GONE.
            case TASK_DROPPED, TASK_GONE, TASK_LOST -> machine == null || exit instanceof TaskExit.Rebooted;
            case TASK_ERROR,
                    TASK_STARTING,
                    TASK_RUNNING,
                    TASK_STAGING,
                    TASK_KILLING,
                    TASK_GONE_BY_OPERATOR,
                    TASK_UNREACHABLE,
                    TASK_UNKNOWN -> false;
        };
        boolean ended = meddled && (end != null || tale.isLost());
        Check.that(
                fits || ended, "run " + run + " was started on " + machine + " and ended with " + exit + "; " + tale);
        boolean dropped = end == TaskState.TASK_DROPPED && machine == null && !meddled;
        if (dropped) {
            for (var other : tale.group()) {
                var otherRun = invariants.promised(other.offer(), other.id());
                Check.that(
                        otherRun == null || !invariants.started().containsKey(otherRun),
                        "of a group " + other + " was started, and this was dropped: " + tale);
            }
        }
    }

    private @Nullable TaskExit exit(RunId run) {
        for (var agent : agents) {
            var exit = agent.machine().exit(run);
            if (exit != null) {
                return exit;
            }
        }
        return null;
    }
}
