package org.mesolith.scenario.leader;

import java.util.List;
import java.util.SortedMap;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Reserved;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.Scenario;
import org.mesolith.sim.calm.CalmAgent;
import org.mesolith.state.AgentCommand.AdmitAgent;

/**
 * What is in use when somebody appears: tasks that the cluster knows from an earlier leader. They are in the registry
 * and on the agent before the agent's link, or the framework's stream, is there; so no offer was ever made of it.
 */
final class InUse {
    private static final String PEER = "127.0.0.1";

    private final Clues clues;
    private final List<Scenario.Step> steps;
    private int tasks;

    /** @param steps of the whole scenario: they say what a framework is that has not subscribed yet */
    InUse(Clues clues, List<Scenario.Step> steps) {
        this.clues = clues;
        this.steps = steps;
    }

    /** Before this agent registers. */
    void on(CalmAgent agent, AgentInfo info, SortedMap<String, SortedMap<String, Resources>> used) {
        if (used.isEmpty()) {
            return;
        }
        var before = clues.cluster.registry();
        clues.cluster.order(new AdmitAgent(null, info, agent.reserved(), PEER));
        for (var row : clues.cluster.registry().agents()) {
            if (before.agent(row.id()) == null) {
                agent.knownAs(row.id());
            }
        }
        var id = agent.id();
        if (id != null) {
            used.forEach((framework, byRole) -> byRole.forEach((role, resources) -> {
                introduce(framework, role);
                task(framework, agent, id, role, resources);
            }));
        }
    }

    /** Before this framework subscribes. */
    void by(Scheduler scheduler, SortedMap<String, SortedMap<String, Resources>> used) {
        if (used.isEmpty()) {
            return;
        }
        introduce(scheduler);
        used.forEach((name, byRole) -> byRole.forEach((role, resources) -> {
            var agent = clues.agent(name);
            task(scheduler.name(), agent, Check.present(agent.id(), "id of agent " + name), role, resources);
        }));
    }

    private void introduce(String name, String role) {
        if (clues.cluster.registry().framework(new FrameworkId(name)) != null) {
            return;
        }
        for (var step : steps) {
            if (step.name().equals("add-framework")
                    && step.fields().get("id", Kinds.TEXT).equals(name)) {
                introduce(new Scheduler(name, step.fields()));
                return;
            }
        }
        introduce(Scheduler.unseen(name, role));
    }

    private void introduce(Scheduler scheduler) {
        if (clues.cluster.registry().framework(new FrameworkId(scheduler.name())) == null) {
            clues.cluster.introduce(scheduler.introduce("SUBSCRIBE").toString());
        }
    }

    private void task(String framework, CalmAgent agent, AgentId id, String role, Resources resources) {
        var key = new TaskKey(new FrameworkId(framework), new TaskId("used-" + ++tasks));
        clues.cluster.runs(key, id, role, resources);
        var row = clues.cluster.registry().task(key);
        if (row == null) {
            throw new IllegalStateException(resources + " cannot be in use by framework " + framework + " for role "
                    + role + " on an agent that has " + agent.info().resources() + " and of it " + agent.reserved()
                    + " by operations, beside what is in use already");
        }
        agent.runs(key, row.launchedAt());
    }

    /** As it is configured, without what operations made of it. */
    static Resources configured(Resources total) {
        return Reserved.configured(total);
    }
}
