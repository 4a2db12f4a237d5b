package org.mesolith.scenario.table;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.mesolith.base.Check;
import org.mesolith.scenario.grammar.CaseGrammar;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Scenario;

/** Runs cases: each is given to the function of its name, and the result compared. */
public final class TableStage {
    private static final SortedMap<String, Function<Fields, Shown>> OPS = new TreeMap<>();

    static {
        Parsing.register(OPS);
        Arithmetic.register(OPS);
        Amounts.register(OPS);
        Rules.register(OPS);
        Check.that(
                OPS.keySet().equals(CaseGrammar.operations().keySet()),
                "every operation of the grammar is there," + " once");
    }

    private TableStage() {}

    /**
     * Runs one case.
     *
     * @throws org.mesolith.scenario.grammar.MismatchException when it comes to something else
     */
    public static void run(Scenario.Step step) {
        var operation = Check.present(OPS.get(step.name()), "operation");
        operation.apply(step.fields()).compareWith(step.fields().get(CaseGrammar.EXPECT, CaseGrammar.RAW));
    }
}
