package org.mesolith.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;
import org.mesolith.state.row.ExecutorRow;
import org.mesolith.state.row.TaskRow;
import org.mesolith.state.rules.StateMachine;

/** Whatever is commanded: indexes follow from rows, no resource is promised twice, a repetition does no harm. */
final class RegistryPropertiesTest {
    private static final int RUNS = 6;
    private static final int COMMANDS = 300;

    @Test
    void indexesAndFingerprintAlwaysFollowFromTheRows() {
        long seed = RandomCommands.seed(System.nanoTime());
        for (int run = 0; run < RUNS; run++) {
            var commands = new RandomCommands(seed + run);
            var registry = Registry.EMPTY;
            for (int index = 0; index < COMMANDS; index++) {
                registry = after(registry, commands.entry(registry, index));
                check(registry);
            }
        }
    }

    @Test
    void everyCommandAppliedTwiceLeavesASoundRegistry() {
        long seed = RandomCommands.seed(System.nanoTime());
        for (int run = 0; run < RUNS; run++) {
            var commands = new RandomCommands(seed + run);
            var registry = Registry.EMPTY;
            for (int index = 0; index < COMMANDS; index += 2) {
                var entry = commands.entry(registry, index);
                registry = after(registry, entry);
                var again = new Position(index + 1, 0);
                registry = after(registry, new LogEntry(again, entry.term(), entry.envelope(), entry.command()));
                check(registry);
            }
        }
    }

    @Test
    void anOlderRegistryStaysWhatItWas() {
        long seed = RandomCommands.seed(System.nanoTime());
        var commands = new RandomCommands(seed);
        var registry = Registry.EMPTY;
        var versions = new ArrayList<Registry>();
        var digests = new ArrayList<Long>();
        for (int index = 0; index < COMMANDS; index++) {
            registry = after(registry, commands.entry(registry, index));
            versions.add(registry);
            digests.add(registry.digest());
        }
        assertThat(versions.stream().map(Digest::recount)).containsExactlyElementsOf(digests);
    }

    private static Registry after(Registry before, LogEntry entry) {
        return switch (StateMachine.apply(before, entry)) {
            case Outcome.Accepted(var changes, var _) -> before.with(entry.at(), changes);
            case Outcome.Rejected _ -> before.advancedTo(entry.at());
        };
    }

    private static void check(Registry registry) {
        assertThat(registry.digest()).isEqualTo(Digest.recount(registry));
        var byFramework = new TreeMap<FrameworkId, TreeMap<String, Quantities>>();
        var byRole = new TreeMap<String, Quantities>();
        int tasksOfAgents = 0;
        for (var agent : registry.agents()) {
            var tasks = registry.tasksOfAgent(agent.id());
            tasksOfAgents += tasks.size();
            checkAgent(registry, tasks, registry.executorsOfAgent(agent.id()), registry.allocated(agent.id()));
            for (var executor : registry.executorsOfAgent(agent.id())) {
                assertThat(registry.executor(executor.framework(), agent.id(), executor.id()))
                        .isEqualTo(executor);
                if (executor.holdsResources() && !executor.resources().isEmpty()) {
                    var amounts = executor.resources().quantities();
                    byRole.merge(executor.role(), amounts, Quantities::plus);
                    byFramework
                            .computeIfAbsent(executor.framework(), _ -> new TreeMap<>())
                            .merge(executor.role(), amounts, Quantities::plus);
                }
            }
            for (var task : tasks) {
                if (task.holdsResources() && !task.resources().isEmpty()) {
                    var amounts = task.resources().quantities();
                    byRole.merge(task.role(), amounts, Quantities::plus);
                    byFramework
                            .computeIfAbsent(task.framework(), _ -> new TreeMap<>())
                            .merge(task.role(), amounts, Quantities::plus);
                }
            }
        }
        int tasksOfFrameworks = 0;
        for (var framework : registry.frameworks()) {
            tasksOfFrameworks += registry.taskCount(framework.id());
            assertThat(registry.allocated(framework.id()))
                    .isEqualTo(byFramework.getOrDefault(framework.id(), new TreeMap<>()));
        }
        assertThat(tasksOfFrameworks).isEqualTo(tasksOfAgents);
        assertThat(registry.allocatedRoles()).containsExactlyElementsOf(byRole.keySet());
        byRole.forEach(
                (role, amounts) -> assertThat(registry.allocatedToRole(role)).isEqualTo(amounts));
    }

    private static void checkAgent(
            Registry registry, List<TaskRow> tasks, List<ExecutorRow> executors, Resources allocated) {
        var sum = Resources.EMPTY;
        for (var executor : executors) {
            sum = executor.holdsResources() ? sum.plus(executor.resources()) : sum;
        }
        for (var task : tasks) {
            assertThat(registry.task(task.key())).isEqualTo(task);
            if (task.holdsResources()) {
                assertThat(sum.ranges("ports").without(task.resources().ranges("ports")))
                        .as("no port twice")
                        .isEqualTo(sum.ranges("ports"));
                sum = sum.plus(task.resources());
            }
        }
        assertThat(allocated).isEqualTo(sum);
    }
}
