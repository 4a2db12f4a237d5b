package org.mesolith.leader;

import org.mesolith.leader.event.Reply;
import org.mesolith.view.LeaderView;

/** What a read is answered from, or why not. */
public sealed interface Viewed {
    /** Holds everything that was acknowledged before the read was asked for. The same object while nothing changes. */
    record Seen(LeaderView view) implements Viewed {}

    /** There is no view. */
    record Refused(Reply reply) implements Viewed {}
}
