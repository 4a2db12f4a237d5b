package org.mesolith.sim.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.sim.World;
import org.mesolith.sim.WorldFailure;
import org.mesolith.sim.plan.Fault;
import org.mesolith.sim.plan.FaultPlan;
import org.mesolith.sim.plan.WorldSettings;

/**
 * Makes a failing simulation small: shorter, with fewer faults, frameworks, agents, tasks and masters, as long as the
 * same check goes on failing.
 */
public final class Shrinker {
    private static final List<Integer> SIZES = List.of(1, 2, 3, 5, 10, 20);

    /** With fewer nobody leads after one has died, and what was found is no longer what is shown. */
    private static final int MASTERS_MIN = 3;

    private final Play play;
    private final int runsMax;
    private final BooleanSupplier goOn;
    private WorldFailure smallest;
    private int runs;

    /** How settings are tried out. */
    public interface Play {
        /** How these settings fail; null when they do not. */
        @Nullable
        WorldFailure play(WorldSettings settings);
    }

    private Shrinker(WorldFailure found, Play play, int runsMax, BooleanSupplier goOn) {
        this.smallest = found;
        this.play = play;
        this.runsMax = runsMax;
        this.goOn = goOn;
    }

    /**
     * The smallest simulation that is found to break the same rule.
     *
     * @param runsMax simulations that are tried
     * @param goOn false when there is no more time
     */
    public static WorldFailure shrink(WorldFailure found, int runsMax, BooleanSupplier goOn) {
        return shrink(found, Shrinker::failure, runsMax, goOn);
    }

    /** The same with settings tried out in another way than by a simulation. */
    public static WorldFailure shrink(WorldFailure found, Play play, int runsMax, BooleanSupplier goOn) {
        var shrinker = new Shrinker(found, play, runsMax, goOn);
        shrinker.shrink();
        return shrinker.smallest;
    }

    private void shrink() {
        fewerFaults();
        sizes();
        shorter();
        fewerFaults();
        sizes();
    }

    private List<Integer> faults() {
        return FaultPlan.of(smallest.settings()).faults().stream()
                .map(Fault::number)
                .toList();
    }

    /** Leaves out halves, then quarters, and so on, down to single ones; those after the failure first. */
    private void fewerFaults() {
        var plan = FaultPlan.of(smallest.settings()).faults();
        var before = plan.stream()
                .filter(fault -> fault.at().compareTo(smallest.at()) < 0)
                .map(Fault::number)
                .toList();
        if (before.size() < plan.size()) {
            tryOut(smallest.settings().withOnly(before));
        }
        tryOut(smallest.settings().withOnly(List.of()));
        for (int size = Math.max(1, faults().size() / 2); size >= 1; size /= 2) {
            boolean found = true;
            while (found) {
                found = withoutOne(size);
            }
        }
    }

    /** Leaves one run of so many faults out, if that can be. */
    private boolean withoutOne(int size) {
        var present = faults();
        for (int from = 0; from < present.size(); from += size) {
            var rest = new ArrayList<>(present.subList(0, from));
            rest.addAll(present.subList(Math.min(present.size(), from + size), present.size()));
            if (tryOut(smallest.settings().withOnly(rest))) {
                return true;
            }
        }
        return false;
    }

    private void sizes() {
        least(1, smallest.settings().frameworks(), count -> smallest.settings().withFrameworks(count));
        least(1, smallest.settings().agents(), count -> smallest.settings().withAgents(count));
        least(
                MASTERS_MIN,
                smallest.settings().masters(),
                count -> smallest.settings().withMasters(count));
        least(1, smallest.settings().tasks(), count -> smallest.settings().withTasks(count));
    }

    /** The settings with so many of something. */
    private interface Sized {
        WorldSettings with(int count);
    }

    private void least(int min, int present, Sized sized) {
        for (int count : SIZES) {
            if (count >= min && count < present && tryOut(sized.with(count))) {
                return;
            }
        }
    }

    private void shorter() {
        for (int part = 1; part < 8; part++) {
            var time = Duration.ofSeconds(smallest.settings().unrest().toSeconds() * part / 8);
            if (time.isPositive() && tryOut(smallest.settings().withUnrest(time))) {
                return;
            }
        }
    }

    /** True when the same check fails with these settings, too. */
    private boolean tryOut(WorldSettings settings) {
        if (runs >= runsMax || !goOn.getAsBoolean()) {
            return false;
        }
        runs++;
        var failure = play.play(settings);
        if (failure == null || !failure.rule().equals(smallest.rule())) {
            return false;
        }
        smallest = failure;
        return true;
    }

    private static @Nullable WorldFailure failure(WorldSettings settings) {
        try {
            World.run(settings);
            return null;
        } catch (WorldFailure failure) {
            return failure;
        }
    }
}
