package org.mesolith.check;

import org.mesolith.check.history.History;
import org.mesolith.check.linear.Table;

/** Quota is set for several roles at once and read whole, at every master, as if one after the other. */
final class LinearizableQuota implements Checker {

    @Override
    public String claim() {
        return "the table of quota is linearizable, at every master";
    }

    @Override
    public Verdict check(History history) {
        return Linear.search(claim(), new Table(), Linear.operations(history, "quota-set", "quota-get", "limits"));
    }
}
