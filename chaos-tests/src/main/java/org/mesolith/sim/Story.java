package org.mesolith.sim;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;

/**
 * What operators do to a cluster at the same time, and what must come of it whenever a leader dies.
 *
 * @param name for people
 * @param agents how many
 * @param schedulers frameworks that are there
 * @param staying so many of them stay to the end
 * @param times how patient the masters are
 * @param tasks that run before it begins
 * @param parts one for each operator: what each does, one step after the other
 * @param end what has come of it, in words, from what the parts saw; null while it has not come to its end
 * @param allowed the ends that it may come to
 */
record Story(
        String name,
        int agents,
        List<SchedulerPlan> schedulers,
        int staying,
        LeaderTimes times,
        int tasks,
        List<List<Step>> parts,
        Function<List<Scene>, String> end,
        List<String> allowed) {
    /** What a part does next. */
    sealed interface Step {
        /** A call, made when it is its turn; null for none. */
        record Ask(Function<Scene, @Nullable OperatorCall> call) implements Step {}

        /** Waits until something is so. */
        record Await(String what, Function<Scene, Boolean> so) implements Step {}

        /** Something happens outside of the masters. */
        record Happens(Consumer<Stage> what) implements Step {}
    }

    Story {
        schedulers = List.copyOf(schedulers);
        parts = parts.stream().map(List::copyOf).toList();
        allowed = List.copyOf(allowed);
    }

    @Override
    public String toString() {
        return name;
    }
}
