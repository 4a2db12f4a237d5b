package org.mesolith.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of real processes below one directory. {@link #close()} ends every process of it, tasks included, and so
 * does the end of this JVM; the directory stays, for whoever wants to read the logs.
 */
public final class ClusterProcess implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofMinutes(3);

    /**
     * What the cluster is made of.
     *
     * @param masters how many, 1 to 9
     * @param agents how many
     * @param masterCommand the command of {@code meso} that runs a master
     * @param masterOptions added to each master's command line
     * @param agentOptions added to each agent's command line
     * @param environment added to each process' environment
     * @param wired whether everybody reaches the masters by {@link Wires}
     */
    public record Settings(
            int masters,
            int agents,
            String masterCommand,
            String agentCommand,
            List<String> masterOptions,
            List<String> agentOptions,
            Map<String, String> environment,
            boolean wired) {

        /** Default settings for so many processes. */
        public static Settings of(int masters, int agents) {
            return new Settings(masters, agents, "master", "agent", List.of(), List.of(), Map.of(), false);
        }

        /** These settings with another command for the masters. */
        public Settings withMasterCommand(String command) {
            return new Settings(
                    masters, agents, command, agentCommand, masterOptions, agentOptions, environment, wired);
        }

        /** These settings with another command for the agents. */
        public Settings withAgentCommand(String command) {
            return new Settings(
                    masters, agents, masterCommand, command, masterOptions, agentOptions, environment, wired);
        }

        /** These settings with other options for the masters. */
        public Settings withMasterOptions(String... options) {
            return new Settings(
                    masters, agents, masterCommand, agentCommand, List.of(options), agentOptions, environment, wired);
        }

        /** These settings with other options for the agents. */
        public Settings withAgentOptions(String... options) {
            return new Settings(
                    masters, agents, masterCommand, agentCommand, masterOptions, List.of(options), environment, wired);
        }

        /** These settings with other variables for all processes. */
        public Settings withEnvironment(Map<String, String> variables) {
            return new Settings(
                    masters, agents, masterCommand, agentCommand, masterOptions, agentOptions, variables, wired);
        }

        /** These settings, with all connections to masters led through {@link ClusterProcess#wires()}. */
        public Settings withWires() {
            return new Settings(
                    masters, agents, masterCommand, agentCommand, masterOptions, agentOptions, environment, true);
        }
    }

    /** What wires call the frameworks that run in this process; one in a process of its own has its own name. */
    public static final String FRAMEWORKS = "frameworks";

    /** What wires call the operators that run in this process. */
    public static final String OPERATORS = "operators";

    private static final int PORT_TRIES_MAX = 20;

    private final Installation installation;
    private final Path directory;
    private final Settings settings;
    private final FreePorts ports = new FreePorts(new SplittableRandom());
    private final List<Member> masters = new CopyOnWriteArrayList<>();
    private final List<Member> agents = new ArrayList<>();
    private final Map<String, OsProcess> users = new ConcurrentHashMap<>();
    private final Map<String, Integer> operatorPorts = new ConcurrentHashMap<>();
    private final Wires wires = new Wires(new SocketOwners(this::names));
    private final Thread hook;
    private int lastMaster;
    private volatile boolean closed;

    /** A cluster that is not started yet. */
    public ClusterProcess(Installation installation, Path directory, Settings settings) {
        this.installation = installation;
        this.directory = directory.toAbsolutePath().normalize();
        this.settings = settings;
        for (lastMaster = 0; lastMaster < settings.masters(); ) {
            masters.add(master("master-" + ++lastMaster));
        }
        for (int number = 1; number <= settings.agents(); number++) {
            agents.add(agent("agent-" + number));
        }
        this.hook = Thread.ofPlatform().name("cluster-cleanup").unstarted(this::endAll);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts all masters, makes them one cluster, starts all agents; returns when a leader serves. */
    public void start() {
        startMasters();
        initialize();
        awaitLeader(START_MAX);
        agents.forEach(Member::start);
    }

    /** Starts the masters; they wait to be made a cluster. */
    public void startMasters() {
        masters.forEach(Member::start);
        for (Member master : masters) {
            // One that lost its port to somebody else is started anew; nobody knows its ports yet.
            if (!master.isAlive() || master.get("/health").status() == 0) {
                restartIfPortWasTaken(master);
            }
        }
    }

    /** Makes the masters one cluster, as an operator does: {@code meso cluster init}. */
    public void initialize() {
        OsProcess init = OsProcess.start(
                "cluster-init",
                installation.command("cluster", "init", "--members", masterAddresses()),
                settings.environment(),
                directory,
                directory.resolve("cluster-init.log"));
        int status = init.awaitEnd(START_MAX);
        if (status != 0) {
            throw new IllegalStateException("`meso cluster init` ended with " + status + ":\n" + init.tail());
        }
    }

    /** A further master, started and waiting: an operator may make it a member. */
    public Member startNewMaster() {
        Member added = master("master-" + ++lastMaster);
        masters.add(added);
        added.startAndAwaitHealth(START_MAX, true);
        return added;
    }

    /** This master is gone for good: it counts no more. Its process has ended. */
    public void forget(Member master) {
        if (master.isAlive()) {
            throw new IllegalStateException(master.name() + " runs; end it before it is forgotten");
        }
        masters.remove(master);
    }

    /**
     * An agent of this cluster, not started yet, that is none of {@link #agents}: whoever asked for it looks after
     * it.
     */
    public Member spareAgent(String name) {
        return agent(name);
    }

    /** The masters, in the order of their names. */
    public List<Member> masters() {
        return List.copyOf(masters);
    }

    /** The agents, in the order of their names. */
    public List<Member> agents() {
        return List.copyOf(agents);
    }

    /** Where connections to its masters can be cut, slowed and broken, if it is wired. */
    public Wires wires() {
        return wires;
    }

    /** The HTTP addresses that the masters announce, in the order of their names. */
    public List<String> announcedAddresses() {
        return masters.stream().map(Member::announcedAddress).toList();
    }

    /** Where operators of this process reach a master: by a wire of their own, if the cluster is wired. */
    public String operatorAddress(Member master) {
        Integer port = operatorPorts.get(master.name());
        return port == null ? master.address() : "127.0.0.1:" + port;
    }

    /** The processes that live, by their ids. */
    private Map<Long, String> names() {
        var names = new LinkedHashMap<Long, String>();
        var all = new ArrayList<>(masters);
        all.addAll(agents);
        all.stream()
                .filter(Member::isAlive)
                .forEach(member -> names.put(member.process().pid(), member.name()));
        names.put(ProcessHandle.current().pid(), FRAMEWORKS);
        users.forEach((name, user) -> {
            if (user.isAlive()) {
                names.put(user.pid(), name);
            }
        });
        return names;
    }

    /** A process that uses the cluster has begun a life: wires know its connections by this name. */
    public void userBegan(String name, OsProcess user) {
        users.put(name, user);
    }

    /** Leads a free port to a master; returns which one. */
    private int led(@Nullable String caller, String name, IntSupplier target) {
        for (int attempt = 1; ; attempt++) {
            int port = ports.next();
            try {
                wires.lead(port, caller, name, target);
                return port;
            } catch (IllegalStateException taken) {
                if (attempt == PORT_TRIES_MAX) {
                    throw taken;
                }
            }
        }
    }

    /** What its processes run. */
    public Installation installation() {
        return installation;
    }

    /** Where everything of this cluster lies. */
    public Path directory() {
        return directory;
    }

    /** The HTTP addresses of all masters, as {@code --masters} wants them. */
    public String masterAddresses() {
        return masters.stream().map(Member::address).collect(Collectors.joining(","));
    }

    /** The master that leads and serves. Waits for one; fails at the deadline with what each master said. */
    public Member awaitLeader(Duration max) {
        return awaitLeaderOtherThan(null, max);
    }

    /** The master that leads and serves and is not {@code former}. */
    public Member awaitLeaderOtherThan(@Nullable Member former, Duration max) {
        var found = new ArrayList<Member>();
        Waiting.until("a leader that serves", max, () -> {
            var said = new ArrayList<String>();
            for (Member master : masters) {
                if (!master.equals(former) && master.isAlive() && master.isServingLeader()) {
                    found.add(master);
                    return "";
                }
                said.add(master.name() + " " + (master.isAlive() ? master.role() : "is dead"));
            }
            return String.join(", ", said);
        });
        return found.getFirst();
    }

    @Override
    public void close() {
        if (!closed) {
            endAll();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    /** Forgets the processes without ending them: they outlive this JVM. */
    public void abandon() {
        closed = true;
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void endAll() {
        closed = true;
        var all = new ArrayList<Member>(agents);
        all.addAll(masters);
        for (Member member : all) {
            if (member.isAlive()) {
                member.process().killNow();
            }
        }
        for (Member member : all) {
            if (member.isAlive()) {
                member.process().kill();
            }
        }
        wires.close();
        Leftovers.killBelow(directory);
    }

    private void restartIfPortWasTaken(Member master) {
        if (!master.isAlive()) {
            master.startAndAwaitHealth(START_MAX, true);
            return;
        }
        try {
            master.awaitHealth(START_MAX);
        } catch (IllegalStateException ended) {
            if (master.isAlive()) {
                throw ended;
            }
            master.startAndAwaitHealth(START_MAX, true);
        }
    }

    private Member master(String name) {
        Path home = directory.resolve(name);
        var announced = new ArrayList<String>(2);
        var master = new Member(
                name,
                home,
                (http, raft) -> {
                    var line = new ArrayList<>(installation.command(
                            settings.masterCommand(),
                            "--work_dir=" + home.resolve("data"),
                            "--ip=127.0.0.1",
                            "--port=" + http,
                            "--raft_port=" + raft));
                    line.addAll(announced);
                    line.addAll(settings.masterOptions());
                    return line;
                },
                settings.environment(),
                ports);
        if (settings.wired()) {
            int http = led(null, name, master::httpPort);
            announced.add("--advertise_port=" + http);
            announced.add("--advertise_raft_port=" + led(null, name, master::raftPort));
            operatorPorts.put(name, led(OPERATORS, name, master::httpPort));
            master.announce(http, wires);
        }
        return master;
    }

    private Member agent(String name) {
        Path home = directory.resolve(name);
        return new Member(
                name,
                home,
                (http, _) -> {
                    var line = new ArrayList<>(installation.command(
                            settings.agentCommand(),
                            "--master=" + String.join(",", announcedAddresses()),
                            "--work_dir=" + home.resolve("data"),
                            "--ip=127.0.0.1",
                            "--port=" + http));
                    line.addAll(settings.agentOptions());
                    return line;
                },
                settings.environment(),
                ports);
    }
}
