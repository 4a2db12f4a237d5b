package org.mesolith.scenario.leader;

import org.mesolith.model.Quota;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.PartKinds;
import org.mesolith.scenario.grammar.Scenario;
import org.mesolith.scenario.grammar.Views;
import org.mesolith.scenario.grammar.WordKinds;

/** Agents, quota and maintenance as they are now. */
final class AgentLooks {
    private final Clues clues;

    AgentLooks(Clues clues) {
        this.clues = clues;
    }

    void expect(Scenario.Step step) {
        switch (step.name()) {
            case "expect-agents" -> step.only(PartKinds.AGENT_VIEWS).forEach(this::agent);
            case "expect-quota" ->
                step.only(PartKinds.QUOTA_VIEWS)
                        .forEach((role, wanted) -> Views.expectQuota(
                                wanted, Quota.none(role), StateLooks.consumed(clues.cluster.registry(), role)));
            default -> throw new IllegalStateException("step " + step.name() + " is not played at this level");
        }
    }

    private void agent(String name, Fields wanted) {
        var state = wanted.find("state", WordKinds.AGENT_STATE);
        if (state != null) {
            Views.expect(name + ": " + state, name + ": " + state(name));
        }
        var row = clues.cluster.registry().agent(clues.idOf(name));
        var deactivated = wanted.find("deactivated", Kinds.TRUTH);
        if (deactivated != null) {
            Views.expect(
                    name + " deactivated: " + deactivated,
                    name + " deactivated: " + (row != null && row.deactivated()));
        }
    }

    private String state(String name) {
        var id = clues.idOf(name);
        var registry = clues.cluster.registry();
        var row = registry.agent(id);
        if (row == null) {
            return registry.goneAgent(id) == null ? "removed" : "gone";
        }
        if (!row.isRegistered()) {
            return "unreachable";
        }
        if (clues.cluster.view().soft().recoveredAgents().contains(id)) {
            return "recovered";
        }
        return clues.agent(name).isCutOff() ? "disconnected" : "registered";
    }
}
