package org.mesolith.agent.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.EventQueue;
import org.mesolith.codec.LinkCodec;
import org.mesolith.codec.body.Decoded;
import org.mesolith.wire.Headers;
import org.mesolith.wire.Link;
import org.mesolith.wire.LinkClient;
import org.mesolith.wire.LinkDial;

/**
 * Keeps one link to the leader, for ever: dials, hands frames over as events, dials again. What is said on the link is
 * the core's business.
 *
 * <p>{@link #send} and {@link #drop} may be called from any thread; dialing blocks the queue given at birth.
 */
public final class MasterLink implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MasterLink.class.getName());

    /** For a connection and the answer to the upgrade: a machine that is down must not hold us up. */
    private static final Duration DIAL_MAX = Duration.ofSeconds(2);

    /** After a master let us in and then told us to come back later. */
    private static final Duration LATER = Duration.ofSeconds(1);

    /** How a master is asked for a link. */
    record Dialing(LinkClient client, Headers greeting) {}

    private record Open(long id, Link link, InetSocketAddress master) {}

    private final Dialing dialing;
    private final LinkCodec codec;
    private final MasterFinder finder;
    private final EventQueue queue;
    private final Consumer<AgentEvent> events;
    private volatile @Nullable Open open;
    private volatile boolean closed;
    private volatile boolean patient;

    /** The link that was given up because its master does not lead, or is silent. */
    private volatile long givenUp;

    private long lastId;

    /** A link whose master an operator has replaced: it names no masters any more. */
    private long deserted;

    MasterLink(Dialing dialing, LinkCodec codec, MasterFinder finder, EventQueue queue, Consumer<AgentEvent> events) {
        this.dialing = dialing;
        this.codec = codec;
        this.finder = finder;
        this.queue = queue;
        this.events = events;
    }

    /** Begins to look for the leader. */
    public void start() {
        queue.run(this::dial);
    }

    /** The address of the master at the other end, null when there is none. */
    public @Nullable InetSocketAddress master() {
        var now = open;
        return now == null ? null : now.master();
    }

    /**
     * {@link AgentEffect.Send}. A link that is full or gone is closed: the core hears of it, and repeats on the next.
     */
    public void send(AgentEffect.Send effect) {
        var now = open;
        if (now == null || now.id() != effect.link()) {
            return;
        }
        if (!now.link().send(codec.encode(effect.message()))) {
            now.link().close("the master does not read what the agent sends");
        }
    }

    /** {@link AgentEffect.DropLink}. */
    public void drop(AgentEffect.DropLink effect) {
        var now = open;
        if (now != null && now.id() == effect.link()) {
            patient = !effect.soon();
            givenUp = effect.soon() ? now.id() : givenUp;
            now.link().close(effect.why());
        }
    }

    /** A message was acted upon: waits between tries start anew. */
    private void heard(long id, LinkMessage.FromMaster message) {
        if (message instanceof LinkMessage.Welcome welcome) {
            queue.run(finder::welcomed);
            queue.run(() -> learn(id, welcome.masters()));
        } else if (message instanceof LinkMessage.MasterHeartbeat(var _, var masters)) {
            queue.run(() -> learn(id, masters));
        }
        events.accept(new AgentEvent.MasterSaid(id, message));
    }

    private void learn(long id, List<String> masters) {
        if (id != deserted) {
            finder.learn(masters);
        }
    }

    /** The masters that are tried, in order. */
    public CompletableFuture<List<String>> known() {
        var answer = new CompletableFuture<List<String>>();
        queue.run(() -> answer.complete(finder.all()));
        return answer;
    }

    /**
     * Goes over to other masters: only these are tried from now on, and a link to another one ends. Done when it is on
     * disk; {@link IOException} when the disk refuses.
     */
    public CompletableFuture<List<String>> repoint(List<String> masters) {
        var answer = new CompletableFuture<List<String>>();
        queue.run(() -> {
            try {
                var wanted = KnownMasters.parse(String.join(",", masters));
                finder.repoint(masters);
                var now = open;
                if (now != null && !wanted.contains(now.master())) {
                    deserted = now.id();
                    now.link().close("an operator has named other masters");
                }
                answer.complete(finder.all());
            } catch (IOException | IllegalArgumentException failed) {
                answer.completeExceptionally(failed);
            }
        });
        return answer;
    }

    @Override
    public void close() {
        closed = true;
        var now = open;
        if (now != null) {
            now.link().close("the agent stops");
        }
    }

    private void dial() {
        if (closed || open != null) {
            return;
        }
        var master = finder.next();
        try {
            var fresh = new InetSocketAddress(master.getHostString(), master.getPort());
            switch (dialing.client().connect(fresh, LinkMessage.PATH, dialing.greeting(), DIAL_MAX)) {
                case LinkDial.Connected(var link) -> connected(master, link);
                case LinkDial.Refused refused -> refused(master, refused);
                case LinkDial.Failed(var reason) -> failed(master, reason);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void connected(InetSocketAddress master, Link link) {
        long id = ++lastId;
        LOG.log(System.Logger.Level.INFO, "link " + id + " to " + master + " is open");
        patient = false;
        open = new Open(id, link, master);
        // Before any frame of it: events keep their order.
        events.accept(new AgentEvent.LinkUp(id));
        link.onClosed(why -> queue.run(() -> ended(id, master, why)));
        link.onFrame(frame -> {
            switch (codec.fromMaster(frame)) {
                case Decoded.Ok<LinkMessage.FromMaster>(var message) -> heard(id, message);
                case Decoded.Refused<LinkMessage.FromMaster>(var why) ->
                    link.close("the master sent what this agent cannot read: " + String.join("; ", why));
            }
        });
    }

    private void ended(long id, InetSocketAddress master, String why) {
        LOG.log(System.Logger.Level.INFO, "link " + id + " to " + master + " ended: " + why);
        open = null;
        events.accept(new AgentEvent.LinkDown(id));
        finder.failed();
        if (id == givenUp) {
            finder.passOver(master);
        }
        queue.runAfter(patient ? finder.jittered(LATER) : finder.pause(), this::dial);
    }

    private void refused(InetSocketAddress master, LinkDial.Refused answer) {
        var leader = answer.status() == 307
                ? leader(answer.headers().first("Location").orElse(""))
                : null;
        if (leader != null && finder.redirected(leader)) {
            queue.run(this::dial);
        } else {
            if (answer.status() == 401 || answer.status() == 403) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        master + " does not let this agent in (" + answer.status() + "): "
                                + answer.body().utf8().strip() + "; see --credential, and the masters' --credentials"
                                + " and --acls. The agent goes on asking");
            }
            failed(
                    master,
                    "it answers " + answer.status() + " " + answer.body().utf8().strip());
        }
    }

    private void failed(InetSocketAddress master, String why) {
        LOG.log(System.Logger.Level.DEBUG, "no link to " + master + ": " + why);
        finder.failed();
        queue.runAfter(finder.pause(), this::dial);
    }

    /** The address in {@code //host:port/path}, with or without a scheme; null when there is none. */
    static @Nullable InetSocketAddress leader(String location) {
        try {
            var uri = new URI(location);
            return uri.getHost() == null || uri.getPort() < 0
                    ? null
                    : InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort());
        } catch (URISyntaxException unreadable) {
            return null;
        }
    }
}
