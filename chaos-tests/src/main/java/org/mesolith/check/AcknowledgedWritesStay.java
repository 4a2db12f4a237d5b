package org.mesolith.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mesolith.check.history.History;
import org.mesolith.check.history.Pairs;

/**
 * What was acknowledged is there at the end, on every master that was asked then: each value is of a write after which
 * no other one of its key both began and was acknowledged.
 */
final class AcknowledgedWritesStay implements Checker {

    /** Names of reads at the end begin with this. */
    static final String FINAL = "final";

    @Override
    public String claim() {
        return "acknowledged writes are there at the end, at every master";
    }

    @Override
    public Verdict check(History history) {
        var problems = new Problems();
        compare(history, "weights-set", "weights-get", "weights", problems);
        compare(history, "quota-set", "quota-get", "limits", problems);
        return problems.verdict(claim());
    }

    private static void compare(History history, String write, String read, String fact, Problems problems) {
        Map<String, History.Call> writeOfMark = new HashMap<>();
        Map<String, Long> newestBegin = new HashMap<>();
        for (History.Call call : history.calls(write)) {
            Pairs.of(call.invoke().fact(fact)).forEach((key, value) -> {
                writeOfMark.put(key + "=" + value, call);
                if (call.isOk()) {
                    newestBegin.merge(key, call.invoke().number(), Math::max);
                }
            });
        }
        List<History.Call> last = history.calls(read).stream()
                .filter(call -> call.isOk() && call.invoke().process().startsWith(FINAL))
                .toList();
        for (History.Call call : last) {
            Map<String, String> found = Pairs.of(call.answer(fact));
            newestBegin.forEach((key, begin) -> {
                String value = found.getOrDefault(key, "");
                History.Call by = writeOfMark.get(key + "=" + value);
                boolean stays = by != null && !by.isFailed() && by.returned() > begin;
                problems.unless(
                        stays,
                        call.invoke().fact("at") + " shows " + key + "=" + (value.isEmpty() ? "nothing" : value)
                                + (by == null ? ", which nobody wrote" : ", older than an acknowledged write")
                                + "; the newest acknowledged write began at line " + begin);
            });
        }
        if (!newestBegin.isEmpty() && last.isEmpty()) {
            problems.add("nobody read " + fact + " at the end");
        }
    }
}
