package org.mesolith.leader;

import org.mesolith.api.LinkMessage;
import org.mesolith.leader.event.LinkId;

/** The agents' links. Called on the leader's queue; must not block. */
public interface AgentLinks {
    /** Sends a message after those sent before. False: no such link, or it is full; the leader then closes it. */
    boolean send(LinkId link, LinkMessage.FromMaster message);

    /** Closes the link once what was sent has left. The door need not report this end. */
    void close(LinkId link, String why);
}
