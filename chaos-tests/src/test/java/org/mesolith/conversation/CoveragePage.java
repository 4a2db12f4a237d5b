package org.mesolith.conversation;

import com.google.protobuf.ProtocolMessageEnum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mesolith.codec.body.Encoding;
import org.mesolith.conversation.Exchanges.Door;

/** The page that shows which exchanges were seen: every call and event of the interface is a row of it. */
final class CoveragePage {
    private static final List<Integer> STATUSES = List.of(400, 403, 406, 501);

    /** What a call of schedulers and executors can be answered with, besides a success and 400. */
    private static final Set<String> MAY_BE_406 =
            Set.of("SCHEDULER SUBSCRIBE", "SCHEDULER RECONCILE_OPERATIONS", "EXECUTOR SUBSCRIBE");

    private static final Set<String> NEVER_403 =
            Set.of("SCHEDULER SUBSCRIBE", "EXECUTOR SUBSCRIBE", "EXECUTOR HEARTBEAT");

    /**
     * Calls of operators to masters that nobody is refused: some show less to who may see less. A quota that somebody
     * may not remove he could not set either, so that it is refused for want of one.
     */
    private static final Set<String> OPEN_READS = Set.of(
            "UNKNOWN",
            "GET_HEALTH",
            "GET_VERSION",
            "GET_METRICS",
            "GET_LOGGING_LEVEL",
            "GET_STATE",
            "GET_AGENTS",
            "GET_FRAMEWORKS",
            "GET_EXECUTORS",
            "GET_OPERATIONS",
            "GET_TASKS",
            "GET_ROLES",
            "GET_WEIGHTS",
            "GET_MASTER",
            "SUBSCRIBE",
            "GET_MAINTENANCE_STATUS",
            "GET_MAINTENANCE_SCHEDULE",
            "GET_QUOTA",
            "REMOVE_QUOTA");

    /** Calls that are not built, and why. */
    private static final Map<String, String> NOT_BUILT = notBuilt();

    /** What stands for a call when its head is so wrong that nobody looks further. */
    static final String HEAD = "any call";

    private static final String RECORDS = "../chaos-tests/src/test/resources/conversations/";

    private final Exchanges exchanges;
    private final List<String> missing = new ArrayList<>();
    private final Set<String> used = new TreeSet<>();
    private final StringBuilder text = new StringBuilder();

    CoveragePage(Exchanges exchanges) {
        this.exchanges = exchanges;
        text.append("""
                # What is exchanged over the v1 API

                Every call and every event of the interface, and what was seen of it while the tests ran: this page is
                made of recorded exchanges, not of the code. `ApiPagesTest` of chaos-tests holds the conversations, in
                JSON and in protobuf, with the real doors of masters and agents; it fails when the page says something
                else, when a cell is empty, or when a call is answered 501 that is not listed at the end. An answer
                names the encodings of the calls that it was seen for; `–`: it is not foreseen.

                Each conversation is linked as it went, in JSON; in protobuf it says the same.
                """);
        calls("Scheduler API: calls", Door.SCHEDULER, org.mesolith.proto.gen.v1.scheduler.Call.Type.values());
        events(
                "Scheduler API: events",
                Door.SCHEDULER,
                "scheduler",
                org.mesolith.proto.gen.v1.scheduler.Event.Type.values());
        calls("Executor API: calls", Door.EXECUTOR, org.mesolith.proto.gen.v1.executor.Call.Type.values());
        events(
                "Executor API: events",
                Door.EXECUTOR,
                "executor",
                org.mesolith.proto.gen.v1.executor.Event.Type.values());
        operators("Operator API of masters", Door.MASTER, org.mesolith.proto.gen.v1.master.Call.Type.values());
        events(
                "Operator API of masters: events",
                Door.MASTER,
                "scheduler",
                org.mesolith.proto.gen.v1.master.Event.Type.values());
        operators("Operator API of agents", Door.AGENT, org.mesolith.proto.gen.v1.agent.Call.Type.values());
        heads();
        reasons();
    }

    private static Map<String, String> notBuilt() {
        var all = new TreeMap<String, String>();
        var containers = "comes with containers";
        for (var type : List.of(
                "LAUNCH_NESTED_CONTAINER",
                "WAIT_NESTED_CONTAINER",
                "KILL_NESTED_CONTAINER",
                "REMOVE_NESTED_CONTAINER",
                "LAUNCH_NESTED_CONTAINER_SESSION",
                "ATTACH_CONTAINER_INPUT",
                "ATTACH_CONTAINER_OUTPUT",
                "LAUNCH_CONTAINER",
                "WAIT_CONTAINER",
                "KILL_CONTAINER",
                "REMOVE_CONTAINER",
                "PRUNE_IMAGES")) {
            all.put("AGENT " + type, containers);
        }
        var providers = "there are no resource providers";
        for (var type : List.of(
                "ADD_RESOURCE_PROVIDER_CONFIG",
                "UPDATE_RESOURCE_PROVIDER_CONFIG",
                "REMOVE_RESOURCE_PROVIDER_CONFIG",
                "MARK_RESOURCE_PROVIDER_GONE")) {
            all.put("AGENT " + type, providers);
        }
        return all;
    }

    String text() {
        return text.toString();
    }

    /** Cells that have to be filled and are empty. */
    List<String> missing() {
        return missing;
    }

    /** Reasons for gaps that are none. */
    Set<String> needless() {
        var needless = new TreeSet<>(NOT_BUILT.keySet());
        needless.removeAll(used);
        return needless;
    }

