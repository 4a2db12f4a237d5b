package org.mesolith.leader.framework;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.Effect.WakeAfter;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.FrameworkDown;
import org.mesolith.leader.event.LeaderEvent.FrameworkDue;
import org.mesolith.leader.event.LeaderEvent.StreamClosed;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.model.FrameworkId;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.FrameworkCommand.DisconnectFramework;
import org.mesolith.state.FrameworkCommand.SubscribeFramework;
import org.mesolith.state.FrameworkCommand.TimeOutFramework;
import org.mesolith.state.Outcome;
import org.mesolith.state.row.FrameworkRow;

/**
 * Frameworks without a stream: when that is noted, and when they are removed.
 *
 * <p>A change of leader is not a disconnection: a framework that was connected then has a grace to come back before it
 * counts as gone, and one that was away already keeps its deadline, but not below that grace.
 */
final class FrameworkAbsence {
    private static final Duration WAKE_MAX = Duration.ofDays(1);

    private final Present present;
    private final FrameworkSessions sessions;
    private final Duration grace;

    /** Frameworks with a command of ours on its way. */
    private final SortedSet<FrameworkId> underWay = new TreeSet<>();

    /**
     * @param grace for frameworks after the leader changed
     */
    FrameworkAbsence(Present present, FrameworkSessions sessions, Duration grace) {
        this.present = present;
        this.sessions = sessions;
        this.grace = grace;
    }

    /** A stream has ended; if it was a framework's, that framework is disconnected. */
    List<Effect> closed(StreamClosed closed) {
        var framework = sessions.detach(closed.stream());
        if (framework == null) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        effects.add(new Raise(new FrameworkDown(framework)));
        effects.addAll(look(framework));
        return effects;
    }

    /** Frameworks whose absence was noted: their time runs. */
    List<Effect> applied(Applied applied) {
        if (!(applied.outcome() instanceof Outcome.Accepted accepted)) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        for (var change : accepted.changes()) {
            if (change instanceof Change.FrameworkPut(var row) && row.disconnectedSince() != null) {
                effects.addAll(look(row.id()));
            }
        }
        return effects;
    }

    /** Looks at everybody; also finds what got lost on its way to the log. */
    List<Effect> upkeep() {
        var effects = new ArrayList<Effect>();
        for (var row : present.registry().frameworks()) {
            if (sessions.stream(row.id()) == null) {
                effects.addAll(propose(row));
            } else if (row.disconnectedSince() != null && underWay.add(row.id())) {
                // The end of an old stream was noted after the new one had been subscribed.
                effects.add(Propose.upkeep("framework connected", new SubscribeFramework(row.id(), row.info())));
            }
        }
        return effects;
    }

    /** Time may have run out for this one. */
    List<Effect> due(FrameworkDue due) {
        var row = present.registry().framework(due.framework());
        return row == null || !due.disconnectedSince().equals(row.disconnectedSince()) ? List.of() : look(row.id());
    }

    /** What is due behind a command of ours: a framework without failover timeout ends as soon as it is away. */
    List<Effect> decided(Command command) {
        settled(command);
        if (!(command instanceof DisconnectFramework(var framework, var _))) {
            return List.of();
        }
        var row = present.registry().framework(framework);
        boolean away = row != null && row.disconnectedSince() != null && sessions.stream(framework) == null;
        return row == null || !away ? List.of() : propose(row);
    }

    /** A command of ours was decided, or was not. */
    void settled(Command command) {
        switch (command) {
            case DisconnectFramework(var framework, var _) -> underWay.remove(framework);
            case TimeOutFramework(var framework, var _) -> underWay.remove(framework);
            case SubscribeFramework(var framework, var _) when framework != null -> underWay.remove(framework);
            default -> {}
        }
    }

    static Propose disconnect(FrameworkId framework, Instant since) {
        return Propose.upkeep("framework disconnected", new DisconnectFramework(framework, since));
    }

    private List<Effect> look(FrameworkId framework) {
        var row = present.registry().framework(framework);
        if (row == null || sessions.stream(framework) != null) {
            return List.of();
        }
        var effects = new ArrayList<>(propose(row));
        var since = row.disconnectedSince();
        if (effects.isEmpty() && since != null && !wait(row, since).isZero()) {
            effects.add(new WakeAfter(wait(row, since), new FrameworkDue(framework, since)));
        }
        return effects;
    }

    /** What is due now, if anything. */
    private List<Effect> propose(FrameworkRow row) {
        var command = command(row);
        return command != null && underWay.add(row.id())
                ? List.of(Propose.upkeep("framework absent", command))
                : List.of();
    }

    private @Nullable Command command(FrameworkRow row) {
        var since = row.disconnectedSince();
        if (since == null) {
            boolean waited = elapsed(present.began()).compareTo(grace) >= 0;
            return waited || sessions.seen(row.id()) ? new DisconnectFramework(row.id(), present.now()) : null;
        }
        return wait(row, since).isZero() ? new TimeOutFramework(row.id(), since) : null;
    }

    /** How much longer the framework may stay away; at most a day is told at once. */
    private Duration wait(FrameworkRow row, Instant since) {
        var left = row.info().failoverTimeout().minus(elapsed(since));
        if (since.isBefore(present.began())) {
            var graceLeft = grace.minus(elapsed(present.began()));
            left = left.compareTo(graceLeft) > 0 ? left : graceLeft;
        }
        var some = left.compareTo(WAKE_MAX) > 0 ? WAKE_MAX : left;
        return some.isNegative() ? Duration.ZERO : some;
    }

    private Duration elapsed(Instant since) {
        return Duration.between(since, present.now());
    }
}
