package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.agent.core.Removals;
import org.mesolith.agent.core.TaskExit;
import org.mesolith.api.TaskProbe;
import org.mesolith.model.Uuid;

/**
 * Performs what the core wants of processes, each on a virtual thread of its own; tells what happens as events.
 * Supervisors and tasks go on when this is closed.
 */
public final class Containers implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Containers.class.getName());
    private static final Duration CLEAN_UP_PATIENCE = Duration.ofSeconds(10);
    private static final ProcessMark NOBODY = new ProcessMark(-1, 0, "");

    private final ContainerSettings settings;
    private final Sandboxes sandboxes;
    private final Users users;
    private final SharedDirectories shared;
    private final VisitingVolumes visiting;
    private final ProcessTrees trees;
    private final Marks marks;
    private final Shim shim;
    private final Watch watch;
    private final CommandProbes probes;
    private final MemoryMeter meter;
    private final UseMeter uses;
    private final DiskMeter disks;
    private final Garbage garbage;
    private final Consumer<AgentEvent> events;

    /** Containers that this process has begun to start: a second start would write scripts anew that are being read. */
    private final Set<Uuid> begun = ConcurrentHashMap.newKeySet();

    private final Background background = new Background();
    private final Semaphore starts = new Semaphore(ContainerSettings.STARTS_MAX, true);

    private Containers(ContainerSettings settings, Consumer<AgentEvent> events)
            throws IOException, InterruptedException {
        this.settings = settings;
        this.sandboxes = new Sandboxes(settings.workDir());
        this.disks = new DiskMeter(sandboxes, ContainerSettings.DISK_ENTRIES_MAX, ContainerSettings.DISK_LOOK_MAX);
        this.garbage = new Garbage(settings.workDir(), settings.sandboxAgeMax());
        this.users = Users.of(settings.switchUser());
        this.shared = new SharedDirectories(sandboxes, users);
        this.visiting = new VisitingVolumes(sandboxes, users, events);
        this.events = events;
        var runtime = settings.runtimeDir();
        // Tasks of other users must reach their own script, and nothing else.
        Files.createDirectories(runtime);
        Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.marks = new Marks(Directories.make(runtime.resolve("marks"), "rwx------"));
        var containers = Directories.make(runtime.resolve("containers"), "rwx--x--x");
        this.trees = TreeProbe.best(settings.subtree());
        this.shim = Shim.install(runtime);
        this.probes =
                new CommandProbes(new CommandProbes.Surroundings(settings, sandboxes, users, trees, shim), events);
        this.meter = new MemoryMeter(trees, this::supervisor);
        this.uses = new UseMeter(trees, this::supervisor);
        this.watch = new Watch(marks, containers, settings.stdioBytesMax(), events);
    }

    /**
     * Makes what is missing of the directories and finds out what this machine can do.
     *
     * @param events told what happens, on any thread
     * @throws IOException when a directory cannot be made or a needed program is missing
     */
    public static Containers open(ContainerSettings settings, Consumer<AgentEvent> events)
            throws IOException, InterruptedException {
        return new Containers(settings, events);
    }

    /** How processes are kept together here, for people. */
    public String treeKeeping() {
        return trees.name();
    }

    /** True when tasks may run as other users than the agent's own. */
    public boolean switchesUsers() {
        return users.switchUser() && users.root();
    }

    public Sandboxes sandboxes() {
        return sandboxes;
    }

    /** Brings files into a sandbox that nobody but the agent may enter. */
    public interface Filling {
        /**
         * Comes back when all is there.
         *
         * @param become the user whose sandbox it will be; null when that is the agent's own
         * @throws IOException saying why in words for the framework
         */
        void fill(Path sandbox, @Nullable String become) throws IOException, InterruptedException;
    }

    /** {@link AgentEffect.Fetch}. */
    public void fetch(AgentEffect.Fetch order, Filling filling) {
        background.run("fetch " + order.run(), () -> {
            if (marks.supervisor(order.container()) != null) {
                events.accept(new AgentEvent.Fetched(order.run()));
                return;
            }
            var problem = filled(order, filling);
            if (problem == null) {
                events.accept(new AgentEvent.Fetched(order.run()));
            } else if (!background.isClosed() && marks.claim(order.container())) {
                // When the agent stops the next one fetches anew.
                events.accept(new AgentEvent.Exited(order.run(), new TaskExit.NotStarted(problem)));
            }
        });
    }

    private @Nullable String filled(AgentEffect.Fetch order, Filling filling) throws InterruptedException {
        try {
            var choice = users.choose(order.spec().user());
            if (choice instanceof Users.Choice.Impossible(var why)) {
                return why;
            }
            var become = choice instanceof Users.Choice.Become found ? found : null;
            var sandbox = sandboxes.create(order, null);
            if (become != null) {
                Sandboxes.give(sandbox, Files.getOwner(settings.runtimeDir())); // of a fetch that was cut off
            }
            filling.fill(sandbox, become == null ? null : become.name());
            if (become != null) {
                Sandboxes.give(sandbox, become.principal());
            }
            return null;
        } catch (IOException failed) {
            return failed.getMessage() == null ? failed.toString() : failed.getMessage();
        }
    }

    /** {@link AgentEffect.Spawn}. */
    public void spawn(AgentEffect.Spawn order) {
        background.run("spawn " + order.run(), () -> {
            starts.acquire();
            try {
                spawnNow(order);
            } catch (IOException failed) {
                // The supervisor may be on its way nevertheless: only who holds the mark decides.
                if (marks.claim(order.container())) {
                    tell(order, new TaskExit.NotStarted("The task could not be started: " + failed.getMessage()));
                } else {
                    watch.add(order.run(), order.container(), sandbox(order));
                }
            } catch (RuntimeException defect) {
                begun.remove(order.container()); // it is tried again
                throw defect;
            } finally {
                starts.release();
            }
        });
    }

    private void spawnNow(AgentEffect.Spawn order) throws IOException, InterruptedException {
        if (marks.supervisor(order.container()) != null) {
            watch.add(order.run(), order.container(), sandbox(order));
            watch.lookSoon();
            return;
        }
        if (!begun.add(order.container())) {
            watch.add(order.run(), order.container(), sandbox(order));
            watch.lookSoon();
            return;
        }
        if (marks.isClaimed(order.container())) {
            tell(order, new TaskExit.NotStarted("The task was given up before it had started"));
            return;
        }
        var choice = users.choose(order.spec().user());
        if (choice instanceof Users.Choice.Impossible(var why)) {
            refuse(order, why);
            return;
        }
        var become = choice instanceof Users.Choice.Become found ? found : null;
        var owner = become == null ? null : become.principal();
        var unshown = VolumeLinks.problem(order.spec());
        if (unshown != null) {
            refuse(order, unshown);
            return;
        }
        var directory = Directories.make(shim.directory(order.container()), "rwx--x--x");
        var sandbox = sandboxes.create(order, owner);
        VolumeLinks.make(sandbox, order.spec().volumes(), settings.workDir(), owner);
        shared.show(order, sandbox, owner);
        var environment = TaskEnvironment.of(settings, order, sandbox, order.spec());
        var problem = LaunchPlan.problem(order.spec(), environment);
        if (problem != null) {
            refuse(order, problem);
            return;
        }
        var plan = new LaunchPlan(
                order.spec(),
                sandbox,
                directory.resolve("task.sh"),
                trees.create(order.container()),
                environment,
                become == null ? null : become.name(),
                shim.resetsSignals());
        shim.prepare(order.container(), plan, owner);
        watch.add(order.run(), order.container(), sandbox);
        shim.start(order.container());
    }

    /** {@link AgentEffect.Probe} of a command. */
    public void probe(AgentEffect.Probe order, TaskProbe.Command command) {
        probes.probe(order, command);
    }

    /** Tells what the processes of containers use. */
    public UseMeter uses() {
        return uses;
    }

    /** {@link AgentEffect.MeasureMemory}. */
    public void measure(AgentEffect.MeasureMemory order) {
        background.run("measure memory", () -> events.accept(meter.measure(order)));
    }

    /** {@link AgentEffect.MeasureDisk}; on a thread of its own, which waits for the disk most of its time. */
    public void measure(AgentEffect.MeasureDisk order) {
        Thread.ofPlatform().daemon().name("measure disk").start(() -> events.accept(disks.measure(order)));
    }

    /** {@link AgentEffect.Adopt}. */
    public void adopt(AgentEffect.Adopt order) {
        background.run("adopt " + order.run(), () -> {
            var sandbox = sandboxes.of(order);
            if (marks.supervisor(order.container()) != null || !marks.claim(order.container())) {
                watch.add(order.run(), order.container(), sandbox);
                watch.lookSoon();
                return;
            }
            var before = order.process();
            TaskExit exit;
            if (before == null) {
                exit = new TaskExit.NotStarted("The agent was started again before it had started the task");
            } else if (before.bootId().equals(ProcessTable.bootId())) {
                exit = new TaskExit.Unknown("The traces of the task are gone from " + settings.runtimeDir());
            } else {
                exit = new TaskExit.Rebooted();
            }
            events.accept(new AgentEvent.Exited(order.run(), exit));
        });
    }

    /** {@link AgentEffect.ShowVolumes}. */
    public void show(AgentEffect.ShowVolumes order) {
        visiting.show(order);
    }

    /** {@link AgentEffect.HideVolumes}. */
    public void hide(AgentEffect.HideVolumes order) {
        visiting.hide(order);
    }

    /** {@link AgentEffect.Terminate}. */
    public void terminate(AgentEffect.Terminate order) {
        background.run(
                "terminate " + order.run(),
                () -> TaskStart.await(trees, order.container(), supervisor(order.container()))
                        .forEach(pid -> ProcessTable.signal(pid, false)));
    }

    /** {@link AgentEffect.KillTree}. */
    public void killTree(AgentEffect.KillTree order) {
        background.run("kill " + order.run(), () -> killAll(order.run().toString(), order.container()));
    }

    /** {@link AgentEffect.CleanUp}. */
    public void cleanUp(AgentEffect.CleanUp order) {
        background.run("clean up " + order.run(), () -> {
            probes.end(order.container());
            clear(order.run().toString(), order.container());
            events.accept(new AgentEvent.CleanedUp(order.run()));
        });
    }

    /** Comes back when nothing is left of a container but its marks. */
    private void clear(String run, Uuid container) throws IOException, InterruptedException {
        killAll(run, container);
        for (int tries = 0; !trees.remove(container) && tries < 100; tries++) {
            TimeUnit.MILLISECONDS.sleep(10); // the kernel needs a moment after the last process
        }
        try {
            Directories.delete(shim.directory(container));
        } catch (IOException left) {
            LOG.log(System.Logger.Level.WARNING, "left behind: " + shim.directory(container), left);
        }
    }

    /** {@link AgentEffect.Forget}. */
    public void forget(AgentEffect.Forget order) {
        background.run("forget " + order.run(), () -> {
            marks.remove(order.container());
            probes.forget(order.container());
            begun.remove(order.container());
            var agent = order.agent();
            if (agent != null) {
                garbage.ended(sandboxes.of(agent, order.run(), order.container()), Instant.now());
            }
        });
    }

    /**
     * Ends, in the background, what runs under marks that belong to no known task: their checkpoints are gone, and the
     * masters are told that the agent knows nothing of them. Only where the marks lie in the agent's own work
     * directory: elsewhere they may be another agent's.
     *
     * @param known containers of all tasks that were recovered; call this before new ones are started
     */
    public void endStrangers(Set<Uuid> known) throws IOException {
        if (!settings.runtimeDir().startsWith(settings.workDir())) {
            return;
        }
        for (var container : marks.all()) {
            if (known.contains(container)) {
                continue;
            }
            background.run("end " + container, () -> {
                var left = trees.processes(container, supervisor(container));
                if (!left.isEmpty()) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "ends the processes " + left + " of container " + container
                                    + ": the checkpoint of its task is gone");
                }
                clear(container.toString(), container);
                marks.remove(container);
            });
        }
    }

    /**
     * Removes sandboxes of tasks that ended long ago, in the background.
     *
     * @param live containers whose sandboxes stay
     * @param headroomMilli share of the disk to be kept free, in thousandths; sandboxes go sooner for it
     */
    public void collect(Set<String> live, long headroomMilli) {
        background.run("remove old sandboxes", () -> {
            var disk = Files.getFileStore(settings.workDir());
            long total = Math.max(1, disk.getTotalSpace());
            long usedMilli = 1_000 - disk.getUsableSpace() * 1_000 / total;
            garbage.collect(live, Instant.now(), Garbage.ageMax(settings.sandboxAgeMax(), headroomMilli, usedMilli));
        });
    }

    /** Sandboxes that wait for their removal. */
    public Removals removals() {
        return garbage.removals();
    }

    @Override
    public void close() {
        background.close();
        watch.close();
        visiting.close();
    }

    /** Comes back when no process is left; a process that the kernel holds is waited for, and reported. */
    private void killAll(String run, Uuid container) throws InterruptedException, IOException {
        long warnAt = System.nanoTime() + CLEAN_UP_PATIENCE.toNanos();
        long pause = 2;
        for (var left = trees.processes(container, supervisor(container));
                !left.isEmpty();
                left = trees.processes(container, supervisor(container))) {
            trees.kill(container, supervisor(container));
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(1_000, pause * 2);
            if (System.nanoTime() > warnAt) {
                LOG.log(System.Logger.Level.WARNING, "processes of " + run + " do not end after KILL: " + left);
                warnAt += CLEAN_UP_PATIENCE.toNanos() * 6;
            }
        }
    }

    private ProcessMark supervisor(Uuid container) throws IOException {
        var supervisor = marks.supervisor(container);
        return supervisor == null ? NOBODY : supervisor;
    }

    private Path sandbox(AgentEffect.Spawn order) {
        return sandboxes.of(order);
    }

    private void refuse(AgentEffect.Spawn order, String why) throws IOException {
        if (marks.claim(order.container())) {
            tell(order, new TaskExit.NotStarted(why));
        }
    }

    private void tell(AgentEffect.Spawn order, TaskExit exit) {
        events.accept(new AgentEvent.Exited(order.run(), exit));
    }
}
