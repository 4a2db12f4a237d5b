package org.mesolith.state;

import org.mesolith.model.Weight;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.CompletedFramework;
import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.GoneAgent;

/** The tables of a registry, each by the text of its id. */
record Tables(
        Rows<AgentRow> agents,
        Rows<GoneAgent> goneAgents,
        Rows<FrameworkRow> frameworks,
        Rows<CompletedFramework> completedFrameworks,
        Rows<Weight> weights,
        RequestTable requests,
        TaskTables tasks) {
    static final Tables EMPTY = new Tables(
            Rows.empty(), Rows.empty(), Rows.empty(), Rows.empty(), Rows.empty(), RequestTable.EMPTY, TaskTables.EMPTY);
}
