package org.mesolith.state.rules;

import java.util.List;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.state.Change;
import org.mesolith.state.Outcome;
import org.mesolith.state.TaskCommand.EndExecutors.End;

/** How executors go on and end. They begin with the launch of their first task. */
final class ExecutorRules {
    private ExecutorRules() {}

    /** What is told twice is true once. */
    static Outcome end(Draft draft, List<End> ends) {
        for (var end : ends) {
            var row = draft.before().executor(end.framework(), end.agent(), end.executor());
            if (row != null && row.launchedAt().equals(end.launchedAt())) {
                draft.end(row);
            }
        }
        return draft.accepted();
    }

    /** The framework has ended. */
    static void endAll(Draft draft, FrameworkId framework) {
        draft.before().executorsOfFramework(framework).forEach(draft::end);
    }

    /** The agent fell silent, or has returned: its executors hold nothing meanwhile. */
    static void reachable(Draft draft, AgentId agent, boolean yes) {
        for (var row : draft.before().executorsOfAgent(agent)) {
            if (row.unreachable() == yes) {
                draft.add(new Change.ExecutorPut(row.withUnreachable(!yes)));
            }
        }
    }
}
