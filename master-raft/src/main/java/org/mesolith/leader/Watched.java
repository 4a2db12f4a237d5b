package org.mesolith.leader;

import java.time.Duration;
import org.mesolith.leader.event.Reply;
import org.mesolith.view.LeaderView;

/** What an operator who wants to be told what happens is shown first, or why there is nothing. */
public sealed interface Watched {
    /**
     * What is. Everything that happens after it is told on the stream, and nothing that is in it.
     *
     * @param heartbeat time between heartbeats on the stream
     */
    record Begun(LeaderView view, Duration heartbeat) implements Watched {}

    /** There is no stream. */
    record Refused(Reply reply) implements Watched {}
}