    private void calls(String title, Door door, ProtocolMessageEnum[] types) {
        text.append("\n## ").append(title).append("\n\n| call | 200, 202 | 400 | 403 | 406 | 501 |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (var type : names(types)) {
            text.append("| ").append(type).append(" | ");
            boolean unknown = type.equals("UNKNOWN");
            text.append(cell(door, type, List.of(200, 202), !unknown)).append(" |");
            for (int status : STATUSES) {
                text.append(' ')
                        .append(cell(door, type, List.of(status), isForeseen(door, type, status)))
                        .append(" |");
            }
            text.append('\n');
        }
    }

    private static boolean isForeseen(Door door, String type, int status) {
        var name = door + " " + type;
        boolean unknown = type.equals("UNKNOWN");
        return switch (status) {
            case 400 -> !unknown;
            case 403 -> !unknown && !NEVER_403.contains(name);
            case 406 -> MAY_BE_406.contains(name);
            default -> unknown;
        };
    }

    private String cell(Door door, String type, List<Integer> statuses, boolean foreseen) {
        var encodings = Stream.of(Encoding.values())
                .filter(encoding -> statuses.stream()
                        .anyMatch(status ->
                                exchanges.answers(door, type, encoding).contains(status)))
                .toList();
        if (!foreseen && statuses.contains(403) && door == Door.MASTER && !encodings.isEmpty()) {
            missing.add(door + " " + type + ": " + statuses + " is not foreseen and was seen for " + encodings);
        }
        if (foreseen && encodings.size() < Encoding.values().length) {
            missing.add(door + " " + type + ": " + statuses + " was seen for " + encodings);
        }
        return encodings.isEmpty() ? foreseen ? "" : "–" : String.join(", ", shown(encodings));
    }

    private static List<String> shown(List<Encoding> encodings) {
        return encodings.stream()
                .map(encoding -> encoding == Encoding.JSON ? "JSON" : "protobuf")
                .toList();
    }

    private void events(String title, Door door, String folder, ProtocolMessageEnum[] types) {
        text.append("\n## ").append(title).append("\n\n| event | encodings | conversations |\n|---|---|---|\n");
        for (var type : names(types)) {
            if (type.equals("UNKNOWN")) {
                continue;
            }
            var stories = new TreeSet<String>();
            var encodings = new ArrayList<Encoding>();
            for (var encoding : Encoding.values()) {
                var seen = exchanges.stories(door, type, encoding);
                seen.forEach(story -> stories.add("[" + story + "](" + RECORDS + folder + "-" + story + ".txt)"));
                if (!seen.isEmpty()) {
                    encodings.add(encoding);
                }
            }
            if (encodings.size() < Encoding.values().length) {
                missing.add(door + " " + type + " was heard in " + encodings);
            }
            text.append("| ")
                    .append(type)
                    .append(" | ")
                    .append(String.join(", ", shown(encodings)))
                    .append(" | ")
                    .append(String.join(", ", stories))
                    .append(" |\n");
        }
    }

    private void operators(String title, Door door, ProtocolMessageEnum[] types) {
        text.append("\n## ").append(title).append("\n\n| call | 200, 202 | 400 | 403 | 406 | 501 |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (var type : names(types)) {
            boolean unknown = type.equals("UNKNOWN");
            boolean built = !unknown && !NOT_BUILT.containsKey(door + " " + type);
            if (!unknown && isOnlyRefused(door, type)) {
                used.add(door + " " + type);
            }
            text.append("| ")
                    .append(type)
                    .append(" | ")
                    .append(cell(door, type, List.of(200, 202), built))
                    .append(" | ")
                    .append(cell(door, type, List.of(400), false))
                    .append(" | ")
                    .append(cell(door, type, List.of(403), door == Door.MASTER && !OPEN_READS.contains(type)))
                    .append(" | ")
                    .append(cell(door, type, List.of(406), true))
                    .append(" | ")
                    .append(cell(door, type, List.of(501), !built))
                    .append(" |\n");
        }
    }

    private boolean isOnlyRefused(Door door, String type) {
        return Stream.of(Encoding.values())
                .map(encoding -> exchanges.answers(door, type, encoding))
                .allMatch(answers -> answers.contains(501) && !answers.contains(200) && !answers.contains(202));
    }

    private void heads() {
        text.append("""

                ## Wrong heads

                405: another method than POST. 400: no `Content-Type`. 415: one that is not known, or has parameters.

                | door | 405 | 400 | 415 |
                |---|---|---|---|
                """);
        for (var door : Door.values()) {
            text.append("| ").append(path(door)).append(" |");
            for (int status : List.of(405, 400, 415)) {
                text.append(' ').append(cell(door, HEAD, List.of(status), true)).append(" |");
            }
            text.append('\n');
        }
    }

    private static String path(Door door) {
        return switch (door) {
            case SCHEDULER -> "`/api/v1/scheduler` of masters";
            case EXECUTOR -> "`/api/v1/executor` of agents";
            case MASTER -> "`/api/v1` of masters";
            case AGENT -> "`/api/v1` of agents";
        };
    }

    private void reasons() {
        text.append("\n## Not built\n\nThese are answered 501 with their name.\n\n| call | why |\n|---|---|\n");
        NOT_BUILT.forEach((call, why) -> text.append("| ")
                .append(call.replace("MASTER ", "masters: ").replace("AGENT ", "agents: "))
                .append(" | ")
                .append(why)
                .append(" |\n"));
    }

    private static List<String> names(ProtocolMessageEnum[] types) {
        return Stream.of(types).map(type -> type.getValueDescriptor().getName()).toList();
    }
}
