package org.mesolith.leader.agent;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.leader.event.LinkId;
import org.mesolith.model.AgentId;

/** One registered agent in this term. */
final class AgentSession {
    final AgentId id;

    /** Null while it has no link. */
    @Nullable
    LinkId link;

    /** When it spoke last; null while it was not heard in this term: it is recovered. */
    @Nullable
    Instant heard;

    /** Address of its connection, empty before the first. */
    String peer = "";

    /** What it runs. */
    LinkMessage.Software software = LinkMessage.Software.FIRST;

    /** How far its clock is ahead of the leader's, in milliseconds, the way of the message included. */
    long clockAheadMillis;

    /** How often it and we speak, as its welcome said. */
    Duration beat = Duration.ZERO;

    /** When the next heartbeat to it is due. */
    Instant beatDue = Instant.MIN;

    /** Its list of tasks was asked for. */
    boolean listAwaited;

    /** Its tasks' frameworks were told that they are unreachable, and not yet that they are back. */
    boolean wasUnreachable;

    /** A command that marks it unreachable is under way. */
    boolean marking;

    /** When this leader had it emptied, or heard of it again; null while nobody has it emptied. */
    @Nullable
    Instant drainBegun;

    AgentSession(AgentId id) {
        this.id = id;
    }

    /** It told its clock; 0: it did not. */
    void clock(long millis, Instant now) {
        clockAheadMillis = millis == 0 ? 0 : millis - now.toEpochMilli();
    }
}
