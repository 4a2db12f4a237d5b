package org.mesolith.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.checkpoint.CheckpointStore;
import org.mesolith.agent.checkpoint.Checkpoints;
import org.mesolith.agent.checkpoint.CorruptCheckpointException;
import org.mesolith.agent.container.ContainerSettings;
import org.mesolith.agent.container.Containers;
import org.mesolith.agent.core.AgentCore;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.AgentReadings;
import org.mesolith.agent.core.AgentSettings;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.agent.executor.CommandReader;
import org.mesolith.agent.fetch.Fetcher;
import org.mesolith.agent.http.AgentDoor;
import org.mesolith.agent.http.AgentFacts;
import org.mesolith.agent.http.ExecutorDoor;
import org.mesolith.agent.http.MastersDoor;
import org.mesolith.agent.link.KnownMasters;
import org.mesolith.agent.link.Links;
import org.mesolith.agent.link.MasterLink;
import org.mesolith.agent.probe.NetProbes;
import org.mesolith.agent.resource.Machine;
import org.mesolith.agent.resource.MachineResources;
import org.mesolith.base.Halt;
import org.mesolith.base.Packaged;
import org.mesolith.base.ThreadQueue;
import org.mesolith.logging.ProcessLog;
import org.mesolith.logging.Verbosity;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentInfo;
import org.mesolith.pages.LogFile;
import org.mesolith.wire.DomainSocket;
import org.mesolith.wire.HttpServer;
import org.mesolith.wire.LinkClient;
import org.mesolith.wire.ServerSettings;

/**
 * The agent, put together: every {@code new} is here.
 *
 * <pre>
 *   http --snapshot--> AgentCore <--events-- MasterLink, Containers, Checkpoints
 *                          |----effects----> Effects --> the same three
 * </pre>
 */
public final class Agent implements AutoCloseable {
    /** The version of Mesos whose interface the agent speaks. */
    static final String VERSION = "1.11.0";

    /** What the files of its log are called after. */
    static final String LOG_NAME = "mesolith-agent";

    /** Why an agent cannot start, and with which status its process ends. */
    public static final class CannotStartException extends Exception {
        private static final long serialVersionUID = 1;

        private final Halt.Code code;

        CannotStartException(Halt.Code code, String why, @Nullable Throwable cause) {
            super(why, cause);
            this.code = code;
        }

        public Halt.Code code() {
            return code;
        }
    }

    /** One thread for the core, one that waits for the disk, one that waits for masters to answer. */
    private record Threads(ThreadQueue core, ThreadQueue disk, ThreadQueue dialing) {}

    /** How an agent ended. */
    public record End(Halt.Code code, String why) {}

    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Threads threads = new Threads(queue("agent-core"), queue("agent-disk"), queue("agent-link"));
    private final CheckpointStore store;
    private final Containers containers;
    private final Fetcher fetcher;
    private final NetProbes net = new NetProbes(this::tell);
    private final HttpServer http;
    private final LinkClient client = LinkClient.start(Links.settings());
    private final MasterLink link;
    private final AgentCore core;
    private final Effects effects;

    private Agent(AgentConfig config, CheckpointStore store, boolean simulated)
            throws IOException, InterruptedException {
        this.store = store;
        Consumer<AgentEvent> events = this::tell;
        var door = new AgentDoor(this::ask);
        this.http = HttpServer.start(ServerSettings.at(config.bind()), door);
        var advertised = advertised(config, http.address().getPort());
        this.containers = Containers.open(
                new ContainerSettings(
                        config.workDir(),
                        config.runtimeDir(),
                        config.cgroupsRoot(),
                        config.switchUser(),
                        config.stdioBytesMax(),
                        config.garbage().delay(),
                        new ContainerSettings.Doors(
                                advertised.getAddress().getHostAddress() + ":" + advertised.getPort(),
                                config.executors().socket(),
                                config.executors().recovery(),
                                config.tokens()),
                        config.taskEnvironment()),
                events);
        this.fetcher = Fetcher.open(config.fetching());
        var executors = new ExecutorDoor(events, config.asksForTokens() ? config.tokens() : null);
        var settings = new AgentSettings(
                info(config, advertised),
                config.shutdownGrace(),
                config.cleanup(),
                config.executors().registration(),
                config.executors().reregistration(),
                config.boundsMemory(),
                config.disk(),
                config.lending());
        this.core = new AgentCore(
                settings, new CommandReader(advertised.getAddress().getHostAddress()));
        this.link = Links.to(
                new KnownMasters(
                        config.masters(), config.mastersFile(), config.workDir().resolve(KnownMasters.CHECKPOINT)),
                client,
                config.greeting(),
                threads.dialing(),
                events);
        this.effects = new Effects(
                threads.core(),
                events,
                new Checkpoints(store, threads.disk(), events),
                new Effects.Outside(containers, fetcher, net, executors, simulated ? new SimulatedTasks(events) : null),
                link,
                (code, why) -> end.complete(new End(code, why)));
        door.open(
                facts(config, settings.info(), advertised),
                new MastersDoor(masters(), config.greeting()),
                executors,
                config.access());
        var socket = config.executors().socket();
        if (socket != null) {
            var permissions = containers.switchesUsers() ? "rw-rw-rw-" : "rw-------";
            http.alsoAt(new DomainSocket(socket, permissions), door.forExecutors());
        }
    }

