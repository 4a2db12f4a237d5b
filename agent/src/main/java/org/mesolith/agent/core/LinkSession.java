package org.mesolith.agent.core;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Limits;

/** The link that is up: since when, whether the master welcomed us, and when it last spoke. */
final class LinkSession {
    /** No link. */
    static final LinkSession NONE = new LinkSession(0, Instant.EPOCH);

    private final long link;
    private final Instant openedAt;
    private Instant heardAt;
    private Duration beat = Duration.ofSeconds(1);
    private boolean welcomed;
    private int level = LinkMessage.Software.FIRST.level();

    LinkSession(long link, Instant openedAt) {
        this.link = link;
        this.openedAt = openedAt;
        this.heardAt = openedAt;
    }

    long link() {
        return link;
    }

    boolean isUp() {
        return link != 0;
    }

    boolean isWelcomed() {
        return welcomed;
    }

    /** Whether a master listens that knows messages of this level. */
    boolean knows(int messages) {
        return welcomed && level >= messages;
    }

    void heard(Instant now) {
        heardAt = now;
    }

    /** The master took us in; each side speaks this often. */
    void welcome(Turn turn, Duration heartbeat, int mastersLevel) {
        level = mastersLevel;
        boolean first = !welcomed;
        welcomed = true;
        beat = heartbeat.isPositive() ? heartbeat : beat;
        if (first) {
            turn.wakeAfter(beat, new Wake.Beat(link));
        }
    }

    /** A beat is due: speak, or give the master up. */
    void beat(Turn turn) {
        var late = late(turn.now());
        if (late != null) {
            turn.add(new AgentEffect.DropLink(link, late, true));
            return;
        }
        if (welcomed) {
            boolean asked = level >= LinkMessage.Software.CLOCKS;
            turn.add(new AgentEffect.Send(
                    link, new LinkMessage.AgentHeartbeat(asked ? turn.now().toEpochMilli() : 0)));
        }
        turn.wakeAfter(beat, new Wake.Beat(link));
    }

    private @Nullable String late(Instant now) {
        if (!welcomed) {
            boolean over = Duration.between(openedAt, now).compareTo(AgentSettings.WELCOME_MAX) > 0;
            return over ? "the master did not answer the join in " + AgentSettings.WELCOME_MAX : null;
        }
        var three = beat.multipliedBy(3);
        var silenceMax = three.compareTo(Limits.LINK_SILENCE_MAX) > 0 ? three : Limits.LINK_SILENCE_MAX;
        boolean silent = Duration.between(heardAt, now).compareTo(silenceMax) > 0;
        return silent ? "the master was silent for more than " + silenceMax : null;
    }
}
