package org.mesolith.cli.chaos;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;

/**
 * What a framework must know of its earlier lives to go on as the same one: as a real one would read it in its own
 * store.
 *
 * @param framework its id; the empty text before the first life
 * @param launched how many tasks it has named: no name comes twice
 * @param open tasks of which no end was told, and whether they were said to run
 * @param volume the persistent volume that it keeps; the empty text for none
 * @param volumeTask the open task that uses it; the empty text for none
 */
record FrameworkPast(
        String framework, int launched, SortedMap<String, Boolean> open, String volume, String volumeTask) {

    /** Of one that begins. */
    static final FrameworkPast NONE = new FrameworkPast("", 0, new TreeMap<>(), "", "");

    /** Tasks are kept in order. */
    FrameworkPast {
        open = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(open));
    }

    JsonObject toJson() {
        Map<String, @Nullable Object> tasks = new LinkedHashMap<>(open);
        return JsonObject.of(
                "framework", framework,
                "launched", launched,
                "open", new JsonObject(tasks),
                "volume", volume,
                "volume_task", volumeTask);
    }

    static FrameworkPast of(JsonObject json) {
        var open = new TreeMap<String, Boolean>();
        json.object("open").fields().forEach((task, runs) -> open.put(task, Boolean.TRUE.equals(runs)));
        return new FrameworkPast(
                json.text("framework"),
                Math.toIntExact(json.whole("launched", 0)),
                open,
                json.text("volume"),
                json.text("volume_task"));
    }
}
