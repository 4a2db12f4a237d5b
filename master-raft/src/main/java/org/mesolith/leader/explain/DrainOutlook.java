package org.mesolith.leader.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;

/**
 * What it would mean to empty agents.
 *
 * @param problem why it would be refused now, as a sentence; null when it would not be
 * @param agents in the order in which they would be emptied
 * @param tasks that would end, in the same order
 * @param guarantees of the roles, when the agents are empty
 * @param freeBefore what nobody uses in the cluster, open offers too
 * @param freeAfter the same when the agents are empty and the tasks that fit run elsewhere
 * @param remarks what is not looked at, and why
 */
public record DrainOutlook(
        @Nullable String problem,
        List<AgentLine> agents,
        List<TaskLine> tasks,
        List<WhatIf.GuaranteeLine> guarantees,
        Quantities freeBefore,
        Quantities freeAfter,
        List<String> remarks) {
    public DrainOutlook {
        agents = List.copyOf(agents);
        tasks = List.copyOf(tasks);
        guarantees = List.copyOf(guarantees);
        remarks = List.copyOf(remarks);
    }

    /**
     * An agent that would be emptied.
     *
     * @param batch from 1
     * @param zone region and zone, empty for none
     * @param tasks that would end
     * @param offers open ones that would be taken back
     * @param inverseOpen frameworks that were asked to leave it for maintenance and have not answered
     * @param inverseAnswers of frameworks that were asked to leave it for maintenance
     * @param volumes persistent ones that stay behind
     */
    public record AgentLine(
            AgentId agent,
            String host,
            String zone,
            int batch,
            int tasks,
            int offers,
            int inverseOpen,
            int inverseAnswers,
            Resources volumes) {}

    /** Whether the task could run on. */
    public enum Fate {
        /** The allocator would offer enough for it on another agent. */
        FITS,
        /** Its volume is on the agent. */
        STRANDED,
        /** No other agent would be offered for it. */
        NO_ROOM,
        /** Time ran out before it was its turn. */
        NOT_LOOKED_AT
    }

    /**
     * A task that would end.
     *
     * @param name as its framework calls it
     * @param single no other task of its framework has this name
     * @param left tasks of this name that would stay, on other agents; -1 when they were not counted
     * @param fate whether it fits elsewhere
     * @param text where to, or why not
     */
    public record TaskLine(
            AgentId agent,
            FrameworkId framework,
            String role,
            String task,
            String name,
            Resources resources,
            boolean single,
            int left,
            Fate fate,
            String text) {}

    /** How many tasks fare so. */
    public int count(Fate fate) {
        return (int) tasks.stream().filter(task -> task.fate() == fate).count();
    }

    /** How many batches. */
    public int batches() {
        return agents.isEmpty() ? 0 : agents.getLast().batch();
    }
}
