package org.mesolith.scenario.leader;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.scenario.grammar.OfferLog;
import org.mesolith.sim.calm.CalmAgent;
import org.mesolith.sim.calm.CalmCluster;

/** The cast of one scenario by the names it gives, and what was heard since the last look. */
final class Clues {
    /** An update as it was heard. */
    record Heard(String framework, String task, String state, String reason, String source) {
        @Override
        public String toString() {
            return framework + " " + task + " " + state + " " + reason + " " + source;
        }
    }

    final CalmCluster cluster;
    final SortedMap<String, CalmAgent> agents = new TreeMap<>();
    final SortedMap<String, Scheduler> schedulers = new TreeMap<>();
    final OfferLog offers = new OfferLog();
    final SortedMap<String, List<String>> rescinded = new TreeMap<>();
    final SortedMap<String, List<String>> inverse = new TreeMap<>();
    final SortedMap<String, List<String>> inverseRescinded = new TreeMap<>();
    final List<Heard> updates = new ArrayList<>();

    /** Steps played so far. */
    int steps;

    private final Consumer<String> trace;

    Clues(CalmCluster cluster, Consumer<String> trace) {
        this.trace = trace;
        this.cluster = cluster;
    }

    /** For those who follow step by step. */
    void note(String what) {
        trace.accept("    " + what);
    }

    CalmAgent agent(String name) {
        return Check.present(agents.get(name), "agent " + name + "; add it first");
    }

    Scheduler scheduler(String name) {
        return Check.present(schedulers.get(name), "framework " + name + "; add it first");
    }

    /** The id of an agent; of one that nobody knows, its name. */
    AgentId idOf(String name) {
        var agent = agents.get(name);
        var id = agent == null ? null : agent.id();
        return id == null ? new AgentId(name) : id;
    }

    /** The name of an agent. */
    String nameOf(AgentId id) {
        for (var entry : agents.entrySet()) {
            if (id.equals(entry.getValue().id())) {
                return entry.getKey();
            }
        }
        return id.value();
    }
}
