package org.mesolith.scenario.grammar;

import java.util.List;
import org.mesolith.model.Resources;

/** One thing that is done with resources. */
public sealed interface Operation {
    /** For {@code +role@principal} resources: as they look while reserved. */
    record Reserve(Resources resources) implements Operation {}

    /** As they look while reserved. */
    record Unreserve(Resources resources) implements Operation {}

    /** As they look as volumes. */
    record Create(Resources volumes) implements Operation {}

    /** As they look as volumes. */
    record Destroy(Resources volumes) implements Operation {}

    /** The volume before it grows. */
    record Grow(Resources volume, Resources addition) implements Operation {}

    /** The volume before it shrinks; thousandths of a MB. */
    record Shrink(Resources volume, long subtractMilli) implements Operation {}

    /** Starts tasks. */
    record Launch(List<Task> tasks) implements Operation {
        public Launch {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * Starts tasks together or not at all, under the built-in executor of this name.
     *
     * @param own what the executor takes beside its tasks
     */
    record LaunchGroup(String executor, Resources own, List<Task> tasks) implements Operation {
        public LaunchGroup {
            tasks = List.copyOf(tasks);
        }
    }

    /** Resources vanish; only where the allocator stands alone. */
    record Remove(Resources resources) implements Operation {}

    /** A task that is started. */
    record Task(String task, Resources resources) {}
}
