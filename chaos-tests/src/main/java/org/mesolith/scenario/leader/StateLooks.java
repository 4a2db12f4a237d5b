package org.mesolith.scenario.leader;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;
import org.mesolith.scenario.grammar.Grammar;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.MismatchException;
import org.mesolith.scenario.grammar.Scenario;
import org.mesolith.scenario.grammar.Views;

/** How the cluster is now. */
final class StateLooks {
    private final Clues clues;
    private final AgentLooks agents;

    StateLooks(Clues clues) {
        this.clues = clues;
        this.agents = new AgentLooks(clues);
    }

    void expect(Scenario.Step step) {
        switch (step.name()) {
            case "expect-tasks" ->
                step.only(Grammar.TASK_VIEWS).forEach((task, wanted) -> same(task, wanted, taskView(task)));
            case "expect-frameworks" ->
                step.only(Grammar.FRAMEWORK_VIEWS)
                        .forEach((framework, wanted) -> same(framework, wanted, frameworkView(framework)));
            case "expect-available" ->
                step.only(Kinds.RESOURCES_BY_NAME)
                        .forEach((agent, wanted) -> sameResources(agent, wanted, free(clues.idOf(agent))));
            case "expect-agent-total" ->
                step.only(Kinds.RESOURCES_BY_NAME)
                        .forEach((agent, wanted) -> sameResources(agent, wanted, total(clues.idOf(agent))));
            case "expect-totals" -> totals(step);
            case "expect-weights" ->
                step.only(Kinds.NUMBERS).forEach((role, wanted) -> same(role, wanted, weight(role)));
            case "expect-shares" -> Views.expectShares(step.only(Grammar.SHARES), shares());
            case "expect-filters" ->
                step.only(Kinds.COUNTS)
                        .forEach((role, wanted) -> same(role, wanted, (int)
                                metric("allocator/mesos/offer_filter" + "s/roles/" + role + "/active")));
            case "expect-allocation-runs" ->
                same("runs", step.only(Kinds.COUNT), (int) metric("allocator/mesos/allocation_runs"));
            default -> agents.expect(step);
        }
    }

    private static void same(String what, Object wanted, Object got) {
        Views.expect(what + ": " + wanted, what + ": " + got);
    }

    private static void sameResources(String what, Resources wanted, Resources got) {
        if (!wanted.isSameAs(got)) {
            throw new MismatchException(what + ": " + wanted, what + ": " + got);
        }
    }

    private double metric(String name) {
        return clues.cluster.metrics().getOrDefault(name, 0.0);
    }

    private SortedMap<String, Double> shares() {
        var values = clues.cluster.metrics();
        var shares = new TreeMap<String, Double>();
        var subscribed = new TreeSet<String>();
        clues.cluster
                .registry()
                .frameworks()
                .forEach(row -> subscribed.addAll(row.info().roles()));
        for (var role : subscribed) {
            shares.put(role, values.getOrDefault("allocator/mesos/roles/" + role + "/shares/dominant", 0.0));
        }
        return shares;
    }

    private double weight(String role) {
        var weight = clues.cluster.registry().weight(role);
        return weight == null ? 1 : weight.value();
    }

    // ---- tasks and frameworks

    private String taskView(String task) {
        var registry = clues.cluster.registry();
        var view = "unknown";
        for (var framework : registry.frameworks()) {
            for (var row : registry.tasksOfFramework(framework.id())) {
                if (row.id().value().equals(task)) {
                    return row.isUnreachable() ? "unreachable" : row.state().name();
                }
            }
            for (var row : registry.completedTasks(framework.id())) {
                view = row.task().id().value().equals(task) ? "completed" : view;
            }
        }
        for (var ended : registry.completedFrameworks()) {
            for (var row : registry.completedTasks(ended.framework().id())) {
                view = row.task().id().value().equals(task) ? "completed" : view;
            }
        }
        return view;
    }

    private String frameworkView(String name) {
        var id = new FrameworkId(name);
        for (var view : clues.cluster.view().frameworks().frameworks()) {
            if (view.id().equals(id)) {
                return view.connected() ? "active" : "disconnected";
            }
        }
        return "removed";
    }

    // ---- resources

    private Resources total(AgentId id) {
        var row = clues.cluster.registry().agent(id);
        return row == null ? Resources.EMPTY : row.total();
    }

    private Resources free(AgentId id) {
        for (var view : clues.cluster.view().agents().agents()) {
            if (view.id().equals(id)) {
                var held = view.allocated().plus(view.offered()).unallocated();
                return view.total()
                        .nonShared()
                        .without(held.nonShared())
                        .plus(view.total().shared().withSingleCopies());
            }
        }
        return Resources.EMPTY;
    }

    private void totals(Scenario.Step step) {
        var total = Quantities.NONE;
        var allocated = Quantities.NONE;
        for (var view : clues.cluster.view().agents().agents()) {
            total = total.plus(view.total().scalarQuantities());
            allocated = allocated.plus(
                    view.allocated().plus(view.offered()).unallocated().scalarQuantities());
        }
        Views.expectIfSaid(step.fields().find("total", Kinds.QUANTITIES), total);
        Views.expectIfSaid(step.fields().find("allocated", Kinds.QUANTITIES), allocated);
    }
}
