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

    private final int runsMax;
    private final BooleanSupplier goOn;
    private WorldFailure smallest;
    private int runs;

    private Shrinker(WorldFailure found, int runsMax, BooleanSupplier goOn) {
        this.smallest = found;
        this.runsMax = runsMax;
        this.goOn = goOn;
    }

    /**
     * The smallest failing simulation that is found.
     *
     * @param runsMax simulations that are tried
     * @param goOn false when there is no more time
     */
    public static WorldFailure shrink(WorldFailure found, int runsMax, BooleanSupplier goOn) {
        var shrinker = new Shrinker(found, runsMax, goOn);
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
        least(smallest.settings().frameworks(), count -> smallest.settings().withFrameworks(count));
        least(smallest.settings().agents(), count -> smallest.settings().withAgents(count));
        least(smallest.settings().masters(), count -> smallest.settings().withMasters(count));
        least(smallest.settings().tasks(), count -> smallest.settings().withTasks(count));
    }

    /** The settings with so many of something. */
    private interface Sized {
        WorldSettings with(int count);
    }

    private void least(int present, Sized sized) {
        for (int count : SIZES) {
            if (count < present && tryOut(sized.with(count))) {
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
        var failure = failure(settings);
        if (failure == null || !failure.where().equals(smallest.where())) {
            return false;
        }
        smallest = failure;
        return true;
    }

    /** How these settings fail; null when they do not. */
    static @Nullable WorldFailure failure(WorldSettings settings) {
        try {
            World.run(settings);
            return null;
        } catch (WorldFailure failure) {
            return failure;
        }
    }
}
