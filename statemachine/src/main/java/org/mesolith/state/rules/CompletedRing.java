package org.mesolith.state.rules;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.model.FrameworkId;
import org.mesolith.state.Registry;
import org.mesolith.state.row.CompletedTask;

/** The completed tasks of a framework while a command adds to them. */
final class CompletedRing {
    private final Iterator<CompletedTask> old;
    private final ArrayDeque<CompletedTask> added = new ArrayDeque<>();
    private int count;

    CompletedRing(Registry before, FrameworkId framework) {
        this.old = before.completedTasks(framework).iterator();
        this.count = before.completedTaskCount(framework);
    }

    /** The one that must go for the new one, null while there is room. */
    @Nullable
    CompletedTask add(CompletedTask task) {
        added.add(task);
        if (count < Limits.COMPLETED_TASKS_PER_FRAMEWORK_MAX) {
            count++;
            return null;
        }
        return old.hasNext() ? old.next() : added.remove();
    }
}
