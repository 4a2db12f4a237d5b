package org.mesolith.agent.core;

import java.time.Duration;
import org.mesolith.agent.core.TaskLifecycle.Phase;

/**
 * What becomes of the runs of an earlier agent process.
 *
 * <p>The record says how far the order had come; the process' own traces (mark, exit file, process table) say the rest.
 */
final class Recovery {
    private final TaskReader reader;
    private final RunSteps steps;
    private final Duration grace;

    /**
     * @param grace of executors that name none
     */
    Recovery(TaskReader reader, RunSteps steps, Duration grace) {
        this.grace = grace;
        this.reader = reader;
        this.steps = steps;
    }

    void resume(Turn turn, TaskRun run) {
        if (run.isEnded()) {
            return;
        }
        if (run.isHosted()) {
            // Whether it was handed over is in the record; its executor decides the rest.
            run.phase = run.phase == Phase.RECORDING ? Phase.STARTING : run.phase;
            return;
        }
        String unreadable = null;
        var reading = run.id.executor()
                ? reader.readExecutor(run.order.taskInfo(), run.order.user(), grace)
                : reader.read(run.order.framework(), run.order.taskInfo(), run.order.user());
        switch (reading) {
            case TaskReader.Reading.Runs(var spec) -> run.spec = spec;
            case TaskReader.Reading.Refused(var why) -> unreadable = why;
            case TaskReader.Reading.BuiltIn(var own) -> {
                run.builtInGrace = own;
                run.phase = run.kill == null ? Phase.RUNNING : Phase.KILLING;
                return;
            }
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
        turn.add(new AgentEffect.Adopt(run.id, run.container, run.order.agent(), run.within(), run.process));
        steps.watchTime(turn, run);
    }
}
