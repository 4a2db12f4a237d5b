package org.mesolith.codec.legacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.TaskView;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskId;

/**
 * Which tasks {@code /tasks} shows.
 *
 * @param framework null for all
 * @param task null for all
 * @param limit how many at most, 0 or more
 * @param offset how many are passed over, 0 or more
 * @param ascending oldest first; else newest first
 */
public record TaskQuery(
        @Nullable FrameworkId framework, @Nullable TaskId task, int limit, int offset, boolean ascending) {
    List<TaskView> of(OperatorReply.Tasks tasks) {
        var found = new ArrayList<TaskView>();
        for (var list : List.of(tasks.active(), tasks.unreachable(), tasks.completed())) {
            for (var view : list) {
                if ((framework == null || framework.equals(view.key().framework()))
                        && (task == null || task.equals(view.key().task()))) {
                    found.add(view);
                }
            }
        }
        // Those without status come first when ascending, last otherwise.
        Comparator<TaskView> byBegin = Comparator.comparingDouble(view -> {
            double began = TaskTrees.began(view);
            return Double.isNaN(began) ? Double.NEGATIVE_INFINITY : began;
        });
        found.sort(ascending ? byBegin : byBegin.reversed());
        int from = Math.min(offset, found.size());
        int to = (int) Math.min((long) from + limit, found.size());
        return found.subList(from, to);
    }
}
