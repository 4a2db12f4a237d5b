package org.mesolith.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.scheduler.SchedulerClient;
import org.mesolith.cli.scheduler.SchedulerEvents;
import org.mesolith.cli.scheduler.Tasks;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;
import org.mesolith.process.Trick;
import org.mesolith.process.Waiting;
import org.mesolith.process.Wires;

/** Takes one leader after another away and watches from outside when the cluster serves again. */
final class Failover implements SchedulerEvents, AutoCloseable {

    private static final Duration ROUND_MAX = Duration.ofMinutes(1);
    private static final String FORCED = "raft/forced_elections";
    private static final long PAUSE_NANOS = 2_000_000;

    /** Longest wait for processes that have little to do. */
    private static final Duration CALM_MAX = Duration.ofSeconds(20);

    /** How the leader is taken away. */
    enum Way {
        /** SIGKILL; it is started again afterwards. */
        KILL,
        /** SIGSTOP; SIGCONT afterwards. */
        PAUSE,
        /** Nothing goes to it or comes from it any more, in no connection; all of it arrives afterwards. */
        PARTITION
    }

    private static final JsonObject COMMAND = JsonObject.of("shell", false, "value", "/bin/true");
    private static final List<JsonObject> RESOURCES = List.of(Tasks.scalar("cpus", 0.01), Tasks.scalar("mem", 1));

    /** For how long a framework of a loaded cluster does not want what it has no use for. */
    static final double REFUSE_SECONDS = 1;

    private final ClusterProcess cluster;
    private final int agents;
    private final Way way;
    private final @Nullable FailoverLoad load;
    private final boolean loaded;
    private final SchedulerClient framework;
    /** When the next subscription that begins has its first offer, by {@link System#nanoTime()}. */
    private volatile CompletableFuture<Long> nextSubscription = new CompletableFuture<>();

    /** The same of the present one; only the client's thread. */
    private CompletableFuture<Long> firstOffer = nextSubscription;

    private volatile boolean hasOffer;

    /** What is of no use does not hold up a launch. */
    private final SchedulerClient.Caller declining;

    private final BlockingQueue<JsonObject> offers = new LinkedBlockingQueue<>();
    private final Map<String, Long> runningAt = new ConcurrentHashMap<>();
    private volatile boolean over;
    private int rounds;
    private Wires.@Nullable Play cut;

    /**
     * One measured change of the leader. All from the signal on.
     *
     * @param launchNanos until an ACCEPT that launches a task was answered with 202
     * @param runningNanos until TASK_RUNNING of that task came
     * @param electedBy {@code watchdog} or {@code timeout}
     * @param calm the processes had little to do when it began; with a load nobody waits for that
     * @param began to find it in the logs
     */
    record Round(
            long writeNanos,
            long offerNanos,
            long launchNanos,
            long runningNanos,
            long agentsNanos,
            String electedBy,
            boolean calm,
            Instant began) {}

    /** When a task was taken, and when it ran. */
    private record Launch(long accepted, long running) {}

    /**
     * Of a cluster that is up.
     *
     * @param load what uses it meanwhile: then no round waits for calm
     */
    Failover(BenchCluster bench, int agents, Way way, @Nullable FailoverLoad load) {
        this.cluster = bench.cluster();
        this.agents = agents;
        this.way = way;
        this.load = load;
        this.loaded = load != null;
        this.framework = new SchedulerClient(
                bench.masters(), Tasks.framework("bench", System.getProperty("user.name", "root"), "*", 600), this);
        this.declining = framework.newCaller();
        framework.start();
    }

