package org.mesolith.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mesolith.api.SchedulerCall;
import org.mesolith.base.Check;
import org.mesolith.leader.event.Launched;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Offer;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskStatus;
import org.mesolith.sim.plan.Phase;
import org.mesolith.state.Registry;

/** The tales of all tasks of one framework. */
final class TaskTales {
    private final boolean partitionAware;
    private final TreeMap<TaskId, TaskTale> present = new TreeMap<>();

    /** Of tasks whose id was used again. */
    private final List<TaskTale> earlier = new ArrayList<>();

    TaskTales(boolean partitionAware) {
        this.partitionAware = partitionAware;
    }

    /** A task is about to be launched. */
    TaskTale begin(TaskId task, Offer offer) {
        var tale = new TaskTale(task, offer, partitionAware);
        var before = present.put(task, tale);
        if (before != null) {
            earlier.add(before);
        }
        return tale;
    }

    /** The tale that goes on: of an earlier task of this id when the update is known from there. */
    TaskTale of(TaskStatus status) {
        for (var tale : earlier) {
            if (tale.id().equals(status.task()) && tale.heard(status.uuid())) {
                return tale;
            }
        }
        return Check.present(present.get(status.task()), "task " + status.task() + " that was asked for");
    }

    /** A call arrives twice; launches in it are noted. */
    void repeated(SchedulerCall call) {
        if (!(call instanceof SchedulerCall.Accept accept)) {
            return;
        }
        for (var operation : accept.operations()) {
            for (var launch : Launched.tasks(operation)) {
                Check.present(present.get(launch.task()), "tale").repeated();
            }
        }
    }

    /** Of every task, also of those whose id was used again. */
    List<TaskTale> all() {
        var all = new ArrayList<>(earlier);
        all.addAll(present.values());
        return all;
    }

    /** Of tasks of which something is still to be found out. */
    List<TaskTale> open() {
        return present.values().stream().filter(tale -> !tale.isOver()).toList();
    }

    /** One of which something is still to be found out, on this agent. */
    Optional<TaskTale> oneOn(AgentId agent) {
        return open().stream().filter(tale -> tale.agent().equals(agent)).findFirst();
    }

    /** Questions about those of which nobody knows whether they were launched. */
    List<SchedulerCall.Reconcile.Asked> doubtful(Instant now) {
        return open().stream()
                .filter(tale -> tale.asked() == TaskTale.Asked.DOUBTFUL)
                .map(tale -> tale.ask(now))
                .toList();
    }

    /** The call that launched these was answered. */
    void answered(List<TaskTale> launched, Reply reply) {
        var asked = TaskTale.Asked.by(reply);
        launched.forEach(tale -> tale.answered(asked));
    }

    int count() {
        return present.size() + earlier.size();
    }

    /** Tasks that nobody has called about since, and whose end was acknowledged. */
    private List<TaskId> forgettable(Instant before) {
        return present.values().stream()
                .filter(tale -> tale.isForgettable(before))
                .map(TaskTale::id)
                .toList();
    }

    /** Ids that can be used again: forgettable, and forgotten by the masters. */
    List<TaskId> reusable(Instant before, FrameworkId framework, Registry registry) {
        return forgettable(before).stream()
                .filter(task -> registry.task(framework, task) == null)
                .toList();
    }

    /**
     * What goes on with the tasks.
     *
     * @param acknowledging true when an update is still to be acknowledged
     */
    void note(Set<Phase> phases, boolean acknowledging) {
        if (acknowledging) {
            phases.add(Phase.UPDATE);
        }
        for (var tale : present.values()) {
            if (tale.asked() == TaskTale.Asked.UNDER_WAY) {
                phases.add(Phase.LAUNCH);
            } else if (tale.isKillAsked() && !tale.isOver()) {
                phases.add(Phase.KILL);
            }
        }
    }
}
