package org.mesolith.agent.core;

import org.mesolith.agent.core.TaskLifecycle.Phase;

/**
 * What becomes of the runs of an earlier agent process.
 *
 * <p>The record says how far the order had come; the process' own traces (mark, exit file, process table) say the rest.
 */
final class Recovery {
    private final TaskReader reader;
    private final RunSteps steps;

    Recovery(TaskReader reader, RunSteps steps) {
        this.reader = reader;
        this.steps = steps;
    }

    void resume(Turn turn, TaskRun run) {
        if (run.isEnded()) {
            return;
        }
        String unreadable = null;
        switch (reader.read(run.order.framework(), run.order.taskInfo(), run.order.user())) {
            case TaskReader.Reading.Runs(var spec) -> run.spec = spec;
            case TaskReader.Reading.Refused(var why) -> unreadable = why;
        }
        boolean early = run.phase == Phase.RECORDING || run.phase == Phase.STARTING;
        if (early) {
            // The order is on disk, but whether the process was started is not known: the mark decides; fetching and
            // starting are harmless when it was. With a kill behind it nothing is started any more.
            run.phase = run.kill == null ? Phase.RECORDING : Phase.ABORTING;
        }
        if (run.phase == Phase.ENDING) {
            // How it ended is not in the record; what was being removed is removed once that is known again.
            run.phase = run.kill == null ? Phase.RUNNING : Phase.KILLING;
        }
        if (run.phase == Phase.RECORDING) {
            if (unreadable == null) {
                steps.recorded(turn, run);
                return;
            }
            run.phase = Phase.STARTING;
        }
        turn.add(new AgentEffect.Adopt(run.id, run.container, run.order.agent(), run.process));
        steps.watchTime(turn, run);
    }
}
