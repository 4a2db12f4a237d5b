package org.mesolith.sim.campaign;

import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.mesolith.sim.World;
import org.mesolith.sim.WorldFailure;
import org.mesolith.sim.plan.WorldReport;
import org.mesolith.sim.plan.WorldSettings;

/**
 * Simulations of the same settings over a run of seeds. Each runs in one thread and shares nothing with the others, so
 * several run at a time, one a processor; what they come to is added up in the order of their seeds.
 */
public record Campaign(WorldSettings settings, int seeds) {
    /** Seeds that are begun before the results of the first of them are looked at. */
    private static final int AT_A_TIME = 40;

    /** How one seed ended. */
    private sealed interface End {
        record Held(WorldReport report) implements End {}

        record Broke(WorldFailure failure) implements End {}
    }

    /**
     * Runs them.
     *
     * @param progress is told what there is now and then
     * @throws WorldFailure with the one of the smallest seed that did not hold
     */
    public Tally run(Consumer<Tally> progress) {
        return runAll(progress, failure -> {
            throw failure;
        });
    }

    /**
     * Runs them all; those that did not hold are not in the sum.
     *
     * @param progress is told what there is now and then
     * @param broke is told of each seed that did not hold, in order
     */
    public Tally runAll(Consumer<Tally> progress, Consumer<WorldFailure> broke) {
        var tally = new Tally();
        for (int done = 0; done < seeds; done += AT_A_TIME) {
            long from = settings.seed() + done;
            var ends = LongStream.range(from, from + Math.min(AT_A_TIME, seeds - done))
                    .parallel()
                    .mapToObj(seed -> end(settings.withSeed(seed)))
                    .toList();
            for (var end : ends) {
                switch (end) {
                    case End.Held(var report) -> tally.add(report);
                    case End.Broke(var failure) -> broke.accept(failure);
                }
            }
            progress.accept(tally);
        }
        return tally;
    }

    private static End end(WorldSettings settings) {
        try {
            return new End.Held(World.run(settings));
        } catch (WorldFailure failure) {
            return new End.Broke(failure);
        }
    }
}