    Round round() {
        Member leader = cluster.awaitLeader(ROUND_MAX);
        Waiting.until("all agents and an offer", ROUND_MAX, () -> {
            int active = MasterCalls.activeAgents(leader);
            return active == agents && hasOffer ? "" : active + " agents are active";
        });
        rounds++;
        boolean calm = !loaded && Calm.await(cluster.masters(), CALM_MAX);
        var survivors = new ArrayList<HostPort>();
        cluster.masters().stream()
                .filter(master -> !master.equals(leader))
                .forEach(master -> survivors.add(HostPort.parse(master.address())));
        var offered = new CompletableFuture<Long>();
        nextSubscription = offered;
        Map<String, Double> forced = forcedElections(leader);
        Instant at = Instant.now();
        long began = System.nanoTime();
        takeAway(leader);
        CompletableFuture<Long> write = inBackground(() -> firstWrite(survivors, began));
        // One client at a time asks: each question costs masters that have just begun to lead.
        CompletableFuture<Long> back = write.thenCompose(done -> inBackground(() -> agentsBack(survivors, began)));
        if (way != Way.KILL) {
            // Its connection looks alive. Who leads now is what the outside client has found out.
            var _ = write.thenRun(this::leaveFormerLeader);
        }
        long offer = await(offered) - began;
        Launch launch = launch();
        var measured = new Round(
                await(write),
                offer,
                launch.accepted() - began,
                launch.running() - began,
                await(back),
                electedBy(leader, forced),
                calm,
                at);
        bringBack(leader);
        return measured;
    }

    private void leaveFormerLeader() {
        framework.reconnect();
        if (load != null) {
            load.reconnect();
        }
    }

    private void takeAway(Member leader) {
        switch (way) {
            case KILL -> leader.process().killNow();
            case PAUSE -> leader.process().pause();
            case PARTITION ->
                cut = cluster.wires().play(org.mesolith.process.Way.between(leader.name(), others(leader)), Trick.CUT);
        }
    }

    /** Everybody who talks to this master. */
    private List<String> others(Member master) {
        var names = new ArrayList<>(List.of(ClusterProcess.FRAMEWORKS, ClusterProcess.OPERATORS));
        Stream.concat(cluster.masters().stream(), cluster.agents().stream())
                .filter(member -> !member.equals(master))
                .forEach(member -> names.add(member.name()));
        return names;
    }

    /** One task on the first offer that still holds. */
    private Launch launch() {
        Deadline deadline = Deadline.after(ROUND_MAX);
        for (int attempt = 1; !deadline.hasPassed(); attempt++) {
            JsonObject offer = nextOffer();
            String id = "failover-" + rounds + "-" + attempt;
            var task = Tasks.task(id, id, offer.object("agent_id"), RESOURCES, COMMAND);
            if (framework.call(Tasks.accept(List.of(offer), List.of(task), 0)) != SchedulerClient.CallResult.ACCEPTED) {
                continue;
            }
            long accepted = System.nanoTime();
            Waiting.until("TASK_RUNNING of " + id, ROUND_MAX, () -> runningAt.containsKey(id) ? "" : "it was not told");
            return new Launch(accepted, Check.present(runningAt.remove(id), "the moment at which it ran"));
        }
        throw new Failure(ExitCode.DEADLINE, "no launch was accepted within " + ROUND_MAX.toSeconds() + " s");
    }

    private JsonObject nextOffer() {
        try {
            var offer = offers.poll(ROUND_MAX.toSeconds(), TimeUnit.SECONDS);
            if (offer == null) {
                throw new Failure(ExitCode.DEADLINE, "no offer came within " + ROUND_MAX.toSeconds() + " s");
            }
            return offer;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted", interrupted);
        }
    }

    @Override
    public void subscribed(String frameworkId, HostPort leader) {
        hasOffer = false;
        offers.clear();
        firstOffer = nextSubscription;
    }

    @Override
    public void offers(List<JsonObject> fresh) {
        // The first of a subscription counts; they are held, so that the next leader has something to offer at once.
        // With a load one is, and the others go to the load.
        long now = System.nanoTime();
        hasOffer = true;
        var surplus = new ArrayList<JsonObject>();
        for (var offer : fresh) {
            if (!loaded || offers.isEmpty()) {
                offers.add(offer);
            } else {
                surplus.add(offer);
            }
        }
        firstOffer.complete(now);
        if (!surplus.isEmpty()) {
            var _ = declining.call(Tasks.decline(surplus, REFUSE_SECONDS));
        }
    }

