package org.mesolith.agentlink;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.mesolith.api.LinkMessage;
import org.mesolith.codec.LinkCodec;
import org.mesolith.codec.body.Decoded;
import org.mesolith.leader.AgentCalls;
import org.mesolith.leader.AgentLinks;
import org.mesolith.leader.event.LinkId;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.Link;

/** The agents' links: frames in become messages to the leader, messages of the leader become frames. */
public final class LinkDoor implements AgentLinks {
    private final LinkCodec codec;
    private final Map<LinkId, Link> links = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicLong badFrames = new AtomicLong();

    public LinkDoor(LinkCodec codec) {
        this.codec = codec;
    }

    /** The answer to an agent that asks for a link while this master leads. */
    public HttpAnswer upgrade(AgentCalls leader) {
        return new HttpAnswer.Upgraded(Link.PROTOCOL, link -> opened(leader, link));
    }

    private void opened(AgentCalls leader, Link link) {
        var id = new LinkId(lastId.incrementAndGet());
        links.put(id, link);
        link.onClosed(_ -> {
            // Only an end that the leader did not ask for is news to it.
            if (links.remove(id) != null) {
                leader.lost(id);
            }
        });
        var peer = link.remoteAddress().getAddress().getHostAddress();
        link.onFrame(frame -> heard(leader, id, link, peer, frame));
    }

    private void heard(AgentCalls leader, LinkId id, Link link, String peer, byte[] frame) {
        switch (codec.fromAgent(frame)) {
            case Decoded.Ok<LinkMessage.FromAgent>(var message) -> leader.said(id, peer, message);
            case Decoded.Refused<LinkMessage.FromAgent> refused -> {
                badFrames.incrementAndGet();
                link.close("a frame that cannot be read: " + refused.text());
            }
        }
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
