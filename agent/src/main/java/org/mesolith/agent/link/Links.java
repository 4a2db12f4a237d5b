package org.mesolith.agent.link;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.base.EventQueue;
import org.mesolith.base.Limits;
import org.mesolith.codec.LinkCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.wire.Headers;
import org.mesolith.wire.LinkClient;
import org.mesolith.wire.LinkSettings;

/** Makes a {@link MasterLink} with the settings that masters have, too. */
public final class Links {
    private Links() {}

    /** Bounds of a link; the same at both ends. */
    public static LinkSettings settings() {
        return new LinkSettings(
                Limits.LINK_FRAME_BYTES_MAX,
                2L * Limits.LINK_FRAME_BYTES_MAX,
                LinkSettings.DEFAULT.peerTimeout(),
                LinkSettings.DEFAULT.closeTimeout());
    }

    /**
     * A link that is not started.
     *
     * @param greeting headers for the request that becomes the link: who the agent is
     * @param queue which dialing may block
     */
    public static MasterLink to(
            KnownMasters masters, LinkClient client, Headers greeting, EventQueue queue, Consumer<AgentEvent> events) {
        var dice = RandomGenerator.getDefault();
        return new MasterLink(
                new MasterLink.Dialing(client, greeting),
                new LinkCodec(CodecLimits.DEFAULT.withBytesMax(Limits.LINK_FRAME_BYTES_MAX)),
                new MasterFinder(masters, dice::nextDouble),
                queue,
                events);
    }
}
