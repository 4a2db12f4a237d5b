package org.mesolith.agent.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Limits;

/** One event being handled: what time it is, and the effects so far. */
final class Turn {
    private final Instant now;
    private final List<AgentEffect> effects = new ArrayList<>();
    private final List<LinkMessage.Statuses.Status> statuses = new ArrayList<>();
    private final List<LinkMessage.FromAgent> messages = new ArrayList<>();

    Turn(Instant now) {
        this.now = now;
    }

    Instant now() {
        return now;
    }

    void add(AgentEffect effect) {
        effects.add(effect);
    }

    void wakeAfter(Duration delay, Wake wake) {
        effects.add(new AgentEffect.WakeAfter(delay.isNegative() ? Duration.ZERO : delay, wake));
    }

    void warn(String text) {
        effects.add(new AgentEffect.Warn(text));
    }

    /** An update to send at the end of the turn, together with the others. */
    void report(LinkMessage.Statuses.Status status) {
        statuses.add(status);
    }

    /** Something to say to the master at the end of the turn, behind the updates. */
    void tell(LinkMessage.FromAgent message) {
        messages.add(message);
    }

    /** Everything; updates go out on the link of this number. */
    List<AgentEffect> end(long link) {
        var together = new ArrayList<LinkMessage.Statuses.Status>();
        long bytes = 0;
        long all = 0;
        for (var status : statuses) {
            int data = status.data() == null ? 0 : status.data().length;
            if (all > 0 && all + data > AgentSettings.TURN_BYTES_MAX) {
                continue; // the link could not take it: it is sent when its time to be sent again has come
            }
            boolean full = together.size() == Limits.STATUSES_PER_COMMAND_MAX;
            if (full || (!together.isEmpty() && bytes + data > AgentSettings.FRAME_DATA_MAX)) {
                effects.add(new AgentEffect.Send(link, new LinkMessage.Statuses(together)));
                together.clear();
                bytes = 0;
            }
            together.add(status);
            bytes += data;
            all += data;
        }
        if (!together.isEmpty()) {
            effects.add(new AgentEffect.Send(link, new LinkMessage.Statuses(together)));
        }
        messages.forEach(message -> effects.add(new AgentEffect.Send(link, message)));
        return List.copyOf(effects);
    }
}
