package org.mesolith.store;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mesolith.base.DurableFiles;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;
import org.mesolith.model.Weight;
import org.mesolith.state.Actor;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Command;
import org.mesolith.state.Envelope;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.Registry;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TaskCommand;
import org.mesolith.state.TestCluster;
import org.mesolith.state.row.Applied;
import org.mesolith.state.row.TaskRow;
import org.mesolith.state.rules.StateMachine;

/**
 * What events and audit cost where commands are applied and written: processor time of the applying thread, with and
 * without them, in turn, as tab-separated lines. Never run by the tests.
 *
 * <p>{@code java -cp … org.mesolith.store.JournalBench [rounds] [commands]}
 */
public final class JournalBench implements AutoCloseable {
    private static final int TASKS = 8;

    private final Path directory = Files.createTempDirectory("journal-bench");
    private final RocksStore store = RocksStore.open(directory);
    private Registry registry = Registry.EMPTY;
    private final AgentId agent = new AgentId("agent-1");
    private final FrameworkId framework = new FrameworkId("framework-1");
    private long index;
    private long number;

    private JournalBench(FeatureLevel level) throws IOException {
        apply(Actor.SYSTEM, new SystemCommand.InitCluster("0123456789abcdef", 1, 1, level.number()));
        apply(Actor.SYSTEM, new AgentCommand.AdmitAgent(agent, TestCluster.info("host-1", "cpus:64;mem:65536")));
        apply(Actor.SYSTEM, new FrameworkCommand.SubscribeFramework(framework, TestCluster.framework("churn")));
    }

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 12;
        int commands = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
        System.out.println("round\tweights_without_us\tweights_with_us\ttasks_without_us\ttasks_with_us");
        try (var without = new JournalBench(FeatureLevel.MEMBERSHIP);
                var with = new JournalBench(FeatureLevel.JOURNAL)) {
            for (int round = 1; round <= rounds; round++) {
                System.out.println(String.format(
                        Locale.ROOT,
                        "%d\t%.2f\t%.2f\t%.2f\t%.2f",
                        round,
                        without.weights(commands),
                        with.weights(commands),
                        without.tasks(commands),
                        with.tasks(commands)));
            }
        }
    }

    /** Microseconds of one operator's call. */
    private double weights(int commands) {
        var operator = Actor.operator("ops").from("10.0.0.9");
        long before = cpuNanos();
        for (int i = 0; i < commands; i++) {
            var weight = Weight.of("role-" + i % 100, (double) (1 + number++ % 1_000));
            apply(operator, new QuotaCommand.SetWeights(List.of(weight)));
        }
        return (double) (cpuNanos() - before) / 1_000 / commands;
    }

    /** Microseconds of one command in the life of eight tasks: launch, and twice a state and that it is known. */
    private double tasks(int commands) {
        long before = cpuNanos();
        for (int i = 0; i < commands / 5; i++) {
            var tasks = new ArrayList<TaskLaunch>();
            for (int task = 0; task < TASKS; task++) {
                tasks.add(TestCluster.launch(agent, "task-" + number++, "cpus:0.5;mem:128"));
            }
            var offered = Resources.parse("cpus:" + TASKS / 2 + ";mem:" + 128 * TASKS);
            List<OfferOperation> operations = List.of(new OfferOperation.Launch(null, tasks));
            apply(
                    Actor.framework(framework, null),
                    new FrameworkCommand.AcceptOffers(
                            framework, agent, "ads", offered.allocatedTo("ads"), List.of(), operations));
            update(TaskState.TASK_RUNNING);
            update(TaskState.TASK_FINISHED);
        }
        return (double) (cpuNanos() - before) / 1_000 / commands;
    }

    private void update(TaskState state) {
        var rows = new ArrayList<TaskRow>();
        registry.tasksOfFramework(framework).forEach(rows::add);
        var updates = new ArrayList<TaskCommand.UpdateTasks.Update>();
        var known = new ArrayList<TaskCommand.AcknowledgeTasks.Acknowledgement>();
        for (var row : rows) {
            long uuid = ++number;
            var status = TestCluster.status(row.key(), state, uuid);
            updates.add(new TaskCommand.UpdateTasks.Update(agent, framework, row.launchedAt(), status, state));
            known.add(new TaskCommand.AcknowledgeTasks.Acknowledgement(row.key(), new Uuid(uuid, uuid)));
        }
        apply(Actor.agent(agent, null), new TaskCommand.UpdateTasks(updates));
        apply(Actor.framework(framework, null), new TaskCommand.AcknowledgeTasks(known));
    }

    private void apply(Actor actor, Command command) {
        var envelope = new Envelope(actor, Origin.HTTP, null, TestCluster.START.plusMillis(index), 1);
        var at = new Position(++index, 0);
        var step = StateMachine.step(registry, new LogEntry(at, 1, envelope, command));
        if (!(step.outcome() instanceof Outcome.Accepted)) {
            throw new IllegalStateException(command + ": " + step.outcome());
        }
        store.write(new Applied(1, index, at), step.changes());
        registry = step.after();
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Override
    public void close() throws IOException {
        store.close();
        DurableFiles.deleteTree(directory);
    }
}
