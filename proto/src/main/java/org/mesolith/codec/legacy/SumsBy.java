package org.mesolith.codec.legacy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.TaskView;
import org.mesolith.model.FrameworkId;

/** Tasks of registered frameworks, counted by one of their two sides: the agent or the framework. */
final class SumsBy {
    private static final TaskSums NOTHING = new TaskSums();

    private final Map<String, TaskSums> sums = new TreeMap<>();

    /** @param side the id that is counted by; the ids of the other side are listed with it */
    SumsBy(Function<TaskView, String> side, OperatorReply.Frameworks frameworks, OperatorReply.Tasks tasks) {
        var registered = new TreeSet<FrameworkId>();
        frameworks.frameworks().forEach(view -> registered.add(view.id()));
        for (var list : List.of(tasks.active(), tasks.unreachable(), tasks.completed())) {
            for (var task : list) {
                if (registered.contains(task.key().framework())) {
                    var key = side.apply(task);
                    var framework = task.key().framework().value();
                    var other = key.equals(framework) ? task.agent().value() : framework;
                    sums.computeIfAbsent(key, id -> new TaskSums()).add(task, other);
                }
            }
        }
    }

    TaskSums of(String id) {
        return sums.getOrDefault(id, NOTHING);
    }
}
