package org.mesolith.sim;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;
import org.mesolith.model.TaskState;
import org.mesolith.sim.plan.Phase;
import org.mesolith.state.Registry;
import org.mesolith.state.row.MaintenanceRow;
import org.mesolith.state.row.TaskRow;

/** What is going on, and where: looked at just before something breaks. */
final class Phases {
    private final Stage stage;

    Phases(Stage stage) {
        this.stage = stage;
    }

    /**
     * What goes on at one moment.
     *
     * @param everywhere what concerns everybody
     * @param byPlace what concerns one agent or framework
     */
    record Moment(Set<Phase> everywhere, TreeMap<String, Set<Phase>> byPlace) {
        /** What is met by something that strikes there: at a master everything is met. */
        Set<Phase> at(String place) {
            var met = EnumSet.noneOf(Phase.class);
            met.addAll(everywhere);
            var own = byPlace.get(place);
            if (own == null) {
                byPlace.values().forEach(met::addAll);
            } else {
                met.addAll(own);
            }
            if (met.isEmpty()) {
                met.add(Phase.QUIET);
            }
            return met;
        }
    }

    Moment now() {
        var everywhere = EnumSet.noneOf(Phase.class);
        if (stage.masters().stream().noneMatch(master -> master.member().isReady())) {
            everywhere.add(Phase.FAILOVER);
        }
        var byPlace = new TreeMap<String, Set<Phase>>();
        var registry = stage.group().newest();
        if (!registry.maintenance().equals(MaintenanceRow.NONE)) {
            everywhere.add(Phase.MAINTENANCE);
        }
        if (registry.quotas().iterator().hasNext()) {
            everywhere.add(Phase.QUOTA);
        }
        stage.agents().forEach(agent -> byPlace.put(agent.place(), of(agent, registry)));
        stage.frameworks().forEach(framework -> byPlace.put(framework.place(), framework.phases()));
        return new Moment(everywhere, byPlace);
    }

    private static Set<Phase> of(SimAgent agent, Registry registry) {
        var phases = EnumSet.noneOf(Phase.class);
        var snapshot = agent.snapshot();
        if (snapshot == null || !snapshot.registered()) {
            phases.add(Phase.AGENT_RETURN);
        }
        var id = snapshot == null
                ? agent.disk().content().identity().id()
                : snapshot.identity().id();
        var row = id == null ? null : registry.agent(id);
        if (row != null) {
            if (!row.isRegistered()) {
                phases.add(Phase.UNREACHABLE);
            }
            if (row.isDraining()) {
                phases.add(Phase.DRAIN);
            } else if (row.deactivated()) {
                phases.add(Phase.DEACTIVATED);
            }
            registry.tasksOfAgent(row.id()).forEach(task -> note(task, phases));
        }
        return phases;
    }

    private static void note(TaskRow task, Set<Phase> phases) {
        if (task.state() == TaskState.TASK_STAGING) {
            phases.add(Phase.LAUNCH);
        } else if (task.state() == TaskState.TASK_KILLING) {
            phases.add(Phase.KILL);
        } else if (task.isTerminal() || task.state() != task.reportedState()) {
            phases.add(Phase.UPDATE);
        }
    }
}
