package org.mesolith.agent.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.ProbeResult;
import org.mesolith.api.CheckStatus;
import org.mesolith.api.TaskProbe;
import org.mesolith.model.Uuid;

/**
 * Carries out {@link AgentEffect.Probe}s over the network, each on a virtual thread of its own. Any thread.
 *
 * <p>A task has no network of its own: it is looked for on loopback.
 */
public final class NetProbes implements AutoCloseable {
    /** Looks that are under way at a time; the next ones wait, and their time does not run yet. */
    public static final int AT_A_TIME_MAX = 64;

    private static final String IPV4 = "127.0.0.1";
    private static final String IPV6 = "::1";

    private final Semaphore places = new Semaphore(AT_A_TIME_MAX, true);
    private final Map<Uuid, Set<Look>> looks = new ConcurrentHashMap<>();
    private final Consumer<AgentEvent> events;

    /**
     * @param events told what was seen, on any thread
     */
    public NetProbes(Consumer<AgentEvent> events) {
        this.events = events;
    }

    /** {@link AgentEffect.Probe} of a target that is no command. */
    public void probe(AgentEffect.Probe order) {
        var look = new Look(order.probe().timeout());
        looks.compute(order.container(), (_, all) -> {
            var set = all == null ? ConcurrentHashMap.<Look>newKeySet() : all;
            set.add(look);
            return set;
        });
        Thread.ofVirtual().name("probe " + order.run()).start(() -> {
            ProbeResult result;
            try {
                places.acquire();
                try {
                    look.begin();
                    result = seen(order.probe().target(), look);
                } finally {
                    places.release();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                end(order.container(), look);
            }
            events.accept(new AgentEvent.Probed(order.run(), order.kind(), order.round(), result));
        });
    }

    private void end(Uuid container, Look look) {
        looks.computeIfPresent(container, (_, all) -> {
            all.remove(look);
            return all.isEmpty() ? null : all;
        });
        look.close();
    }

    /** The task is over: what still looks at it stops. */
    public void forget(Uuid container) {
        var all = looks.get(container);
        if (all != null) {
            all.forEach(Look::close);
        }
    }

    @Override
    public void close() {
        looks.keySet().forEach(this::forget);
    }

    private static ProbeResult seen(TaskProbe.Target target, Look look) {
        return switch (target) {
            case TaskProbe.Http http -> http(http, look);
            case TaskProbe.Tcp(boolean ipv6, int port) -> tcp(new InetSocketAddress(loopback(ipv6), port), look);
            case TaskProbe.Command _ -> throw new IllegalArgumentException("a command is no network probe");
        };
    }

    private static ProbeResult http(TaskProbe.Http target, Look look) {
        try {
            return new ProbeResult.Seen(new CheckStatus.Http(HttpLook.status(target, look)));
        } catch (SocketTimeoutException slow) {
            return late(look);
        } catch (IOException failed) {
            return new ProbeResult.Nothing("no answer from port " + target.port() + ": " + words(failed));
        }
    }

    private static ProbeResult tcp(InetSocketAddress address, Look look) {
        try {
            var _ = look.connect(address);
            return new ProbeResult.Seen(new CheckStatus.Tcp(true));
        } catch (SocketTimeoutException slow) {
            return late(look);
        } catch (IOException refused) {
            return new ProbeResult.Seen(new CheckStatus.Tcp(false));
        }
    }

    private static ProbeResult late(Look look) {
        return new ProbeResult.Nothing("no answer in " + seconds(look.timeout()));
    }

    private static String seconds(@Nullable Duration timeout) {
        return timeout == null ? "any time" : timeout.toMillis() / 1e3 + " s";
    }

    private static String words(IOException failed) {
        var text = failed.getMessage();
        return text == null ? failed.getClass().getSimpleName() : text;
    }

    /** The machine itself, without asking anybody. */
    static InetAddress loopback(boolean ipv6) {
        try {
            return InetAddress.getByName(ipv6 ? IPV6 : IPV4);
        } catch (UnknownHostException literal) {
            throw new IllegalStateException(literal);
        }
    }
}
