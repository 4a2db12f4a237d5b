package org.mesolith.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.cli.render.Table;

/** What a look at the cluster found, in order, and what the command ends with. One thread. */
public final class Findings {
    private final List<Finding> all = new ArrayList<>();

    /** One more. */
    public void add(Finding finding) {
        all.add(finding);
    }

    /** All of them, in the order they came. */
    public List<Finding> all() {
        return List.copyOf(all);
    }

    /** Prints every row, then the advice to those that need some; the exit code says whether anything is bad. */
    public int print(Console console, boolean json) {
        if (json) {
            try (var output = JsonOutput.array(console.out())) {
                all.forEach(finding -> output.element(finding.toJson()));
            }
        } else {
            table(console);
        }
        return isBad() ? ExitCode.FAILED : ExitCode.OK;
    }

    /** True when something is bad. */
    public boolean isBad() {
        return all.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.BAD);
    }

    private void table(Console console) {
        var table = Table.of(console, "WHERE", "CHECK", "VERDICT", "FOUND");
        all.forEach(finding -> table.row(finding.subject(), finding.check(), finding.word(), finding.what()));
        table.end();
        console.out().flush();
        for (var finding : all) {
            if (!finding.advice().isEmpty()) {
                console.err()
                        .println(finding.word() + ": " + finding.subject() + ", " + finding.check() + ": "
                                + finding.advice());
            }
        }
    }
}
