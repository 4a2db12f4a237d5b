package org.mesolith.replay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Milli;
import org.mesolith.model.Quota;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.TaskRow;

/** What a registry holds, for people: one line for each thing, by which two moments can be compared. */
public final class Picture {
    /**
     * One thing.
     *
     * @param kind agent, framework, task, quota, weight, maintenance, member, cluster
     * @param id of it among its kind
     */
    public record Thing(String kind, String id) implements Comparable<Thing> {
        @Override
        public int compareTo(Thing other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : id.compareTo(other.id);
        }
    }

    /**
     * A thing that is not the same.
     *
     * @param before null when it was not there
     * @param after null when it is gone
     */
    public record Difference(
            Thing thing, @Nullable String before, @Nullable String after) {}

    private final SortedMap<Thing, String> things = new TreeMap<>();

    private Picture(Registry registry) {
        var cluster = registry.cluster();
        add("cluster", cluster.clusterId(), "epoch " + cluster.epoch() + ", feature level " + cluster.featureLevel());
        registry.agents().forEach(row -> add("agent", row.id().value(), text(row)));
        registry.goneAgents().forEach(row -> add("agent", row.id().value(), "gone since " + row.since()));
        for (var framework : registry.frameworks()) {
            add("framework", framework.id().value(), text(framework));
            registry.tasksOfFramework(framework.id())
                    .forEach(task -> add("task", task.taskId() + " of " + task.framework(), text(task)));
        }
        registry.completedFrameworks()
                .forEach(row -> add("framework", row.framework().id().value(), "ended at " + row.completedAt()));
        registry.quotas().forEach(row -> add("quota", row.role(), text(row)));
        registry.weights().forEach(row -> add("weight", row.role(), Double.toString(row.value())));
        registry.maintenance()
                .windows()
                .forEach(window -> window.machines()
                        .forEach(machine -> add(
                                "maintenance",
                                machine.toString(),
                                "from " + window.unavailability().start())));
        registry.maintenance().down().forEach(machine -> add("maintenance", machine.toString(), "down"));
        registry.membership()
                .members()
                .forEach(member -> add(
                        "member",
                        member.id(),
                        member.host() + ":" + member.httpPort() + (member.isRemoved() ? ", removed" : "")));
    }

    /** Of this registry. */
    public static Picture of(Registry registry) {
        return new Picture(registry);
    }

    /** Everything, in a fixed order. */
    public SortedMap<Thing, String> things() {
        return Collections.unmodifiableSortedMap(things);
    }

    /** What is not the same in another one, in a fixed order. */
    public List<Difference> differences(Picture later) {
        var all = new TreeMap<>(things);
        all.putAll(later.things);
        var found = new ArrayList<Difference>();
        for (var thing : all.keySet()) {
            var before = things.get(thing);
            var after = later.things.get(thing);
            if (before == null || !before.equals(after)) {
                found.add(new Difference(thing, before, after));
            }
        }
        return found;
    }

    private void add(String kind, String id, String text) {
        things.put(new Thing(kind, id), text);
    }

    private static String text(AgentRow row) {
        var drain = row.drain();
        return row.info().hostname() + (row.isRegistered() ? ", registered" : ", unreachable")
                + (row.deactivated() ? ", deactivated" : "")
                + (drain == null ? "" : drain.drained() ? ", drained" : ", draining")
                + ", " + row.total();
    }

    private static String text(FrameworkRow row) {
        return row.info().name() + (row.disconnectedSince() == null ? ", connected" : ", disconnected") + ", roles "
                + String.join(",", row.info().roles());
    }

    private static String text(TaskRow row) {
        var healthy = row.healthy();
        return row.state() + " on " + row.agent() + ", role " + row.role() + ", " + row.resources()
                + (healthy == null ? "" : healthy ? ", healthy" : ", unhealthy");
    }

    private static String text(Quota row) {
        var limits = new ArrayList<String>();
        row.limits().milliByName().forEach((name, milli) -> limits.add(name + ":" + Milli.text(milli)));
        return "guarantees " + row.guarantees() + ", limits " + String.join(";", limits);
    }
}
