package org.mesolith.scenario.pool;

import static org.mesolith.scenario.grammar.Kinds.RESOURCES;
import static org.mesolith.scenario.grammar.Kinds.TEXT;

import java.util.List;
import java.util.TreeMap;
import org.mesolith.base.Check;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FaultDomain;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;

/** Steps about agents. */
final class PoolAgents {
    static final List<AgentCapability> CAPABILITIES = List.of(
            AgentCapability.MULTI_ROLE, AgentCapability.HIERARCHICAL_ROLE, AgentCapability.RESERVATION_REFINEMENT);

    private final Pool pool;
    private final PoolLooks looks;

    PoolAgents(Pool pool, PoolLooks looks) {
        this.pool = pool;
        this.looks = looks;
    }

    void add(Fields given) {
        var name = given.get("id", TEXT);
        Check.that(!pool.agents.containsKey(name), "agent " + name + " is added once");
        var region = given.find("region", TEXT);
        var zone = given.get("zone", TEXT, "zone");
        var info = new AgentInfo(
                given.get("hostname", TEXT, name),
                5051,
                given.get("resources", RESOURCES),
                given.get("attributes", Kinds.ATTRIBUTES, List.of()),
                region == null ? null : new FaultDomain(region, zone),
                given.get("capabilities", Kinds.AGENT_CAPABILITIES, CAPABILITIES),
                "1.11.0");
        var agent = new Machine(info, new AgentId(name));
        pool.agents.put(name, agent);
        pool.used(agent, given.get("used", Kinds.USE, new TreeMap<>()));
        agent.setTakenDown(given.has("unavailability"));
    }

    /** False when nothing changed. */
    boolean update(Fields given) {
        var agent = pool.agent(given.get("agent", TEXT));
        var before = agent.info();
        agent.setTotal(given.get("resources", RESOURCES, agent.total()));
        agent.setCapabilities(given.get("capabilities", Kinds.AGENT_CAPABILITIES, before.capabilities()));
        agent.setAttributes(given.get("attributes", Kinds.ATTRIBUTES, before.attributes()));
        if (!agent.info().attributes().equals(before.attributes())) {
            pool.filters.clear(agent.id());
        }
        return !agent.info().equals(before);
    }

    void grow(Fields given) {
        var agent = pool.agent(given.get("agent", TEXT));
        agent.setTotal(agent.total().plus(given.get("resources", RESOURCES)));
        pool.used(agent, given.get("used", Kinds.USE, new TreeMap<>()));
    }

    void remove(String name) {
        var agent = pool.agent(name);
        pool.agents.remove(name);
        pool.filters.clear(agent.id());
        looks.withdrawn(pool.inverse.withdraw(agent.id()));
    }

    void setUnavailability(Fields given) {
        var agent = pool.agent(given.get("agent", TEXT));
        agent.setTakenDown(!given.get("none", Kinds.TRUTH, false));
        looks.withdrawn(pool.inverse.withdraw(agent.id()));
    }
}
