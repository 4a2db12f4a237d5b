package org.mesolith.state;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Attribute;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;
import org.mesolith.model.Value;
import org.mesolith.state.row.TaskRow;
import org.mesolith.state.rules.StateMachine;

/**
 * Heap of a registry, an agent and a task, with what applying costs, as tab-separated lines; never run by the tests.
 *
 * <p>{@code java -Xmx1g -cp … org.mesolith.state.MemoryBench [agents] [tasks per agent] [frameworks]}; 50,000 agents
 * with 20 tasks each of 100 frameworks if nothing is said.
 */
public final class MemoryBench {
    private static final int RESOURCE_SETS = 40;
    private static final int UPDATES_PER_COMMAND = 512;

    private final Random random = new Random(1);
    private final PrintStream out = System.out;
    private final List<Resources> sets = new ArrayList<>();
    private final int tasksPerAgent;
    private Registry registry = Registry.EMPTY;
    private long index;

    private MemoryBench(int tasksPerAgent) {
        this.tasksPerAgent = tasksPerAgent;
        for (int i = 0; i < RESOURCE_SETS; i++) {
            sets.add(Resources.parse("cpus:" + (0.1 + i % 8 * 0.1) + ";mem:" + (32 + i * 8)));
        }
    }

    public static void main(String[] arguments) {
        int agents = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
        int tasksPerAgent = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        int frameworks = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100;
        new MemoryBench(tasksPerAgent).run(agents, frameworks);
    }

    private void run(int agents, int frameworks) {
        apply(new SystemCommand.InitCluster("0123456789abcdef", 1, 1));
        for (int i = 0; i < frameworks; i++) {
            apply(new FrameworkCommand.SubscribeFramework(null, framework(i)));
        }
        long empty = heapBytes();
        line("what", "count", "heap_mb", "bytes_each", "us_each");
        long nanos = System.nanoTime();
        for (int i = 0; i < agents; i++) {
            apply(new AgentCommand.AdmitAgent(null, agent(i)));
        }
        long agentNanos = System.nanoTime() - nanos;
        long withAgents = heapBytes();
        report("agents", agents, withAgents - empty, agentNanos);

        int tasks = agents * tasksPerAgent;
        nanos = System.nanoTime();
        launchAll(frameworks);
        long launchNanos = System.nanoTime() - nanos;
        long staging = heapBytes();
        report("tasks staging", tasks, staging - withAgents, launchNanos);

        nanos = System.nanoTime();
        runAll();
        long runNanos = System.nanoTime() - nanos;
        long running = heapBytes();
        report("tasks running", tasks, running - withAgents, runNanos);
        line("registry", "1", Long.toString((running - empty) >> 20), "", "");
        if (Digest.recount(registry) != registry.digest()) {
            throw new IllegalStateException("the fingerprint is wrong");
        }
    }

    private void launchAll(int frameworks) {
        var ids = new ArrayList<FrameworkId>();
        registry.frameworks().forEach(row -> ids.add(row.id()));
        for (var agent : registry.agents()) {
            int left = tasksPerAgent;
            while (left > 0) {
                int some = Math.min(left, 1 + random.nextInt(4));
                launch(agent.id(), ids.get(random.nextInt(frameworks)), some);
                left -= some;
            }
        }
    }

    private void launch(AgentId agent, FrameworkId framework, int count) {
        var tasks = new ArrayList<TaskLaunch>();
        var offered = Resources.EMPTY;
        for (int i = 0; i < count; i++) {
            var needed = Resources.parse(sets.get(random.nextInt(RESOURCE_SETS)).toString());
            offered = offered.plus(needed);
            tasks.add(new TaskLaunch(
                    new TaskId(
                            String.format(Locale.ROOT, "task-%016x-%07x", random.nextLong(), random.nextInt(1 << 28))),
                    "name",
                    agent,
                    needed,
                    null,
                    List.of(),
                    Opaque.empty("mesos.v1.TaskInfo")));
        }
        apply(new FrameworkCommand.AcceptOffers(
                framework,
                agent,
                "role-" + framework.value().hashCode() % 10,
                offered,
                List.of(),
                List.of(new OfferOperation.Launch(null, tasks))));
    }

    private void runAll() {
        var batch = new ArrayList<TaskCommand.UpdateTasks.Update>();
        for (var framework : registry.frameworks()) {
            for (var task : registry.tasksOfFramework(framework.id())) {
                batch.add(running(task));
                if (batch.size() == UPDATES_PER_COMMAND) {
                    apply(new TaskCommand.UpdateTasks(batch));
                    batch.clear();
                }
            }
        }
        apply(new TaskCommand.UpdateTasks(batch));
    }

    private TaskCommand.UpdateTasks.Update running(TaskRow task) {
        var status = new TaskStatus(
                task.id(),
                TaskState.TASK_RUNNING,
                StatusSource.SOURCE_EXECUTOR,
                null,
                "",
                TestCluster.START,
                new Uuid(random.nextLong(), random.nextLong()),
                task.agent(),
                null,
                null,
                Opaque.empty(TaskStatus.SCHEMA));
        return new TaskCommand.UpdateTasks.Update(
                task.agent(), task.framework(), new Position(task.launchedAt().index(), 0), status, status.state());
    }

    private static FrameworkInfo framework(int number) {
        return new FrameworkInfo(
                null,
                "root",
                "framework " + number,
                List.of("role"),
                List.of(),
                Duration.ofDays(7),
                true,
                null,
                null,
                Opaque.empty("mesos.v1.FrameworkInfo"));
    }

    private AgentInfo agent(int number) {
        var attributes = List.of(
                new Attribute("rack", new Value.Text("r" + number % 500)),
                new Attribute("os", new Value.Text("linux")),
                new Attribute("generation", new Value.Scalar(number % 5 * 1_000L)));
        return new AgentInfo(
                "host-" + number + ".example.org",
                5051,
                Resources.parse("cpus:64;mem:262144;disk:1000000;ports:[31000-32000]"),
                attributes,
                new FaultDomain("region", "zone-" + number % 3),
                List.of(AgentCapability.MULTI_ROLE, AgentCapability.HIERARCHICAL_ROLE),
                "1.11.0");
    }

    private void apply(Command command) {
        var envelope = new Envelope(Actor.SYSTEM, Origin.LEADER, null, TestCluster.START, 1);
        var entry = new LogEntry(new Position(++index, 0), 1, envelope, command);
        if (!(StateMachine.apply(registry, entry) instanceof Outcome.Accepted(var changes, var _))) {
            throw new IllegalStateException("refused: " + command);
        }
        registry = registry.with(entry.at(), changes);
    }

    private static long heapBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 3; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    private void report(String what, int count, long bytes, long nanos) {
        line(
                what,
                Integer.toString(count),
                Long.toString(bytes >> 20),
                Long.toString(bytes / count),
                String.format(Locale.ROOT, "%.1f", nanos / 1_000.0 / count));
    }

    private void line(String... cells) {
        out.println(String.join("\t", cells));
    }
}
