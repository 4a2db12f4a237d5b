package org.mesolith.state;

import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quota;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.Weight;
import org.mesolith.state.index.TaskTables;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.CompletedFramework;
import org.mesolith.state.row.DeclarationRow;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.GoneAgent;
import org.mesolith.state.row.OperationRow;
import org.mesolith.state.row.ReservationNote;
import org.mesolith.state.table.Table;

/**
 * The tables of a registry, each by its id.
 *
 * @param operations framework id → operation id → row
 */
record Tables(
        Table<AgentId, AgentRow> agents,
        Table<AgentId, GoneAgent> goneAgents,
        Table<FrameworkId, FrameworkRow> frameworks,
        Table<FrameworkId, CompletedFramework> completedFrameworks,
        Table<String, Weight> weights,
        Table<String, Quota> quotas,
        Table<FrameworkId, Table<String, OperationRow>> operations,
        Table<Long, DrainPlan> drainPlans,
        Table<ReservationKey, ReservationNote> reservationNotes,
        Table<String, DeclarationRow> declarations,
        RequestTable requests,
        TaskTables tasks) {
    static final Tables EMPTY = new Tables(
            Table.empty(),
            Table.empty(),
            Table.empty(),
            Table.empty(),
            Table.empty(),
            Table.empty(),
            Table.empty(),
            Table.empty(),
            Table.empty(),
            Table.empty(),
            RequestTable.EMPTY,
            TaskTables.EMPTY);
}
