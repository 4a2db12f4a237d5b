package org.mesolith.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;
import org.mesolith.check.history.Pairs;

/**
 * A backup that was restored elsewhere holds every write that was acknowledged before the backup began, or a later one
 * of the same key, and nothing that was begun only after the backup had ended; and its cluster is in a later epoch.
 */
final class BackupsAreWhole implements Checker {

    @Override
    public String claim() {
        return "a restored backup holds what was acknowledged before it began";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        Map<Long, History.Call> backups = history.calls("backup").stream()
                .collect(Collectors.toMap(call -> call.invoke().operation(), Function.identity()));
        history.seen("restored").forEach(restored -> {
            History.Call backup = backups.get(restored.number("backup"));
            if (backup == null || !backup.isOk()) {
                problems.add("line " + restored.number() + " tells of a backup that was never made");
                return;
            }
            compare(history, "weights", backup, restored, problems);
            compare(history, "limits", backup, restored, problems);
            // Histories of before have no epochs.
            problems.unless(
                    restored.fact("epoch").isEmpty() || restored.number("epoch") > restored.number("epoch-before"),
                    "the backup of line " + backup.invoke().number() + ", of epoch " + restored.fact("epoch-before")
                            + ", was restored to a cluster in epoch " + restored.fact("epoch")
                            + ": what the former cluster ordered would count there");
        });
        return problems.verdict(claim());
    }

    /** Roles of files that were applied: others judge them. */
    private static Set<String> declared(History history) {
        Set<String> roles = new HashSet<>();
        history.seen("wished").forEach(wished -> {
            roles.addAll(Pairs.of(wished.fact("weights")).keySet());
            roles.addAll(Pairs.of(wished.fact("limits")).keySet());
        });
        return roles;
    }

    private static void compare(
            History history, String fact, History.Call backup, HistoryEvent restored, Problems problems) {
        Map<String, String> found = Pairs.of(restored.fact(fact));
        Map<String, List<History.Call>> writersOfPair = new HashMap<>();
        Map<String, Long> newestBegin = new HashMap<>();
        writes(history, fact)
                .forEach((write, values) -> values.forEach((key, value) -> {
                    writersOfPair
                            .computeIfAbsent(key + "=" + value, _ -> new ArrayList<>())
                            .add(write);
                    if (write.isOk() && write.returned() < backup.invoke().number()) {
                        newestBegin.merge(key, write.invoke().number(), Math::max);
                    }
                }));
        String where = "the backup of line " + backup.invoke().number() + " holds ";
        newestBegin.forEach((key, begin) -> {
            var by = writersOfPair.getOrDefault(key + "=" + found.getOrDefault(key, ""), List.of());
            problems.unless(
                    by.stream().anyMatch(write -> write.returned() > begin && beganBefore(backup, write)),
                    where + key + "=" + found.getOrDefault(key, "nothing")
                            + ", older than the write of line " + begin
                            + ", which was acknowledged before the backup began");
        });
        found.keySet().removeAll(declared(history));
        found.forEach((key, value) -> {
            var by = writersOfPair.getOrDefault(key + "=" + value, List.of());
            problems.unless(
                    by.stream().anyMatch(write -> !write.isFailed()),
                    where + key + "=" + value + ", which nobody wrote");
            problems.unless(
                    by.isEmpty() || by.stream().anyMatch(write -> beganBefore(backup, write)),
                    where + key + "=" + value + ", which was written only after the backup had ended");
        });
    }

    private static boolean beganBefore(History.Call backup, History.Call write) {
        return write.invoke().number() < backup.returned();
    }

    /** All writes of what this fact says, with what each of them wrote. */
    private static Map<History.Call, Map<String, String>> writes(History history, String fact) {
        var writes = new LinkedHashMap<History.Call, Map<String, String>>();
        boolean weights = fact.equals("weights");
        history.calls(weights ? "weights-set" : "quota-set")
                .forEach(write -> writes.put(write, Pairs.of(write.invoke().fact(fact))));
        if (!weights) {
            history.calls("limit-set")
                    .forEach(write -> writes.put(
                            write,
                            Map.of(write.invoke().fact("role"), write.invoke().fact("cpus"))));
        }
        return writes;
    }
}