    private AgentFacts facts(AgentConfig config, AgentInfo info, InetSocketAddress advertised) {
        var directory = config.logDir();
        return new AgentFacts(
                info,
                config.shown(),
                threads.core().now(),
                Packaged.at(Agent.class),
                "slave(1)@" + advertised.getAddress().getHostAddress() + ":" + advertised.getPort(),
                config.workDir(),
                () -> new AgentReadings(containers.removals(), fetcher.counts()),
                new Verbosity(threads.disk(), level -> ProcessLog.verbose(config.loggingLevel(), level)),
                directory == null ? null : new LogFile("/slave/log", ProcessLog.newest(directory, LOG_NAME)),
                () -> {
                    var master = link.master();
                    return master == null ? "" : master.getHostString();
                },
                containers.uses()::of);
    }

    private MastersDoor.Masters masters() {
        return new MastersDoor.Masters() {
            @Override
            public CompletableFuture<List<String>> known() {
                return link.known();
            }

            @Override
            public CompletableFuture<List<String>> repoint(List<String> masters) {
                return link.repoint(masters);
            }
        };
    }

    /**
     * Starts an agent.
     *
     * @throws CannotStartException with the status that the process should end with
     */
    public static Agent start(AgentConfig config) throws CannotStartException, InterruptedException {
        return start(config, false);
    }

    /**
     * Starts an agent.
     *
     * @param simulated whether tasks are no processes: for benchmarks
     */
    static Agent start(AgentConfig config, boolean simulated) throws CannotStartException, InterruptedException {
        try {
            Files.createDirectories(config.workDir());
            var store = CheckpointStore.open(config.workDir());
            if (store == null) {
                throw new CannotStartException(
                        Halt.Code.DATA_IN_USE,
                        "another agent uses --work_dir=" + config.workDir() + "; stop it, or give this one another",
                        null);
            }
            return start(config, store, simulated);
        } catch (IOException refused) {
            throw new CannotStartException(Halt.Code.STORAGE, String.valueOf(refused.getMessage()), refused);
        }
    }

    private static Agent start(AgentConfig config, CheckpointStore store, boolean simulated)
            throws CannotStartException, IOException, InterruptedException {
        try {
            var recovered = store.load(config.strict());
            var agent = new Agent(config, store, simulated);
            agent.containers.endStrangers(
                    recovered.runs().stream().map(RunRecord::container).collect(Collectors.toSet()));
            agent.threads
                    .core()
                    .run(() -> agent.effects.perform(
                            agent.core.start(agent.threads.core().now(), recovered)));
            if (!config.cleanup()) {
                agent.link.start();
                agent.threads.core().run(() -> agent.collect(config.garbage()));
            }
            return agent;
        } catch (CorruptCheckpointException damaged) {
            store.close();
            throw new CannotStartException(Halt.Code.CORRUPT_DATA, String.valueOf(damaged.getMessage()), damaged);
        } catch (IOException | RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    /** Where the HTTP door listens. */
    public InetSocketAddress address() {
        return http.address();
    }

    /** How processes are kept together here, for people. */
    public String treeKeeping() {
        return containers.treeKeeping();
    }

    /** Done when the agent has reason to end its process. */
    public CompletableFuture<End> end() {
        return end;
    }

    /** Leaves the cluster for good: tells the master, ends all tasks, forgets its id; then {@link #end}. */
    public void leave() {
        tell(new AgentEvent.LeaveAsked());
    }

    /** What the agent is and has now. */
    public CompletableFuture<AgentSnapshot> ask() {
        var answer = new CompletableFuture<AgentSnapshot>();
        threads.core().run(() -> answer.complete(core.snapshot(threads.core().now())));
        return answer;
    }

    /** Ends the agent; tasks go on. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        link.close();
        client.close();
        threads.dialing().close();
        http.close();
        containers.close();
        fetcher.close();
        net.close();
        threads.core().close();
        threads.disk().close();
        try {
            store.close();
        } catch (IOException harmless) {
            System.getLogger(Agent.class.getName()).log(System.Logger.Level.DEBUG, "closing the lock", harmless);
        }
        end.complete(new End(Halt.Code.STOPPED, "closed"));
    }

    /** On the core's thread; now and then again. */
    private void collect(AgentConfig.Garbage garbage) {
        var live = new TreeSet<String>();
        var snapshot = core.snapshot(threads.core().now());
        snapshot.live().forEach(run -> live.add(run.record().container().toString()));
        snapshot.executors().forEach(run -> live.add(run.record().container().toString()));
        containers.collect(live, garbage.headroomMilli());
        threads.core().runAfter(garbage.every(), () -> collect(garbage));
    }

    private void tell(AgentEvent event) {
        threads.core().run(() -> effects.perform(core.on(threads.core().now(), event)));
    }

    private static ThreadQueue queue(String name) {
        return new ThreadQueue(name, fault -> Halt.now(Halt.Code.DEFECT, "a fault on the thread " + name, fault));
    }

    private static InetSocketAddress advertised(AgentConfig config, int bound) {
        int port = config.advertised().getPort();
        return new InetSocketAddress(config.advertised().getAddress(), port == 0 ? bound : port);
    }

    private static AgentInfo info(AgentConfig config, InetSocketAddress advertised) {
        var hostname = config.hostname();
        return new AgentInfo(
                hostname == null ? advertised.getAddress().getCanonicalHostName() : hostname,
                advertised.getPort(),
                MachineResources.of(config.resources(), Machine.look(config.workDir())),
                config.attributes(),
                config.domain(),
                Arrays.stream(AgentCapability.values())
                        .filter(capability -> capability != AgentCapability.UNKNOWN)
                        .toList(),
                VERSION);
    }
}
