package org.mesolith.leader.framework;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.MasterInfo;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.Effect.EndStream;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.Decided;
import org.mesolith.leader.event.LeaderEvent.FrameworkUp;
import org.mesolith.leader.event.LeaderEvent.StreamClosed;
import org.mesolith.leader.event.LeaderEvent.Subscribing;
import org.mesolith.leader.event.MetricNames;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.StreamId;
import org.mesolith.state.Actor;
import org.mesolith.state.FrameworkCommand.SubscribeFramework;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;

/** SUBSCRIBE: from the call to the first events; a known framework is taken over by whoever subscribed last. */
final class Subscriptions {
    private final Present present;
    private final FrameworkSessions sessions;
    private final FrameworkRules rules;
    private final MasterInfo self;
    private final Tally tally;

    /** Streams whose subscription is on its way through the log. */
    private final SortedMap<StreamId, SchedulerCall.Subscribe> opening = new TreeMap<>();

    Subscriptions(Present present, FrameworkSessions sessions, FrameworkRules rules, MasterInfo self, Tally tally) {
        this.present = present;
        this.sessions = sessions;
        this.rules = rules;
        this.self = self;
        this.tally = tally;
    }

    /** The call; what is wrong with it at first sight is its reply, everything else an event on the stream. */
    List<Effect> subscribing(Subscribing call) {
        var info = call.call().info();
        var refusal = refusal(call, info);
        if (refusal != null) {
            return List.of(new Answer(call.request(), new Reply.BadRequest(refusal)));
        }
        var effects = new ArrayList<Effect>();
        effects.add(new Answer(call.request(), new Reply.Done()));
        var named = info.principal() == null ? info.withPrincipal(call.caller().principal()) : info;
        var id = info.id();
        tally.count(id == null ? "master/messages_register_framework" : "master/messages_reregister_framework");
        var problem = rules.problem(
                named,
                call.call().suppressedRoles(),
                call.call().wishes(),
                call.call().problems());
        if (problem != null) {
            effects.add(new EndStream(call.stream(), new SchedulerEvent.Failed(problem.text())));
            return effects;
        }
        opening.put(call.stream(), call.call());
        effects.add(new Propose(
                new Propose.ForStream(call.stream()),
                Actor.framework(id, call.caller().principal())
                        .from(call.caller().address()),
                Origin.HTTP,
                null,
                new SubscribeFramework(id, named)));
        return effects;
    }

    /** The subscription was decided. */
    List<Effect> decided(Decided decided, StreamId stream) {
        var call = opening.remove(stream);
        return switch (decided.outcome()) {
            case Outcome.Accepted(var _, Result.FrameworkSubscribed(var id, var _)) ->
                call == null ? takenOverByNobody(id) : subscribed(id, stream, call);
            case Outcome.Accepted _ ->
                List.of(new EndStream(stream, new SchedulerEvent.Failed("The subscription had no result")));
            case Outcome.Rejected(var reason, var message) ->
                call == null
                        ? List.of()
                        : List.of(new EndStream(stream, new SchedulerEvent.Failed(text(reason, message))));
        };
    }

    /** Nobody knows: the stream ends without a word, and the framework subscribes again. */
    List<Effect> undecided(StreamId stream) {
        opening.remove(stream);
        return List.of(new EndStream(stream, null));
    }

    /** The stream closed before its subscription was decided. */
    void closed(StreamClosed closed) {
        opening.remove(closed.stream());
    }

    /** Streams that wait for their first event; they end with the leadership. */
    List<StreamId> opening() {
        return List.copyOf(opening.keySet());
    }

    private List<Effect> subscribed(FrameworkId id, StreamId stream, SchedulerCall.Subscribe call) {
        var row = present.registry().framework(id);
        if (row == null) {
            return List.of(new EndStream(stream, new SchedulerEvent.Failed(text(Reason.FRAMEWORK_COMPLETED, ""))));
        }
        var effects = new ArrayList<Effect>();
        var before = sessions.attach(id, stream);
        if (before != null) {
            effects.add(new EndStream(before, new SchedulerEvent.Failed("Framework failed over")));
        }
        var can = row.info().capabilities();
        tally.countFor(id, "calls");
        tally.countFor(id, "calls/<call_type>", MetricNames.call(call));
        effects.add(sessions.send(id, stream, new SchedulerEvent.Subscribed(id, sessions.heartbeat(), self), can));
        effects.add(sessions.send(id, stream, new SchedulerEvent.Heartbeat(), can));
        effects.add(sessions.nextBeat(id, stream));
        effects.add(new Raise(new FrameworkUp(id, call.suppressedRoles(), call.wishes())));
        return effects;
    }

    /** The subscriber went away in between: the registry says connected, so that has to be taken back. */
    private List<Effect> takenOverByNobody(FrameworkId id) {
        var effects = new ArrayList<Effect>();
        if (sessions.stream(id) == null) {
            effects.add(FrameworkAbsence.disconnect(id, present.now()));
        }
        return effects;
    }

    private static @Nullable String refusal(Subscribing call, FrameworkInfo info) {
        var id = info.id();
        if (call.framework() != null && !call.framework().equals(id)) {
            return "'framework_id' differs from 'subscribe.framework_info.id'";
        }
        var authenticated = call.caller().principal();
        if (authenticated != null && info.principal() != null && !authenticated.equals(info.principal())) {
            return "Authenticated principal '" + authenticated + "' does not match principal '" + info.principal()
                    + "' set in `FrameworkInfo`";
        }
        return null;
    }

    private static String text(Reason reason, String message) {
        return reason == Reason.FRAMEWORK_COMPLETED ? FrameworkRules.REMOVED : message;
    }
}
