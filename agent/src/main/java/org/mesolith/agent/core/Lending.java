package org.mesolith.agent.core;

import org.mesolith.api.LinkMessage;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Lent;
import org.mesolith.model.Resources;

/**
 * What this agent lends on top of what it has: what is in use, and what of the fixed amount is not. Masters hear of it
 * when the agent joins and when it has changed. Mesos: {@code slave.cpp}, forwardOversubscribed.
 */
final class Lending {
    private final RunBook book;
    private final TaskReader reader;
    private final AgentSettings.Lent settings;
    private Resources told = Resources.EMPTY;

    Lending(RunBook book, TaskReader reader, AgentSettings settings) {
        this.book = book;
        this.reader = reader;
        this.settings = settings.lent();
    }

    /** From now on. */
    void begin(Turn turn) {
        if (settings.every().isPositive()) {
            turn.wakeAfter(settings.every(), new Wake.Lending());
        }
    }

    /** What a master is told of the agent, with what it lends at this moment. */
    AgentInfo join(AgentInfo plain) {
        told = total();
        return plain.withResources(plain.resources().plus(told));
    }

    /** A timer. */
    void look(Turn turn, LinkSession session) {
        var now = total();
        if (!now.equals(told) && session.knows(LinkMessage.Software.OVERSUBSCRIPTION)) {
            told = now;
            turn.tell(new LinkMessage.Oversubscribed(now));
        }
        begin(turn);
    }

    /** Everything that is lent. */
    Resources total() {
        return settings.every().isPositive() ? Lent.total(settings.fixed(), inUse()) : Resources.EMPTY;
    }

    private Resources inUse() {
        var sum = Resources.EMPTY;
        for (var run : book.all()) {
            if (!run.isEnded() && !run.latest().isTerminal()) {
                sum = sum.plus(own(run));
            }
        }
        return sum;
    }

    private Resources own(TaskRun run) {
        var known = run.lent;
        if (known == null) {
            known = reader.lent(run.order.taskInfo());
            run.lent = known;
        }
        return known;
    }
}
