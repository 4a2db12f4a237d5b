package org.mesolith.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Redirect;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.scheduler.SchedulerClient;
import org.mesolith.cli.scheduler.SchedulerEvents;
import org.mesolith.cli.scheduler.Tasks;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;
import org.mesolith.process.Waiting;

/** Kills one leader after another and watches from outside when the cluster serves again. */
final class Failover implements SchedulerEvents, AutoCloseable {

    private static final Duration ROUND_MAX = Duration.ofMinutes(1);
    private static final Duration ATTEMPT_MAX = Duration.ofSeconds(2);
    private static final long PAUSE_NANOS = 2_000_000;

    /** Longest wait for processes that have little to do. */
    private static final Duration CALM_MAX = Duration.ofSeconds(20);

    private final ClusterProcess cluster;
    private final int agents;
    private final SchedulerClient framework;
    private final AtomicLong lastOfferNanos = new AtomicLong();
    private final AtomicInteger subscriptions = new AtomicInteger();
    private int rounds;

    /**
     * One measured change of the leader. All from SIGKILL.
     *
     * @param electedBy {@code watchdog} or {@code timeout}
     * @param calm the processes had little to do when it began
     * @param killedAt to find it in the logs
     */
    record Round(
            long writeNanos, long offerNanos, long agentsNanos, String electedBy, boolean calm, Instant killedAt) {}

    Failover(BenchCluster bench, int agents) {
        this.cluster = bench.cluster();
        this.agents = agents;
        this.framework = new SchedulerClient(
                bench.masters(), Tasks.framework("bench", System.getProperty("user.name", "root"), "*", 600), this);
        framework.start();
    }

    Round round() {
        Member leader = cluster.awaitLeader(ROUND_MAX);
        Waiting.until("all agents and an offer", ROUND_MAX, () -> {
            int active = activeAgents(leader);
            return active == agents && lastOfferNanos.get() > 0 ? "" : active + " agents are active";
        });
        rounds++;
        boolean calm = Calm.await(cluster.masters(), CALM_MAX);
        var survivors = new ArrayList<HostPort>();
        cluster.masters().stream()
                .filter(master -> !master.equals(leader))
                .forEach(master -> survivors.add(HostPort.parse(master.address())));
        int subscribedBefore = subscriptions.get();
        Map<String, Long> forced = forcedElections(leader);
        Instant killedAt = Instant.now();
        long killed = System.nanoTime();
        leader.process().killNow();
        CompletableFuture<Long> write = inBackground(() -> firstWrite(survivors, killed));
        // One client at a time asks: each question costs masters that have just begun to lead.
        CompletableFuture<Long> back = write.thenCompose(done -> inBackground(() -> agentsBack(survivors, killed)));
        Waiting.until(
                "the first offer of the new leader",
                ROUND_MAX,
                () -> subscriptions.get() > subscribedBefore && lastOfferNanos.get() - killed > 0
                        ? ""
                        : framework.lastRefusal());
        long offer = lastOfferNanos.get() - killed;
        var measured = new Round(await(write), offer, await(back), electedBy(leader, forced), calm, killedAt);
        bringBack(leader);
        return measured;
    }

    @Override
    public void subscribed(String frameworkId, HostPort leader) {
        lastOfferNanos.set(0);
        subscriptions.incrementAndGet();
    }

    @Override
    public void offers(List<JsonObject> offers) {
        // The first of a subscription counts; they are held, so that the next leader has something to offer at once.
        lastOfferNanos.compareAndSet(0, System.nanoTime());
    }

    @Override
    public void rescinded(String offerId) {
        // Nothing is launched here.
    }

    @Override
    public void update(JsonObject status) {
        framework.acknowledge(status);
    }

    @Override
    public void disconnected(String why) {
        // The client subscribes again by itself; that is what is measured.
    }

    @Override
    public void ended(String message) {
        throw new Failure(ExitCode.FAILED, "the master ended the benchmark's framework: " + message);
    }

    @Override
    public void close() {
        framework.tearDown();
    }

