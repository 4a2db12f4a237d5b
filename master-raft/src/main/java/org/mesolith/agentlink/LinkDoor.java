package org.mesolith.agentlink;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.codec.LinkCodec;
import org.mesolith.codec.body.Decoded;
import org.mesolith.leader.AgentCalls;
import org.mesolith.leader.AgentLinks;
import org.mesolith.leader.Standing;
import org.mesolith.leader.event.LinkId;
import org.mesolith.leader.event.Permits;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.Link;

/** The agents' links: frames in become messages to the leader, messages of the leader become frames. */
public final class LinkDoor implements AgentLinks {
    private static final System.Logger LOG = System.getLogger(LinkDoor.class.getName());

    private final LinkCodec codec;
    private final Acls acls;
    private final Map<LinkId, Link> links = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicLong badFrames = new AtomicLong();

    /** @param acls for whom agents may bring resources reserved */
    public LinkDoor(LinkCodec codec, Acls acls) {
        this.codec = codec;
        this.acls = acls;
    }

    /**
     * The answer to an agent that asks for a link while this master leads.
     *
     * @param principal whose credentials it gave, null when it was not asked
     */
    public HttpAnswer upgrade(AgentCalls leader, @Nullable String principal) {
        return new HttpAnswer.Upgraded(Link.PROTOCOL, link -> opened(leader, link, principal));
    }

    private void opened(AgentCalls leader, Link link, @Nullable String principal) {
        var id = new LinkId(lastId.incrementAndGet());
        links.put(id, link);
        link.onClosed(_ -> {
            // Only an end that the leader did not ask for is news to it.
            if (links.remove(id) != null) {
                leader.lost(id);
            }
        });
        var peer = link.remoteAddress().getAddress().getHostAddress();
        link.onFrame(frame -> heard(leader, id, link, new Peer(peer, principal), frame));
    }

    private record Peer(String address, @Nullable String principal) {}

    private void heard(AgentCalls leader, LinkId id, Link link, Peer peer, byte[] frame) {
        switch (codec.fromAgent(frame)) {
            case Decoded.Ok<LinkMessage.FromAgent>(var message) -> {
                var refusal = message instanceof LinkMessage.Join join ? refusal(join, peer.principal()) : null;
                if (refusal == null) {
                    leader.said(id, peer.address(), message);
                } else {
                    LOG.log(Level.WARNING, "agent at " + peer.address() + " may not join: " + refusal);
                    if (leader.standing() instanceof Standing.Leading(var fence)) {
                        send(id, new LinkMessage.Refuse(fence, refusal, false));
                    }
                    close(id, refusal);
                    leader.lost(id);
                }
            }
            case Decoded.Refused<LinkMessage.FromAgent> refused -> {
                badFrames.incrementAndGet();
                link.close("a frame that cannot be read: " + refused.text());
            }
        }
    }

    /** What an agent brings reserved it reserves with its own name; null when it may. */
    private @Nullable String refusal(LinkMessage.Join join, @Nullable String principal) {
        for (var resource : join.info().resources()) {
            for (var layer : resource.reservations()) {
                if (!acls.allow(Action.RESERVE_RESOURCES, principal, layer.role())) {
                    return Permits.no(principal, Action.RESERVE_RESOURCES, "role '" + layer.role() + "'");
                }
            }
        }
        return null;
    }

    @Override
    public boolean send(LinkId id, LinkMessage.FromMaster message) {
        var link = links.get(id);
        return link != null && link.send(codec.encode(message));
    }

    @Override
    public void close(LinkId id, String why) {
        var link = links.remove(id);
        if (link != null) {
            link.close(why);
        }
    }

    /** Closes every link: this master no longer leads, and agents look for the leader. */
    public void closeAll(String why) {
        links.keySet().forEach(id -> close(id, why));
    }

    /** Links open now. */
    public int open() {
        return links.size();
    }

    /** Frames that could not be read, since the start; each closed its link. */
    public long badFrames() {
        return badFrames.get();
    }
}
