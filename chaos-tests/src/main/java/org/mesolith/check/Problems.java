package org.mesolith.check;

import java.util.ArrayList;
import java.util.List;

/** Collects what contradicts a claim: the first few with their text, of all how many. One thread. */
final class Problems {
    private static final int SHOWN_MAX = 10;

    private final List<String> shown = new ArrayList<>();
    private long count;
    private long looked;

    /** One more thing was compared. */
    void looked() {
        looked++;
    }

    void add(String problem) {
        count++;
        if (shown.size() < SHOWN_MAX) {
            shown.add(problem);
        }
    }

    void unless(boolean holds, String problem) {
        looked++;
        if (!holds) {
            add(problem);
        }
    }

    Verdict verdict(String claim) {
        if (count > shown.size()) {
            shown.add("and " + (count - shown.size()) + " more");
        }
        return new Verdict(
                claim, count == 0 ? Verdict.Outcome.PASSED : Verdict.Outcome.FAILED, looked, List.copyOf(shown));
    }
}
