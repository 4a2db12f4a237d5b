package org.mesolith.shape;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Who may import whom: think hard about the layering of the house before changing this file. */
final class Arrows {
    /** A package, and below it everything, may be imported. */
    private static final String ALL = "*";

    /** Package below the root → packages below the root that it may import; the longest name that fits counts. */
    private static final Map<String, List<String>> ARROWS = new TreeMap<>();

    static {
        arrow("base");
        arrow("model", "base");
        arrow("api", "model", "base");
        arrow("codec", "codec.body", "codec.v1", "api", "model", "base", "proto.gen");
        arrow("codec.body", "base", "proto.gen");
        arrow("codec.v1", "codec.body", "api", "model", "base", "proto.gen");
        arrow("codec.legacy", "codec", "codec.body", "codec.v1", "api", "model", "base", "proto.gen");
        arrow("wire", "base");
        arrow("metrics", "base");
        arrow("settings", "base");
        arrow("access", "codec", "model", "settings", "base");
        arrow("logging", "base");
        arrow("pages", "api", "codec.legacy", "logging", "settings", "wire", "base");
        arrow("allocator", "model", "base");
        arrow("state", "state.journal", "state.row", "state.index", "state.table", "model", "base");
        arrow("state.row", "model", "base");
        arrow("state.journal", "state.row", "model", "base");
        arrow("state.index", "state.row", "state.table", "model", "base");
        arrow("state.table", "base");
        arrow("state.check", "state", "state.row", "model", "base");
        arrow("state.rules", "state", "state.journal", "state.row", "state.check", "model", "base");
        arrow("log", "state", "state.journal", "state.row", "model", "base");
        arrow("statecodec", "state", "state.journal", "state.row", "model", "base", "proto.gen");
        arrow("store", "statecodec", "state", "state.journal", "state.row", "log", "model", "base");
        arrow(
                "raft",
                "log",
                "state",
                "state.journal",
                "state.row",
                "state.rules",
                "statecodec",
                "store",
                "metrics",
                "model",
                "base");
        arrow("backup", "store", "statecodec", "state", "state.row", "log", "model", "base");
        arrow("doctor", "log", "state", "state.row", "base");
        arrow(
                "replay",
                "raft",
                "store",
                "statecodec",
                "state",
                "state.journal",
                "state.row",
                "state.rules",
                "log",
                "model",
                "base");
        arrow("view", "state", "state.row", "state.check", "state.table", "log", "model", "api", "base");
        arrow("leader.event", "model", "api", "state", "state.row", "base");
        for (var part : List.of("agent", "framework", "task", "accept")) {
            arrow("leader." + part, "leader.event", "model", "api", "state", "state.row", "base");
        }
        arrow("leader.watch", "leader.event", "view", "model", "api", "state", "state.row", "base");
        arrow("leader.drain", "leader.event", "model", "api", "state", "state.row", "state.check", "base");
        arrow("leader.operator", "leader.event", "model", "api", "state", "state.row", "state.check", "base");
        arrow("leader.offer", "leader.event", "allocator", "model", "api", "state", "state.row", "base");
        arrow("leader.explain", "allocator", "view", "state", "state.row", "state.check", "log", "model", "base");
        arrow("leader.preview", "state", "state.row", "state.check", "state.rules", "model", "base");
        arrow(
                "leader",
                "leader.event",
                "leader.agent",
                "leader.framework",
                "leader.offer",
                "leader.task",
                "leader.accept",
                "leader.operator",
                "leader.drain",
                "leader.watch",
                "leader.explain",
                "allocator",
                "log",
                "state",
                "state.row",
                "view",
                "metrics",
                "model",
                "api",
                "base");
        arrow(
                "http",
                "access",
                "leader",
                "leader.event",
                "leader.explain",
                "leader.preview",
                "backup",
                "doctor",
                "log",
                "state",
                "state.journal",
                "state.row",
                "state.check",
                "view",
                "metrics",
                "api",
                "codec",
                "codec.body",
                "codec.legacy",
                "wire",
                "settings",
                "logging",
                "pages",
                "model",
                "base");
        arrow("agentlink", "leader", "leader.event", "metrics", "api", "codec", "codec.body", "wire", "model", "base");
        arrow("master", ALL);
        arrow("agent.core", "base", "model", "api");
        for (var part : List.of("link", "executor", "container", "fetch", "probe", "checkpoint", "resource", "http")) {
            arrow(
                    "agent." + part,
                    "agent.core",
                    "base",
                    "model",
                    "api",
                    "codec",
                    "codec.body",
                    "codec.legacy",
                    "wire",
                    "logging",
                    "pages",
                    "access",
                    "metrics");
        }
        arrow("agent", ALL);
        arrow(
                "sim",
                "access",
                "state.check",
                "leader",
                "leader.event",
                "allocator",
                "view",
                "state",
                "state.row",
                "state.rules",
                "statecodec",
                "log",
                "codec",
                "codec.body",
                "wire",
                "logging",
                "pages",
                "metrics",
                "doctor",
                "http",
                "agent.core",
                "api",
                "model",
                "base");
        arrow(
                "scenario",
                "sim",
                "leader",
                "allocator",
                "view",
                "wire",
                "state",
                "state.row",
                "state.check",
                "model",
                "api",
                "base");
        arrow("process", "base", "model", "codec", "wire");
        arrow("process.fault", "process");
        arrow("check", "base", "model", "codec", "wire");
        arrow("cli", ALL);
        arrow("proto.gen", "proto.gen");
    }

    private Arrows() {}

    private static void arrow(String from, String... to) {
        ARROWS.put(from, List.of(to));
    }

    /** Every dependency inside the root follows an arrow, and every package has one. */
    static ArchCondition<JavaClass> followedUnder(String root) {
        return new ArchCondition<>("import only along the arrows of the house") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                var place = placeOf(root, from.getPackageName());
                if (place == null) {
                    events.add(SimpleConditionEvent.violated(from, from.getName() + " is in no room of the house"));
                    return;
                }
                for (var dependency : from.getDirectDependenciesFromSelf()) {
                    if (!allowed(root, place, dependency)) {
                        events.add(SimpleConditionEvent.violated(
                                dependency, place + " may not import: " + dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean allowed(String root, String from, Dependency dependency) {
        var target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (!target.startsWith(root + ".")) {
            return true;
        }
        var to = placeOf(root, target);
        var arrows = ARROWS.getOrDefault(from, List.of());
        return to != null && (to.equals(from) || arrows.contains(ALL) || arrows.contains(to));
    }

    private static @org.jspecify.annotations.Nullable String placeOf(String root, String packageName) {
        if (!packageName.startsWith(root + ".")) {
            return null;
        }
        var below = packageName.substring(root.length() + 1);
        return Stream.iterate(below, name -> !name.isEmpty(), Arrows::parent)
                .filter(ARROWS::containsKey)
                .findFirst()
                .orElse(null);
    }

    private static String parent(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(0, dot);
    }
}
