package org.mesolith.leader;

import org.mesolith.api.LinkMessage;
import org.mesolith.leader.event.LinkId;

/** The agents' way to the leader. Any thread; nothing blocks. */
public interface AgentCalls {
    /** Where an agent that asks here should go. */
    Standing standing();

    /**
     * A message of an agent. Once a link was lost nothing more may come from it. When this master does not lead, the
     * link is closed ({@link AgentLinks#close}).
     *
     * @param peer address of the agent as its connection shows it, without port
     */
    void said(LinkId link, String peer, LinkMessage.FromAgent message);

    /** The link has ended. */
    void lost(LinkId link);
}
