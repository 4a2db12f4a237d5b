package org.mesolith.check;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.mesolith.check.history.History;
import org.mesolith.check.linear.Operation;
import org.mesolith.check.linear.Register;

/**
 * Weights of roles are set and read, at every master, as if one after the other. Each role is a register of its own:
 * an object is linearizable if each of its parts is.
 */
final class LinearizableWeights implements Checker {

    @Override
    public String claim() {
        return "weights are linearizable, at every master";
    }

    @Override
    public Verdict check(History history) {
        var operations = Linear.operations(history, "weights-set", "weights-get", "weights");
        var roles = new TreeSet<String>();
        operations.forEach(operation -> {
            roles.addAll(operation.writes().keySet());
            roles.addAll(operation.reads().keySet());
        });
        var problems = new ArrayList<String>();
        var outcome = Verdict.Outcome.PASSED;
        for (String role : roles) {
            Verdict one = Linear.search(claim(), new Register(role, ""), ofRole(operations, role));
            if (!one.isGreen() && outcome != Verdict.Outcome.FAILED) {
                outcome = one.outcome();
            }
            problems.addAll(one.problems());
        }
        return new Verdict(claim(), outcome, operations.size(), problems);
    }

    private static List<Operation> ofRole(List<Operation> operations, String role) {
        var found = new ArrayList<Operation>();
        for (Operation operation : operations) {
            var part = new java.util.TreeMap<String, String>();
            if (operation.isWrite()) {
                if (operation.writes().containsKey(role)) {
                    part.put(role, operation.writes().get(role));
                    found.add(Operation.write(operation.process(), part, operation.called(), operation.returned()));
                }
            } else {
                part.put(role, operation.reads().getOrDefault(role, ""));
                found.add(Operation.read(operation.process(), part, operation.called(), operation.returned()));
            }
        }
        return found;
    }
}
