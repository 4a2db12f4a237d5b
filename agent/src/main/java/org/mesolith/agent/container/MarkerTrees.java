package org.mesolith.agent.container;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.model.Uuid;

/**
 * Finds a container's processes without any help of the kernel: by a variable in their environment, and by descent from
 * the supervisor. A process that leaves its session, its parents and clears its environment escapes; cgroups hold it.
 */
final class MarkerTrees implements ProcessTrees {
    /** The variable that marks a process. */
    static final String VARIABLE = "MESOS_CONTAINER_ID";

    @Override
    public String name() {
        return "environment marker";
    }

    @Override
    public List<String> create(Uuid container) {
        return List.of();
    }

    @Override
    public List<Long> processes(Uuid container, ProcessMark supervisor) {
        var rows = ProcessTable.all();
        var inside = new TreeSet<Long>();
        for (var row : rows) {
            if (!row.isOver() && ProcessTable.hasVariable(row.pid(), VARIABLE + "=" + container)) {
                inside.add(row.pid());
            }
        }
        boolean supervised = ProcessTable.isAlive(supervisor);
        boolean grew = true;
        while (grew) {
            grew = false;
            for (var row : rows) {
                boolean child = inside.contains(row.parent())
                        || inside.contains(row.session())
                        || (supervised && row.parent() == supervisor.pid());
                if (child && !row.isOver() && row.pid() != supervisor.pid()) {
                    grew |= inside.add(row.pid());
                }
            }
        }
        return new ArrayList<>(inside);
    }

    @Override
    public void kill(Uuid container, ProcessMark supervisor) {
        processes(container, supervisor).forEach(pid -> ProcessTable.signal(pid, true));
    }

    @Override
    public boolean remove(Uuid container) {
        return true;
    }
}