    @Override
    public void rescinded(String offerId) {
        offers.removeIf(offer -> offer.text("id.value").equals(offerId));
    }

    @Override
    public void update(JsonObject status) {
        if (status.text("state").equals("TASK_RUNNING")) {
            runningAt.putIfAbsent(status.text("task_id.value"), System.nanoTime());
        }
        framework.acknowledge(status);
    }

    @Override
    public void disconnected(String why) {
        // The client subscribes again by itself; that is what is measured.
    }

    @Override
    public void ended(String message) {
        if (over) {
            return;
        }
        throw new Failure(ExitCode.FAILED, "the master ended the benchmark's framework: " + message);
    }

    @Override
    public void close() {
        over = true;
        framework.tearDown();
    }

    /** An outside client that knows the masters' addresses and tries until a write is accepted. */
    private long firstWrite(List<HostPort> survivors, long began) {
        var write = MasterCalls.weight("bench-nobody", 1.0 + rounds);
        Deadline deadline = Deadline.after(ROUND_MAX);
        while (!deadline.hasPassed()) {
            for (HostPort master : survivors) {
                if (MasterCalls.isAccepted(master, write)) {
                    return System.nanoTime() - began;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new Failure(
                ExitCode.DEADLINE, "no write was accepted within " + ROUND_MAX.toSeconds() + " s of the signal");
    }

    private long agentsBack(List<HostPort> survivors, long began) {
        Deadline deadline = Deadline.after(ROUND_MAX);
        while (!deadline.hasPassed()) {
            for (HostPort master : survivors) {
                if (MasterCalls.activeAgents(master) == agents) {
                    return System.nanoTime() - began;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS * 5);
        }
        throw new Failure(ExitCode.DEADLINE, "not all agents came back within " + ROUND_MAX.toSeconds() + " s");
    }

    /** Elections that each master began because it saw the leader's process die, before this round. */
    private Map<String, Double> forcedElections(Member except) {
        Map<String, Double> counts = new LinkedHashMap<>();
        cluster.masters().stream()
                .filter(master -> !master.equals(except))
                .forEach(master -> counts.put(master.name(), MasterCalls.metric(master, FORCED)));
        return counts;
    }

    /** {@code watchdog}: it saw the process die and stood at once; {@code timeout}: the election timeout passed. */
    private String electedBy(Member former, Map<String, Double> before) {
        Member leader = cluster.awaitLeaderOtherThan(former, ROUND_MAX);
        double now = MasterCalls.metric(leader, FORCED);
        return now > before.getOrDefault(leader.name(), 0.0) ? "watchdog" : "timeout";
    }

    /** Lets the master work again and waits until it has applied what the others have. */
    private void bringBack(Member master) {
        switch (way) {
            case KILL -> {
                master.process().awaitEnd(ROUND_MAX);
                master.start();
            }
            case PAUSE -> master.process().resume();
            case PARTITION -> Check.present(cut, "the cut").close();
        }
        master.awaitHealth(ROUND_MAX);
        Member leader = cluster.awaitLeader(ROUND_MAX);
        CatchUp.await(List.of(master), CatchUp.applied(leader), ROUND_MAX);
    }

    private static CompletableFuture<Long> inBackground(LongSupplier work) {
        var result = new CompletableFuture<Long>();
        Thread.ofPlatform().daemon(true).start(() -> {
            try {
                result.complete(work.getAsLong());
            } catch (Failure failed) {
                result.completeExceptionally(failed);
            }
        });
        return result;
    }

    private static long await(CompletableFuture<Long> future) {
        try {
            return future.get(ROUND_MAX.toSeconds() + 5, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Failure failure
                    ? failure
                    : new IllegalStateException("a measurement broke", failed);
        } catch (TimeoutException late) {
            throw new Failure(ExitCode.DEADLINE, "a measurement did not end", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted", interrupted);
        }
    }
}
