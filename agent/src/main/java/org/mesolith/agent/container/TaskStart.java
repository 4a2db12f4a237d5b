package org.mesolith.agent.container;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.model.Uuid;

/**
 * The moment between a supervisor's word that it starts a task and the task. In it TERM would be lost: the child is not
 * there, or not in its group, or has the handler of the supervisor's shell still.
 */
final class TaskStart {
    private static final long PAUSE_MILLIS = 2;

    private TaskStart() {}

    /**
     * Waits until the supervisor's child is the task, the supervisor is over, or a start may not last any longer.
     *
     * @return the container's processes at that time
     */
    static List<Long> await(ProcessTrees trees, Uuid container, ProcessMark supervisor) throws InterruptedException {
        long until = System.nanoTime() + ContainerSettings.START_MAX.toNanos();
        while (true) {
            boolean supervised = ProcessTable.isAlive(supervisor) && System.nanoTime() - until < 0;
            var inside = trees.processes(container, supervisor);
            if (!supervised || holdsTask(inside, supervisor)) {
                return inside;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** The child takes a session of its own with the program that takes the shell's place; see {@link LaunchPlan}. */
    private static boolean holdsTask(List<Long> inside, ProcessMark supervisor) {
        return inside.stream()
                .map(ProcessTable::find)
                .anyMatch(row -> row != null && row.parent() == supervisor.pid() && row.session() == row.pid());
    }
}
