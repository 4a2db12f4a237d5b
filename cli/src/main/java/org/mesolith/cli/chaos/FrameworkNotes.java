package org.mesolith.cli.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.scheduler.TaskEnd;

/** Follows what a framework does and sees, and so knows what its next life must know. Any thread. */
final class FrameworkNotes {
    private final ReentrantLock lock = new ReentrantLock();
    private final SortedMap<String, Boolean> open = new TreeMap<>();
    private final Map<Long, String> launches = new HashMap<>();
    private String framework = "";
    private int launched;
    private String volume = "";
    private String volumeTask = "";

    /** It is about to send this. */
    void invoked(long operation, String name, Map<String, String> facts) {
        if (!name.equals("launch")) {
            return;
        }
        String task = facts.getOrDefault("tasks", "");
        lock.lock();
        try {
            launched++;
            open.put(task, false);
            launches.put(operation, task);
            if (facts.containsKey("volume")) {
                volume = "destroy".equals(facts.get("step")) ? "" : facts.getOrDefault("volume", "");
                volumeTask = task;
            }
        } finally {
            lock.unlock();
        }
    }

    /** It knows how this ended. */
    void ended(Kind kind, long operation) {
        lock.lock();
        try {
            String task = launches.remove(operation);
            if (task != null && kind == Kind.FAIL) {
                isOver(task);
            }
        } finally {
            lock.unlock();
        }
    }

    /** It has seen this. */
    void seen(String name, Map<String, String> facts) {
        lock.lock();
        try {
            if (name.equals("subscribed")) {
                framework = facts.getOrDefault("framework", "");
            } else if (name.equals("update")) {
                told(facts.getOrDefault("task", ""), facts.getOrDefault("state", ""));
            }
        } finally {
            lock.unlock();
        }
    }

    private void told(String task, String state) {
        Boolean runs = open.get(task);
        if (runs == null) {
            return;
        }
        if (isEnd(state, runs)) {
            isOver(task);
        } else if (state.equals("TASK_RUNNING")) {
            open.put(task, true);
        }
    }

    private void isOver(String task) {
        open.remove(task);
        if (task.equals(volumeTask)) {
            volumeTask = "";
        }
    }

    /**
     * True if nothing more comes of a task after this. One that a master does not know was never written down: nobody
     * will ever run it.
     *
     * @param runs if it was said to run before
     */
    static boolean isEnd(String state, boolean runs) {
        return TaskEnd.isTerminal(state) || (state.equals("TASK_UNKNOWN") && !runs);
    }

    /** Tasks of which no end was told. */
    List<String> living() {
        lock.lock();
        try {
            return List.copyOf(open.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** For its next life. */
    FrameworkPast past() {
        lock.lock();
        try {
            return new FrameworkPast(framework, launched, open, volume, volumeTask);
        } finally {
            lock.unlock();
        }
    }
}