    /** An outside client that knows the masters' addresses and tries until a write is accepted. */
    private long firstWrite(List<HostPort> survivors, long killed) {
        // A role that nobody uses: setting it disturbs no offers.
        byte[] body = Json.bytes(JsonObject.of(
                "type",
                "UPDATE_WEIGHTS",
                "update_weights",
                JsonObject.of("weight_infos", List.of(JsonObject.of("role", "bench-nobody", "weight", 1.0 + rounds)))));
        Deadline deadline = Deadline.after(ROUND_MAX);
        while (!deadline.hasPassed()) {
            for (HostPort master : survivors) {
                if (isAccepted(master, HttpRequest.post("/api/v1", body))) {
                    return System.nanoTime() - killed;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new Failure(
                ExitCode.DEADLINE, "no write was accepted within " + ROUND_MAX.toSeconds() + " s of the kill");
    }

    private static boolean isAccepted(HostPort master, HttpRequest request) {
        Deadline deadline = Deadline.after(ATTEMPT_MAX);
        try (var connection = HttpConnection.open(master, deadline)) {
            HttpReply reply = connection.exchange(request, deadline);
            if (reply.status() == 307) {
                for (HostPort leader : Redirect.target(reply.header("location"))) {
                    try (var second = HttpConnection.open(leader, deadline)) {
                        return second.exchange(request, deadline).status() == 200;
                    }
                }
            }
            return reply.status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private long agentsBack(List<HostPort> survivors, long killed) {
        Deadline deadline = Deadline.after(ROUND_MAX);
        while (!deadline.hasPassed()) {
            for (HostPort master : survivors) {
                if (activeAgents(master) == agents) {
                    return System.nanoTime() - killed;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS * 5);
        }
        throw new Failure(ExitCode.DEADLINE, "not all agents came back within " + ROUND_MAX.toSeconds() + " s");
    }

    /** How many agents this master says are active; 0 if it does not lead. */
    static int activeAgents(Member master) {
        return activeAgents(HostPort.parse(master.address()));
    }

    private static int activeAgents(HostPort master) {
        Deadline deadline = Deadline.after(ATTEMPT_MAX);
        try (var connection = HttpConnection.open(master, deadline)) {
            HttpReply reply = connection.exchange(
                    HttpRequest.post("/api/v1", Json.bytes(JsonObject.of("type", "GET_AGENTS"))), deadline);
            if (reply.status() != 200) {
                return 0;
            }
            return (int) Json.readObject(reply.body()).objects("get_agents.agents").stream()
                    .filter(agent -> agent.isTrue("active"))
                    .count();
        } catch (IOException notYet) {
            return 0;
        }
    }

    /** Elections that each master began because it saw the leader's process die, before this round. */
    private Map<String, Long> forcedElections(Member except) {
        Map<String, Long> counts = new LinkedHashMap<>();
        cluster.masters().stream()
                .filter(master -> !master.equals(except))
                .forEach(master -> counts.put(master.name(), forcedElections(HostPort.parse(master.address()))));
        return counts;
    }

    private static long forcedElections(HostPort master) {
        Deadline deadline = Deadline.after(ATTEMPT_MAX);
        try (var connection = HttpConnection.open(master, deadline)) {
            return Json.readObject(connection
                                            .exchange(HttpRequest.get("/metrics/snapshot"), deadline)
                                            .body())
                                    .fields()
                                    .getOrDefault("raft/forced_elections", 0L)
                            instanceof Number count
                    ? count.longValue()
                    : 0;
        } catch (IOException silent) {
            return 0;
        }
    }

    /** {@code watchdog}: it saw the process die and stood at once; {@code timeout}: the election timeout passed. */
    private String electedBy(Member former, Map<String, Long> before) {
        Member leader = cluster.awaitLeaderOtherThan(former, ROUND_MAX);
        long now = forcedElections(HostPort.parse(leader.address()));
        return now > before.getOrDefault(leader.name(), 0L) ? "watchdog" : "timeout";
    }

    /** Starts the killed master again and waits until it has applied what the others have. */
    private void bringBack(Member master) {
        master.process().awaitEnd(ROUND_MAX);
        master.start();
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
