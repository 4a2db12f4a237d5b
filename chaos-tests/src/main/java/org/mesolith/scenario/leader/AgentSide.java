package org.mesolith.scenario.leader;

import static org.mesolith.scenario.grammar.Kinds.RESOURCES;
import static org.mesolith.scenario.grammar.Kinds.TEXT;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.Reserved;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.MismatchException;
import org.mesolith.scenario.grammar.Outcome;
import org.mesolith.scenario.grammar.WordKinds;
import org.mesolith.sim.calm.CalmAgent;
import org.mesolith.state.AgentCommand.MarkAgentsUnreachable;

/** What agents do, and what happens to them. */
final class AgentSide {
    private static final List<AgentCapability> CAPABILITIES = List.of(
            AgentCapability.MULTI_ROLE, AgentCapability.HIERARCHICAL_ROLE, AgentCapability.RESERVATION_REFINEMENT);

    private final Clues clues;
    private final InUse inUse;

    AgentSide(Clues clues, InUse inUse) {
        this.clues = clues;
        this.inUse = inUse;
    }

    void add(Fields given) {
        var name = given.get("id", TEXT);
        var before = clues.agents.get(name);
        Check.that(before == null || !isKnown(before), "agent " + name + " is added once, or when it is no more");
        var region = given.find("region", TEXT);
        var info = new AgentInfo(
                given.get("hostname", TEXT, name),
                5051,
                InUse.configured(given.get("resources", RESOURCES)),
                given.get("attributes", Kinds.ATTRIBUTES, List.of()),
                region == null ? null : new FaultDomain(region, given.get("zone", TEXT, "zone")),
                capabilities(given, CAPABILITIES),
                "1.11.0");
        var agent = new CalmAgent(clues.cluster, info);
        agent.checkpointed(Reserved.of(given.get("resources", RESOURCES)));
        inUse.on(agent, info, given.get("used", Kinds.USE, new TreeMap<>()));
        clues.agents.put(name, agent);
        expect(given.find("expect", Kinds.OUTCOME), agent.join(info));
    }

    private boolean isKnown(CalmAgent agent) {
        var id = agent.id();
        return id != null && clues.cluster.registry().agent(id) != null;
    }

    /** Those of a scenario, and the ones every agent of this version has beside them. */
    private static List<AgentCapability> capabilities(Fields given, List<AgentCapability> otherwise) {
        var all = new java.util.ArrayList<>(given.get("capabilities", Kinds.AGENT_CAPABILITIES, otherwise));
        for (var own : List.of(AgentCapability.RESIZE_VOLUME, AgentCapability.AGENT_DRAINING)) {
            if (!all.contains(own)) {
                all.add(own);
            }
        }
        return all;
    }

    private static void expect(@Nullable Outcome expected, boolean joined) {
        boolean wanted = expected == null || expected == Outcome.OK;
        if (wanted != joined) {
            throw new MismatchException(wanted ? "ok" : Outcome.REFUSED.word(), joined ? "ok" : "refused");
        }
    }

    void update(Fields given) {
        var agent = clues.agent(given.get("agent", TEXT));
        var info = agent.info();
        var changed = new AgentInfo(
                info.hostname(),
                info.port(),
                InUse.configured(given.get("resources", RESOURCES, info.resources())),
                given.get("attributes", Kinds.ATTRIBUTES, info.attributes()),
                info.domain(),
                given.has("capabilities") ? capabilities(given, List.of()) : info.capabilities(),
                info.version());
        if (changed.withResources(info.resources()).equals(info)
                && changed.resources().nonRevocable().equals(info.resources().nonRevocable())) {
            agent.lend(changed.resources().revocable());
            clues.cluster.settle();
        } else {
            agent.join(changed);
        }
    }

    void remove(Fields given) {
        agent(given).leave();
    }

    void status(Fields given) {
        var task = given.get("task", TEXT);
        var agent = clues.agents.values().stream().filter(one -> one.has(task)).findFirst();
        if (agent.isEmpty()) {
            throw new MismatchException("an agent with the task " + task, "none");
        }
        agent.get()
                .report(
                        task,
                        given.get("state", WordKinds.TASK_STATE),
                        reason(given.find("reason", WordKinds.REASON)),
                        given.get("source", WordKinds.SOURCE, StatusSource.SOURCE_EXECUTOR));
        clues.cluster.settle();
    }

    void executorEnded(Fields given) {
        var executor = given.get("executor", TEXT);
        if (!agent(given).endExecutor(executor)) {
            throw new MismatchException("an executor " + executor + " on the agent", "none");
        }
        clues.cluster.settle();
    }

    /** Reasons have older names in scenarios. */
    static @Nullable StatusReason reason(@Nullable String word) {
        return word == null ? null : StatusReason.valueOf(renamed(word));
    }

    static String renamed(String word) {
        return word.replace("REASON_SLAVE_", "REASON_AGENT_");
    }

    void disconnect(Fields given) {
        agent(given).disconnect();
        clues.cluster.settle();
    }

    void reconnect(Fields given) {
        var agent = agent(given);
        expect(given.find("expect", Kinds.OUTCOME), agent.join(agent.info()));
    }

    void restart(Fields given) {
        var agent = agent(given);
        agent.disconnect();
        clues.cluster.settle();
        var info = agent.info();
        boolean up = agent.restart(new AgentInfo(
                info.hostname(),
                info.port(),
                InUse.configured(given.get("resources", RESOURCES)),
                info.attributes(),
                info.domain(),
                info.capabilities(),
                info.version()));
        var expected = given.get("expect", Kinds.OUTCOME);
        if (up != (expected == Outcome.OK)) {
            throw new MismatchException(expected.word(), up ? "ok" : "error");
        }
    }

    void silence(Fields given) {
        agent(given).fallSilent();
    }

    /** As if the leader had waited in vain: the agent's end does not know. */
    void lose(Fields given) {
        var agent = agent(given);
        var id = Check.present(agent.id(), "id of an agent that is lost");
        agent.fallSilent();
        clues.cluster.order(
                new MarkAgentsUnreachable(List.of(new MarkAgentsUnreachable.Silent(id, clues.cluster.now()))));
    }

    private CalmAgent agent(Fields given) {
        return clues.agent(given.get("agent", TEXT));
    }
}
