package org.mesolith.check;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.mesolith.check.history.History;
import org.mesolith.check.linear.Operation;
import org.mesolith.check.linear.Swap;

/**
 * The maintenance schedule is one object: replaced whole, sometimes only if it is the one that was read before, and
 * read at every master.
 */
final class LinearizableSchedule implements Checker {
    private static final String KEY = "schedule";
    private static final String NOTHING = "nothing";

    @Override
    public String claim() {
        return "the maintenance schedule is linearizable, at every master";
    }

    @Override
    public Verdict check(History history) {
        var operations = new ArrayList<Operation>();
        for (History.Call call : history.calls("schedule-set", "schedule-get")) {
            var invoke = call.invoke();
            boolean isWrite = invoke.name().equals("schedule-set");
            if (call.isFailed() || (!isWrite && call.isOpen())) {
                continue;
            }
            var reads = new TreeMap<String, String>();
            var writes = new TreeMap<String, String>();
            if (isWrite) {
                writes.put(KEY, invoke.fact("schedule"));
                String expected = invoke.fact("expects");
                if (!expected.isEmpty()) {
                    reads.put(KEY, expected.equals(NOTHING) ? "" : expected);
                }
            } else {
                reads.putAll(Map.of(KEY, call.answer("schedule")));
            }
            operations.add(new Operation(invoke.process(), writes, reads, invoke.number(), call.returned()));
        }
        return Linear.search(claim(), new Swap(KEY, ""), operations);
    }
}
