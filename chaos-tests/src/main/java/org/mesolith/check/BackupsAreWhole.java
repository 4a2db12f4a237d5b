package org.mesolith.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;
import org.mesolith.check.history.Pairs;

/**
 * A backup that was restored elsewhere holds every write that was acknowledged before the backup began, or a later one
 * of the same key, and nothing that was begun only after the backup had ended.
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
        });
        return problems.verdict(claim());
    }

    private static void compare(
            History history, String fact, History.Call backup, HistoryEvent restored, Problems problems) {
        List<History.Call> writes = history.calls(fact.equals("weights") ? "weights-set" : "quota-set");
        Map<String, String> found = Pairs.of(restored.fact(fact));
        Map<String, History.Call> writerOfPair = new HashMap<>();
        Map<String, Long> newestBegin = new HashMap<>();
        for (History.Call write : writes) {
            Pairs.of(write.invoke().fact(fact)).forEach((key, value) -> {
                writerOfPair.put(key + "=" + value, write);
                if (write.isOk() && write.returned() < backup.invoke().number()) {
                    newestBegin.merge(key, write.invoke().number(), Math::max);
                }
            });
        }
        String where = "the backup of line " + backup.invoke().number() + " holds ";
        newestBegin.forEach((key, begin) -> {
            History.Call by = writerOfPair.get(key + "=" + found.getOrDefault(key, ""));
            problems.unless(
                    by != null && by.returned() > begin,
                    where + key + "=" + found.getOrDefault(key, "nothing")
                            + ", older than the write of line " + begin
                            + ", which was acknowledged before the backup began");
        });
        found.forEach((key, value) -> {
            History.Call by = writerOfPair.get(key + "=" + value);
            problems.unless(by != null && !by.isFailed(), where + key + "=" + value + ", which nobody wrote");
            problems.unless(
                    by == null || by.invoke().number() < backup.returned(),
                    where + key + "=" + value + ", which was written only after the backup had ended");
        });
    }
}
