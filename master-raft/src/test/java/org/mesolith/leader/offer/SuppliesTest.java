package org.mesolith.leader.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.state.Change;
import org.mesolith.state.Consumption;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.TaskRow;

/** Sums that are kept up with every change, against counting anew; a seed for all: {@code -Dseed=N}. */
final class SuppliesTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final List<String> ROLES = List.of("a", "a/b", "b");
    private static final List<String> TOTALS = List.of(
            "cpus:4;mem:64",
            "cpus:9;cpus(a):2;cpus{REV}:3",
            "cpus:6;mem(+a/b@p):32;ports:[1-9]",
            "cpus:8;disk:1099511627776",
            "cpus:5;disk(+b@p)[id:path]<SHARED>:16");
    private static final int STEPS = 3_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final SortedMap<AgentId, Resources> offered = new TreeMap<>();
    private Registry registry = Registry.EMPTY;
    private final Supplies supplies = new Supplies(registry, null);
    private long index;

    @Test
    void sumsThatAreKeptUpAreThoseThatAreCounted() {
        System.out.println("SuppliesTest seed " + seed);
        for (int step = 0; step < STEPS; step++) {
            change();
            if (random.nextInt(4) == 0) {
                compare("step " + step + " of seed " + seed);
            }
        }
        compare("end of seed " + seed);
    }

    private void change() {
        var id = new AgentId("agent" + random.nextInt(8));
        var row = registry.agent(id);
        switch (random.nextInt(8)) {
            case 0, 1 -> apply(id, new Change.AgentPut(admitted(id)));
            case 2 -> {
                if (row != null && registry.tasksOfAgent(id).isEmpty()) {
                    apply(id, new Change.AgentRemoved(id));
                    offered.remove(id);
                }
            }
            case 3 -> {
                if (row != null) {
                    apply(id, new Change.AgentPut(row.withUnreachableSince(NOW)));
                    offered.remove(id);
                }
            }
            case 4 -> {
                if (row != null) {
                    apply(id, new Change.TaskPut(task(id)));
                }
            }
            case 5 -> {
                for (var task : registry.tasksOfAgent(id)) {
                    apply(id, new Change.TaskRemoved(new TaskKey(task.framework(), task.id())));
                }
            }
            case 6 -> {
                if (row != null && row.isRegistered()) {
                    var some = Resources.parse("cpus:" + random.nextInt(1, 3));
                    supplies.offered(id, some);
                    offered.merge(id, some, Resources::plus);
                }
            }
            default -> {
                var all = offered.remove(id);
                if (all != null) {
                    supplies.returned(id, all);
                }
            }
        }
    }

    private void apply(AgentId agent, Change change) {
        index++;
        registry = registry.with(new Position(index, 0), List.of(change));
        supplies.refresh(agent, registry);
    }

    private AgentRow admitted(AgentId id) {
        var total = Resources.parse(TOTALS.get(random.nextInt(TOTALS.size())));
        var info = new AgentInfo(id.value(), 5051, total, List.of(), null, List.of(), "1.11.0");
        return AgentRow.admitted(id, info, total, NOW, "");
    }

    private TaskRow task(AgentId agent) {
        var role = ROLES.get(random.nextInt(ROLES.size()));
        return new TaskRow(
                new TaskId("t" + index).value(),
                new FrameworkId("f" + random.nextInt(3)),
                agent,
                null,
                role,
                Resources.parse("cpus:1").allocatedTo(role),
                new Position(index, 1),
                TaskState.TASK_RUNNING,
                null,
                null,
                null,
                0,
                0,
                0,
                0,
                0);
    }

    private void compare(String when) {
        var total = Quantities.NONE;
        var held = Quantities.NONE;
        var free = Quantities.NONE;
        for (var row : registry.agents()) {
            if (row.isRegistered()) {
                var out = offered.getOrDefault(row.id(), Resources.EMPTY);
                var used = registry.allocated(row.id()).unallocated();
                total = total.plus(row.total().scalarQuantities());
                held = held.plus(used.scalarQuantities()).plus(out.scalarQuantities());
                // While tasks use more than there is, nothing is free.
                var left =
                        row.total().contains(used) ? row.total().without(used).without(out) : Resources.EMPTY;
                free = free.plus(QuotaBook.chargeable(left).scalarQuantities());
            }
        }
        assertThat(supplies.total()).as("total at " + when).isEqualTo(total);
        assertThat(supplies.held()).as("held at " + when).isEqualTo(held);
        assertThat(supplies.free(registry)).as("free at " + when).isEqualTo(free);
        var consumed = Consumption.byTopRole(registry);
        for (var role : List.of("a", "b")) {
            assertThat(supplies.consumed(role, registry))
                    .as("consumed by " + role + " at " + when)
                    .isEqualTo(consumed.getOrDefault(role, Quantities.NONE));
        }
    }
}
