package org.mesolith.leader.framework;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.MasterInfo;
import org.mesolith.api.SchedulerCall;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.Decided;
import org.mesolith.leader.event.LeaderEvent.FrameworkAsked;
import org.mesolith.leader.event.LeaderEvent.FrameworkDue;
import org.mesolith.leader.event.LeaderEvent.SchedulerAsked;
import org.mesolith.leader.event.LeaderEvent.StreamBeatDue;
import org.mesolith.leader.event.LeaderEvent.StreamClosed;
import org.mesolith.leader.event.LeaderEvent.Subscribing;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.leader.event.LeaderEvent.TellAll;
import org.mesolith.leader.event.LeaderEvent.Undecided;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.Acls;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.StreamId;

/** All about frameworks: routes to the handlers of this package. */
public final class Frameworks {
    private final FrameworkSessions sessions;
    private final Subscriptions subscriptions;
    private final FrameworkChecks checks;
    private final FrameworkAbsence absence;

    /**
     * @param heartbeat between heartbeats on a stream
     * @param grace for frameworks after the leader changed
     * @param roles the only ones besides "*"; null for any
     * @param root whether frameworks may run as user root
     * @param constraints what is wrong with the expressions in offer constraints, or null
     * @param acls who may have which role
     */
    public record Settings(
            MasterInfo self,
            Duration heartbeat,
            Duration grace,
            @Nullable List<String> roles,
            boolean root,
            Function<OfferConstraints, @Nullable String> constraints,
            Acls acls) {}

    public Frameworks(Present present, Settings settings, Tally tally) {
        var rules = new FrameworkRules(
                present,
                new FrameworkRules.Allowed(settings.roles(), settings.root(), settings.constraints(), settings.acls()));
        this.sessions = new FrameworkSessions(present, settings.heartbeat(), tally);
        this.subscriptions = new Subscriptions(present, sessions, rules, settings.self(), tally);
        this.checks = new FrameworkChecks(present, sessions, rules, tally);
        this.absence = new FrameworkAbsence(present, sessions, settings.grace());
    }

    public List<Effect> subscribing(Subscribing call) {
        return subscriptions.subscribing(call);
    }

    public List<Effect> asked(SchedulerAsked asked) {
        return checks.asked(asked);
    }

    public List<Effect> closed(StreamClosed closed) {
        subscriptions.closed(closed);
        return absence.closed(closed);
    }

    public List<Effect> tearDown(FrameworkAsked asked) {
        return checks.tearDown(asked);
    }

    public List<Effect> update(FrameworkAsked asked, SchedulerCall.UpdateFramework update) {
        return checks.update(asked, update);
    }

    public List<Effect> tell(Tell tell) {
        return sessions.tell(tell);
    }

    public List<Effect> tellAll(TellAll tell) {
        return sessions.tellAll(tell.event());
    }

    public List<Effect> beat(StreamBeatDue due) {
        return sessions.beat(due);
    }

    public List<Effect> due(FrameworkDue due) {
        return absence.due(due);
    }

    public List<Effect> upkeep() {
        return absence.upkeep();
    }

    public List<Effect> applied(Applied applied) {
        var effects = new ArrayList<>(sessions.applied(applied));
        effects.addAll(absence.applied(applied));
        return effects;
    }

    public List<Effect> decided(Decided decided) {
        var effects = new ArrayList<>(absence.decided(decided.proposal().command()));
        effects.addAll(
                switch (decided.proposal().purpose()) {
                    case Propose.ForStream(var stream) -> subscriptions.decided(decided, stream);
                    case Propose.ForCall(var request) -> checks.decided(decided, request);
                    case Propose.ForLink _, Propose.ForAgent _, Propose.ForUpkeep _ -> List.<Effect>of();
                });
        return effects;
    }

    public List<Effect> undecided(Undecided undecided) {
        absence.settled(undecided.proposal().command());
        return switch (undecided.proposal().purpose()) {
            case Propose.ForStream(var stream) -> subscriptions.undecided(stream);
            case Propose.ForCall(var request) -> checks.undecided(undecided, request);
            case Propose.ForLink _, Propose.ForAgent _, Propose.ForUpkeep _ -> List.of();
        };
    }

    /** Every stream, also those that wait for their first event. */
    public List<StreamId> streams() {
        var streams = new ArrayList<>(sessions.streams());
        streams.addAll(subscriptions.opening());
        return streams;
    }

    /** Frameworks that have a stream. */
    public SortedSet<FrameworkId> connected() {
        return sessions.connected();
    }

    /** Frameworks that had a stream in this term. */
    public SortedSet<FrameworkId> seen() {
        return sessions.seen();
    }

    /** Changes whenever one of the two above does. */
    public long version() {
        return sessions.version();
    }
}
