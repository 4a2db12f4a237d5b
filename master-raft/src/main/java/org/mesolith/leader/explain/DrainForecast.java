package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.Allocator;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.allocator.Verdict;
import org.mesolith.leader.explain.DrainOutlook.AgentLine;
import org.mesolith.leader.explain.DrainOutlook.Fate;
import org.mesolith.leader.explain.DrainOutlook.TaskLine;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;
import org.mesolith.state.Registry;
import org.mesolith.state.check.DrainChecks;
import org.mesolith.state.row.TaskRow;

/**
 * What it would mean to empty agents: whose tasks end, and whether the allocator would offer them room elsewhere. The
 * tasks are placed one after the other, the largest first, each with what the ones before it left; nobody else wants
 * anything meanwhile, and open offers count as free. Amounts are looked at, ports are not. Any thread; nothing is
 * written.
 */
public final class DrainForecast {
    /** Tasks of a framework whose names are read to count how many of a kind there are. */
    private static final int NAMES_MAX = 20_000;

    /** Agents that the allocator is asked about for one task. */
    private static final int TRIED_MAX = 64;

    private final Picture picture;
    private final Registry registry;
    private final BooleanSupplier late;
    private final List<String> remarks = new ArrayList<>();
    private AllocationInput input;

    /** Where a task would go, or why nowhere. */
    private record Place(Fate fate, String text) {}

    /**
     * @param late whether the time for an answer runs out
     */
    public DrainForecast(Picture picture, BooleanSupplier late) {
        this.picture = picture;
        this.registry = picture.view().registry();
        this.late = late;
        this.input = picture.input();
    }

    /** Of admitted agents; others only make the problem. */
    public DrainOutlook of(List<AgentId> agents, int maxUnavailable) {
        var problem = DrainChecks.agents(registry, agents);
        var known = agents.stream()
                .distinct()
                .filter(id -> registry.agent(id) != null)
                .toList();
        var scene = picture.scene();
        var wishes = known.stream().<Wish>map(Wish.Drain::new).toList();
        var whole = new Forecast(scene).of(wishes);
        var idle = new Forecast(scene).idle();
        var drained = new Wishes(scene, idle);
        wishes.forEach(drained::fulfil);
        input = drained.input();

        var lines = new ArrayList<AgentLine>();
        var tasks = new ArrayList<TaskRow>();
        for (var part : DrainChecks.batches(registry, known, maxUnavailable)) {
            var own = registry.tasksOfAgent(part.agent()).stream()
                    .filter(TaskRow::holdsResources)
                    .toList();
            tasks.addAll(own);
            lines.add(line(part.agent(), part.batch(), own.size()));
        }
        return new DrainOutlook(problem, lines, lines(tasks), whole.guarantees(), free(idle), free(input), remarks);
    }

    private static Quantities free(AllocationInput input) {
        var free = Quantities.NONE;
        for (var agent : input.agents()) {
            free = free.plus(agent.free().nonShared().scalarQuantities());
        }
        return free;
    }

    private AgentLine line(AgentId id, int batch, int tasks) {
        var row = registry.agent(id);
        var soft = picture.view().soft();
        int offers = (int)
                soft.offers().stream().filter(offer -> offer.agent().equals(id)).count();
        return new AgentLine(
                id,
                row == null ? "" : row.info().hostname(),
                row == null ? "" : DrainChecks.zone(row),
                batch,
                tasks,
                offers,
                Collections.frequency(soft.inverseOpen(), id),
                soft.inverseAnswersOn(id),
                row == null ? Resources.EMPTY : row.total().persistentVolumes());
    }

    private List<TaskLine> lines(List<TaskRow> tasks) {
        var names = names(tasks);
        var kept = kept(tasks);
        var places = places(tasks);
        var lines = new ArrayList<TaskLine>();
        for (int at = 0; at < tasks.size(); at++) {
            var task = tasks.get(at);
            var counts = kept.get(task.framework());
            var count = counts == null ? null : counts.get(names.get(at));
            lines.add(new TaskLine(
                    task.agent(),
                    task.framework(),
                    task.role(),
                    task.taskId(),
                    names.get(at),
                    task.resources().unallocated(),
                    count != null && count.all == 1,
                    count == null ? -1 : count.left,
                    places.get(at).fate,
                    places.get(at).text));
        }
        return lines;
    }

    /** The id of one whose details were forgotten meanwhile. */
    private List<String> names(List<TaskRow> tasks) {
        var details = picture.view().details().of(tasks);
        var names = new ArrayList<String>();
        for (int at = 0; at < tasks.size(); at++) {
            var detail = details.get(at);
            names.add(detail == null ? tasks.get(at).taskId() : detail.name());
        }
        return names;
    }

    private static final class Count {
        int all;
        int left;
    }

    /** By framework and name, how many tasks there are, and how many of them on other agents. */
    private SortedMap<FrameworkId, SortedMap<String, Count>> kept(List<TaskRow> ending) {
        var agents = new TreeSet<AgentId>();
        var frameworks = new TreeSet<FrameworkId>();
        ending.forEach(task -> {
            agents.add(task.agent());
            frameworks.add(task.framework());
        });
        var kept = new TreeMap<FrameworkId, SortedMap<String, Count>>();
        for (var framework : frameworks) {
            if (registry.taskCount(framework) > NAMES_MAX || late.getAsBoolean()) {
                remarks.add("the tasks of framework " + framework + " of each name were not counted: there are "
                        + registry.taskCount(framework));
                continue;
            }
            var live = new ArrayList<TaskRow>();
            registry.tasksOfFramework(framework).forEach(task -> {
                if (task.holdsResources()) {
                    live.add(task);
                }
            });
            var names = names(live);
            var counts = new TreeMap<String, Count>();
            for (int at = 0; at < live.size(); at++) {
                var count = counts.computeIfAbsent(names.get(at), name -> new Count());
                count.all++;
                count.left += agents.contains(live.get(at).agent()) ? 0 : 1;
            }
            kept.put(framework, counts);
        }
        return kept;
    }

