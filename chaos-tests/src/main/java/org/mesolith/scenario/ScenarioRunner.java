package org.mesolith.scenario;

import java.util.function.Consumer;
import org.mesolith.scenario.grammar.MismatchException;
import org.mesolith.scenario.grammar.Scenario;
import org.mesolith.scenario.grammar.Settings;
import org.mesolith.scenario.grammar.Stage;
import org.mesolith.scenario.leader.LeaderStage;
import org.mesolith.scenario.pool.PoolStage;
import org.mesolith.scenario.sorter.SorterStage;
import org.mesolith.scenario.table.TableStage;

/** Runs scenarios, each on a stage of its own. */
public final class ScenarioRunner {
    private ScenarioRunner() {}

    /**
     * Runs one.
     *
     * @param trace hears of every step before it is played, and of what came of it
     */
    public static Result run(Scenario scenario, Consumer<String> trace) {
        Scenario.Step at = null;
        try {
            var stage = stage(scenario, trace);
            for (var step : scenario.steps()) {
                at = step;
                trace.accept("  " + step.place() + " " + step.name());
                stage.play(step);
            }
            return new Result.Passed(scenario.id());
        } catch (MismatchException mismatch) {
            return failed(scenario, at, String.valueOf(mismatch.getMessage()));
        } catch (IllegalStateException | IllegalArgumentException | ArithmeticException broken) {
            return failed(scenario, at, "expected no failure, got " + broken);
        }
    }

    private static Result failed(Scenario scenario, Scenario.@org.jspecify.annotations.Nullable Step at, String what) {
        return new Result.Failed(scenario.id(), what, at == null ? scenario.place() : at.place());
    }

    private static Stage stage(Scenario scenario, Consumer<String> trace) {
        return switch (scenario.level()) {
            case TABLE -> TableStage::run;
            case SORTER -> new SorterStage(Settings.of(scenario.settings()).fairnessExclude());
            case ALLOCATOR -> new PoolStage(Settings.of(scenario.settings()), trace);
            case MASTER -> new LeaderStage(Settings.of(scenario.settings()), scenario.steps(), trace);
        };
    }
}
