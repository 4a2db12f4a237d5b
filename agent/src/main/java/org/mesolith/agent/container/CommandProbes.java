package org.mesolith.agent.container;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.ProbeResult;
import org.mesolith.agent.core.TaskSpec;
import org.mesolith.api.CheckStatus;
import org.mesolith.api.TaskProbe;
import org.mesolith.model.Uuid;

/**
 * Runs the commands of checks: as the task's user, in its sandbox, among the container's processes, so that nothing of
 * them outlives the task. What they write goes to the task's stderr. Any thread.
 */
final class CommandProbes {
    /** Commands that run at a time; the next ones wait, and their time does not run yet. */
    static final int AT_A_TIME_MAX = 16;

    /** The variable that marks the processes of one check of one container. */
    private static final String VARIABLE = "MESOLITH_CHECK";

    private static final int KILLS_MAX = 200;

    /** What the commands need of the house. */
    record Surroundings(ContainerSettings settings, Sandboxes sandboxes, Users users, ProcessTrees trees, Shim shim) {}

    /** The commands of one container that run now. */
    private static final class Running {
        final ReentrantLock lock = new ReentrantLock();
        final List<Process> processes = new ArrayList<>();
        boolean over;
    }

    private final Surroundings surroundings;
    private final Consumer<AgentEvent> events;
    private final Semaphore places = new Semaphore(AT_A_TIME_MAX, true);
    private final Map<Uuid, Running> containers = new ConcurrentHashMap<>();

    CommandProbes(Surroundings surroundings, Consumer<AgentEvent> events) {
        this.surroundings = surroundings;
        this.events = events;
    }

    /** {@link AgentEffect.Probe} of a command. */
    void probe(AgentEffect.Probe order, TaskProbe.Command command) {
        Thread.ofVirtual().name("check " + order.run()).start(() -> {
            try {
                places.acquire();
                ProbeResult result;
                try {
                    result = run(order, command);
                } catch (IOException failed) {
                    result = new ProbeResult.Nothing("the command could not be started: " + failed.getMessage());
                } finally {
                    places.release();
                }
                events.accept(new AgentEvent.Probed(order.run(), order.kind(), order.round(), result));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The task is over: no command of it is started any more, and those that run end. */
    void end(Uuid container) throws InterruptedException {
        var running = containers.computeIfAbsent(container, _ -> new Running());
        List<Process> left;
        running.lock.lock();
        try {
            running.over = true;
            left = List.copyOf(running.processes);
        } finally {
            running.lock.unlock();
        }
        for (var process : left) {
            process.destroyForcibly().waitFor(ContainerSettings.START_MAX.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Nobody will ask for this container any more. */
    void forget(Uuid container) {
        containers.remove(container);
    }

    private ProbeResult run(AgentEffect.Probe order, TaskProbe.Command command)
            throws IOException, InterruptedException {
        var fresh = new Running();
        var known = containers.putIfAbsent(order.container(), fresh);
        var running = known == null ? fresh : known;
        var mark = order.container() + ":" + order.kind();
        if (known == null) {
            killAll(mark); // what an earlier agent process left
        }
        if (!Files.isDirectory(surroundings.shim().directory(order.container()))) {
            containers.remove(order.container(), fresh); // cleaned up and forgotten long ago
            return new ProbeResult.Nothing("the task is over");
        }
        var line = prepare(order, command, mark);
        var process = start(running, line);
        if (process == null) {
            surroundings.trees().remove(order.container()); // made anew behind the clean-up, maybe
            return new ProbeResult.Nothing("the task is over");
        }
        try {
            var timeout = order.probe().timeout();
            if (timeout == null) {
                process.waitFor();
            } else if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                killAll(mark);
                return new ProbeResult.Nothing("the command did not end in " + timeout.toMillis() / 1e3 + " s");
            }
            return new ProbeResult.Seen(new CheckStatus.Command(process.exitValue()));
        } finally {
            process.destroyForcibly();
            running.lock.lock();
            try {
                running.processes.remove(process);
            } finally {
                running.lock.unlock();
            }
        }
    }

    private static @Nullable Process start(Running running, String line) throws IOException {
        var builder = new ProcessBuilder("/bin/sh", "-c", line)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("PATH", Shim.PATH);
        running.lock.lock();
        try {
            if (running.over) {
                return null;
            }
            var process = builder.start();
            running.processes.add(process);
            return process;
        } finally {
            running.lock.unlock();
        }
    }

    /** Writes the script of the command; the line that becomes it. */
    private String prepare(AgentEffect.Probe order, TaskProbe.Command command, String mark) throws IOException {
        var house = surroundings;
        var choice = house.users().choose(order.spec().user());
        if (choice instanceof Users.Choice.Impossible(var why)) {
            throw new IOException(why);
        }
        var become = choice instanceof Users.Choice.Become found ? found : null;
        var sandbox = house.sandboxes().of(order);
        var environment = TaskEnvironment.of(house.settings(), order, sandbox, order.spec());
        command.environment().forEach(variable -> environment.put(variable.name(), variable.value()));
        environment.put(MarkerTrees.VARIABLE, order.container().toString());
        environment.put(VARIABLE, mark);
        var spec = order.spec()
                .running(new TaskSpec.Command(command.shell(), command.value(), command.arguments(), List.of()));
        var problem = LaunchPlan.problem(spec, environment);
        if (problem != null) {
            throw new IOException(problem);
        }
        var plan = new LaunchPlan(
                spec,
                sandbox,
                script(order),
                house.trees().create(order.container()),
                environment,
                become == null ? null : become.name(),
                house.shim().resetsSignals());
        Shim.write(plan.script(), plan.checkScript(), become == null ? null : become.principal());
        return plan.checkLine();
    }

    private Path script(AgentEffect.Probe order) {
        return surroundings
                .shim()
                .directory(order.container())
                .resolve(order.kind().name().toLowerCase(java.util.Locale.ROOT) + ".sh");
    }

    private static void killAll(String mark) throws InterruptedException {
        for (int round = 0; round < KILLS_MAX; round++) {
            var left = ProcessTable.all().stream()
                    .filter(row -> !row.isOver() && ProcessTable.hasVariable(row.pid(), VARIABLE + "=" + mark))
                    .toList();
            if (left.isEmpty()) {
                return;
            }
            left.forEach(row -> ProcessTable.signal(row.pid(), true));
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }
}
