package org.mesolith.scenario.table;

import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.TableWords;

/** What is looked at before an operation is tried. */
final class OperationCheck {
    private OperationCheck() {}

    static Shown check(Fields given) {
        return Shown.word("no check of operations for " + given.get("kind", TableWords.OPERATION));
    }
}