    // ---- room elsewhere

    private List<Place> places(List<TaskRow> tasks) {
        var order = new ArrayList<Integer>();
        for (int at = 0; at < tasks.size(); at++) {
            order.add(at);
        }
        order.sort(
                Comparator.comparing((Integer at) -> -tasks.get(at).resources().milli("cpus"))
                        .thenComparing(at -> -tasks.get(at).resources().milli("mem")));
        var places = new TreeMap<Integer, Place>();
        boolean cut = false;
        for (int at : order) {
            cut |= late.getAsBoolean();
            places.put(
                    at,
                    cut
                            ? new Place(Fate.NOT_LOOKED_AT, "the time for an answer was over before")
                            : place(tasks.get(at)));
        }
        return List.copyOf(places.values());
    }

    private Place place(TaskRow task) {
        var volumes = task.resources().persistentVolumes();
        if (!volumes.isEmpty()) {
            return new Place(Fate.STRANDED, "its volume stays on the agent: " + volumes.unallocated());
        }
        var amount = task.resources().nonShared().scalarQuantities();
        var demand = demand(task.framework());
        if (demand == null || !demand.active()) {
            return new Place(Fate.NO_ROOM, "its framework is not connected: nothing would be offered to it");
        }
        var asking = asking(task.framework(), task.role());
        String why = "no other agent has " + (amount.isEmpty() ? "anything" : amount.toString()) + " free for role "
                + task.role();
        int tried = 0;
        for (var agent : input.agents()) {
            if (!agent.free()
                    .nonShared()
                    .allocatableTo(task.role())
                    .scalarQuantities()
                    .contains(amount)) {
                continue;
            }
            if (++tried > TRIED_MAX) {
                break;
            }
            var verdict = verdict(asking, task, agent);
            if (verdict == null) {
                continue;
            }
            if (verdict.answer() == Verdict.Answer.OFFERED
                    && verdict.resources().scalarQuantities().contains(amount)) {
                take(task, agent, amount);
                return new Place(Fate.FITS, "agent " + agent.id());
            }
            why = "agent " + agent.id() + " has room and would not be offered: "
                    + (verdict.answer() == Verdict.Answer.OFFERED ? "quota leaves too little" : verdict.answer());
        }
        return new Place(Fate.NO_ROOM, why);
    }

    private @Nullable FrameworkDemand demand(FrameworkId id) {
        for (var framework : input.frameworks()) {
            if (framework.id().equals(id)) {
                return framework;
            }
        }
        return null;
    }

    /** Nobody wants anything but the framework whose task ended, and it only for the task's role. */
    private AllocationInput asking(FrameworkId asker, String role) {
        var frameworks = new ArrayList<FrameworkDemand>();
        for (var framework : input.frameworks()) {
            var roles = new TreeMap<String, RoleDemand>();
            framework.roles().forEach((name, demand) -> {
                boolean wants = framework.id().equals(asker) && name.equals(role);
                boolean left = demand.state() == RoleDemand.State.LEFT;
                var state =
                        wants && !left ? RoleDemand.State.WANTED : left ? demand.state() : RoleDemand.State.SUPPRESSED;
                roles.put(name, Edits.state(demand, state));
            });
            frameworks.add(Edits.roles(framework, roles));
        }
        return Edits.frameworks(input, frameworks);
    }

    private static @Nullable Verdict verdict(AllocationInput asking, TaskRow task, AgentSupply agent) {
        var ofRole = Allocator.explain(Edits.agents(asking, List.of(agent)), task.framework())
                .get(task.role());
        return ofRole == null ? null : ofRole.get(agent.id());
    }

    /** The task runs there from now on. */
    private void take(TaskRow task, AgentSupply agent, Quantities amount) {
        var taken = part(agent.free().nonShared().allocatableTo(task.role()), amount);
        var charged = Changes.chargeable(taken);
        input = Edits.agent(
                input,
                agent.id(),
                was -> new AgentSupply(
                        was.id(), was.info(), was.total(), was.free().minus(taken)));
        input = Edits.role(
                input,
                task.framework(),
                task.role(),
                was -> Edits.held(was, was.held().plus(taken.scalarQuantities())));
        input = Edits.consumedMore(input, task.role(), charged);
        input = Edits.free(input, Quantities.NONE, charged);
    }

    /** So much of it, of what is reserved first. */
    private static Resources part(Resources from, Quantities amount) {
        var entries = new ArrayList<>(from.entries());
        entries.removeIf(entry -> !entry.isScalar() || entry.kind().isPersistentVolume());
        entries.sort(Comparator.comparing(entry -> !entry.kind().isReserved()));
        var part = Resources.EMPTY;
        for (var name : amount.names()) {
            long missing = amount.milli(name);
            for (Resource entry : entries) {
                long some = entry.name().equals(name) ? Math.min(missing, entry.milli()) : 0;
                if (some > 0) {
                    part = part.plus(Resource.scalar(name, some).withKind(entry.kind()));
                    missing -= some;
                }
            }
        }
        return part;
    }
}
