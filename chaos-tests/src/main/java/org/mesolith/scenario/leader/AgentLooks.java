package org.mesolith.scenario.leader;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.MachineId;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Grammar;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.PartKinds;
import org.mesolith.scenario.grammar.Scenario;
import org.mesolith.scenario.grammar.Views;
import org.mesolith.scenario.grammar.WordKinds;
import org.mesolith.state.Consumption;
import org.mesolith.state.row.Drain;

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
                                wanted,
                                clues.cluster.registry().quota(role),
                                Consumption.of(clues.cluster.registry(), role)));
            case "expect-maintenance" -> maintenance(step.fields());
            default -> throw new IllegalStateException("step " + step.name() + " is not played at this level");
        }
    }

    private void agent(String name, Fields wanted) {
        var state = wanted.find("state", WordKinds.AGENT_STATE);
        if (state != null) {
            Views.expect(name + ": " + state, name + ": " + state(name));
        }
        var row = clues.cluster.registry().agent(clues.idOf(name));
        var drain = wanted.find("drain", WordKinds.DRAIN_STATE);
        if (drain != null) {
            Views.expect(name + " drain: " + drain, name + " drain: " + drain(row == null ? null : row.drain()));
        }
        var deactivated = wanted.find("deactivated", Kinds.TRUTH);
        if (deactivated != null) {
            Views.expect(
                    name + " deactivated: " + deactivated,
                    name + " deactivated: " + (row != null && row.deactivated()));
        }
    }

    private static String drain(@Nullable Drain drain) {
        return drain == null ? "none" : drain.drained() ? "drained" : "draining";
    }

    private void maintenance(Fields wanted) {
        var plan = clues.cluster.registry().maintenance();
        var windows = plan.windows().stream()
                .map(window -> window.machines().stream()
                        .map(MachineId::hostname)
                        .sorted()
                        .toList())
                .toList();
        var asked = wanted.find("windows", Grammar.NAMES_IN_WINDOWS);
        Views.expectIfSaid(
                asked == null ? null : asked.stream().map(AgentLooks::sorted).toList(), windows);
        var down = plan.down().stream().map(MachineId::hostname).sorted().toList();
        Views.expectIfSaid(sorted(wanted.find("down", Kinds.TEXTS)), down);
        var draining = windows.stream()
                .flatMap(List::stream)
                .filter(machine -> !down.contains(machine))
                .sorted()
                .toList();
        Views.expectIfSaid(sorted(wanted.find("draining", Kinds.TEXTS)), draining);
        var answers = wanted.find("answers", PartKinds.ANSWERS);
        if (answers != null) {
            Views.expect(answers, answers(answers));
        }
    }

    private static @Nullable List<String> sorted(@Nullable List<String> names) {
        return names == null ? null : names.stream().sorted().toList();
    }

    /** Of the machines that are asked about. */
    private SortedMap<String, SortedMap<String, String>> answers(SortedMap<String, SortedMap<String, String>> asked) {
        var got = new TreeMap<String, SortedMap<String, String>>();
        asked.keySet().forEach(machine -> got.put(machine, new TreeMap<>()));
        for (var draining : clues.cluster.view().maintenance().draining()) {
            var of = got.get(draining.machine().hostname());
            if (of != null) {
                draining.answers()
                        .forEach(
                                answer -> of.put(answer.framework().value(), answer.accepted() ? "ACCEPT" : "DECLINE"));
            }
        }
        return got;
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
