package org.mesolith.state.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.TaskKey;
import org.mesolith.state.Registry;
import org.mesolith.state.journal.Event;
import org.mesolith.state.journal.EventKind;
import org.mesolith.state.row.TaskRow;

/** What the changes of a command mean for tasks. One use, one thread. */
final class TaskEvents {
    private final Registry before;
    private final List<Event> events;
    private final TreeMap<TaskKey, TaskRow> put = new TreeMap<>();
    private final TreeMap<TaskKey, TaskRow> removed = new TreeMap<>();

    /** @param events where they are added */
    TaskEvents(Registry before, List<Event> events) {
        this.before = before;
        this.events = events;
    }

    void put(TaskRow row) {
        var key = row.key();
        var changed = put.put(key, row);
        var was = changed == null ? before.task(key) : changed;
        if (was == null || !was.launchedAt().equals(row.launchedAt())) {
            say(EventKind.TASK_ADDED, row);
        } else {
            updated(was, row);
        }
    }

    private void updated(TaskRow was, TaskRow row) {
        if (was.state() != row.state() || !Objects.equals(was.healthy(), row.healthy())) {
            say(EventKind.TASK_UPDATED, row);
        }
    }

    void removed(TaskKey key) {
        var changed = put.remove(key);
        var was = changed == null ? before.task(key) : changed;
        if (was != null) {
            removed.put(key, was);
        }
    }

    /** It was removed just before, and this is how it ended. */
    void completed(TaskRow row) {
        var was = removed.remove(row.key());
        if (was != null) {
            updated(was, row);
        }
        say(EventKind.TASK_REMOVED, row);
    }

    /** Tasks that were forgotten without having been completed. */
    void end() {
        new ArrayList<>(removed.values()).forEach(row -> say(EventKind.TASK_REMOVED, row));
    }

    private void say(EventKind kind, TaskRow row) {
        var facts = new ArrayList<Event.Fact>(5);
        facts.add(new Event.Fact("framework", row.framework().value()));
        facts.add(new Event.Fact("agent", row.agent().value()));
        facts.add(new Event.Fact("state", row.state().name()));
        if (kind == EventKind.TASK_ADDED) {
            facts.add(new Event.Fact("role", row.role()));
        }
        var healthy = text(row.healthy());
        if (kind == EventKind.TASK_UPDATED && healthy != null) {
            facts.add(new Event.Fact("healthy", healthy));
        }
        events.add(new Event(kind, row.taskId(), facts));
    }

    private static @Nullable String text(@Nullable Boolean flag) {
        return flag == null ? null : flag.toString();
    }
}
