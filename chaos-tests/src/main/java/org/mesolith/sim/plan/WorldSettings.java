package org.mesolith.sim.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.state.FeatureLevel;

/**
 * What is simulated.
 *
 * @param seed of all chance
 * @param tasks that each framework wants to run
 * @param unrest how long there is trouble
 * @param kinds of faults; empty for none
 * @param only numbers of the faults of the plan that strike; null for all
 * @param level the feature level that the cluster begins with; below the newest its masters are upgraded in the middle
 */
public record WorldSettings(
        long seed,
        int masters,
        int agents,
        int frameworks,
        int tasks,
        Duration unrest,
        List<FaultKind> kinds,
        @Nullable List<Integer> only,
        int level) {
    /** More of anything than this makes a seed slow and finds nothing more. */
    public static final int COUNT_MAX = 100;

    /** Of a cluster that is made by the newest software. */
    public WorldSettings(
            long seed,
            int masters,
            int agents,
            int frameworks,
            int tasks,
            Duration unrest,
            List<FaultKind> kinds,
            @Nullable List<Integer> only) {
        this(seed, masters, agents, frameworks, tasks, unrest, kinds, only, FeatureLevel.NEWEST.number());
    }

    public WorldSettings {
        Check.that(
                level >= FeatureLevel.FIRST.number() && level <= FeatureLevel.NEWEST.number(),
                "a level is one that this software knows");
        Check.that(seed >= 0, "a seed is not negative");
        for (int count : new int[] {masters, agents, frameworks, tasks}) {
            Check.that(count >= 1 && count <= COUNT_MAX, "masters, agents, frameworks, tasks are 1 to " + COUNT_MAX);
        }
        kinds = List.copyOf(kinds);
        only = only == null ? null : List.copyOf(only);
    }

    /** A small cluster with everything in it. */
    public static WorldSettings smoke(long seed) {
        return new WorldSettings(seed, 3, 2, 3, 20, Duration.ofSeconds(30), List.of(FaultKind.values()), null);
    }

    public WorldSettings withSeed(long other) {
        return new WorldSettings(other, masters, agents, frameworks, tasks, unrest, kinds, only, level);
    }

    public WorldSettings withMasters(int count) {
        return new WorldSettings(seed, count, agents, frameworks, tasks, unrest, kinds, only, level);
    }

    public WorldSettings withAgents(int count) {
        return new WorldSettings(seed, masters, count, frameworks, tasks, unrest, kinds, only, level);
    }

    public WorldSettings withFrameworks(int count) {
        return new WorldSettings(seed, masters, agents, count, tasks, unrest, kinds, only, level);
    }

    public WorldSettings withTasks(int count) {
        return new WorldSettings(seed, masters, agents, frameworks, count, unrest, kinds, only, level);
    }

    public WorldSettings withUnrest(Duration time) {
        return new WorldSettings(seed, masters, agents, frameworks, tasks, time, kinds, only, level);
    }

    public WorldSettings withKinds(List<FaultKind> faults) {
        return new WorldSettings(seed, masters, agents, frameworks, tasks, unrest, faults, only, level);
    }

    public WorldSettings withOnly(@Nullable List<Integer> numbers) {
        return new WorldSettings(seed, masters, agents, frameworks, tasks, unrest, kinds, numbers, level);
    }

    public WorldSettings withLevel(int first) {
        return new WorldSettings(seed, masters, agents, frameworks, tasks, unrest, kinds, only, first);
    }
}
