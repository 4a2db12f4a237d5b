package org.mesolith.sim;

import java.util.function.Predicate;
import java.util.function.Supplier;
import org.mesolith.model.AgentId;
import org.mesolith.model.TaskKey;
import org.mesolith.sim.plan.Deeds;
import org.mesolith.state.Registry;

/**
 * What the world knows and no scheduler can.
 *
 * @param newest the newest registry of all members
 * @param maybeForgotten tasks of which an agent could not write something down: after its death it may tell the end
 *     once more
 * @param emptied agents that operators had emptied, taken down or declared gone: their tasks may be unknown
 * @param deeds where it counts what it did that the log does not show
 * @param bell that rings when offers are accepted
 */
record Hindsight(
        Supplier<Registry> newest,
        Predicate<TaskKey> maybeForgotten,
        Predicate<AgentId> emptied,
        Deeds deeds,
        Bell bell) {}
