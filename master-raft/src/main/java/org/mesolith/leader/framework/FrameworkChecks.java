package org.mesolith.leader.framework;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerCall;
import org.mesolith.leader.event.Caller;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.Decided;
import org.mesolith.leader.event.LeaderEvent.FrameworkAsked;
import org.mesolith.leader.event.LeaderEvent.OfferWishesSet;
import org.mesolith.leader.event.LeaderEvent.SchedulerAsked;
import org.mesolith.leader.event.LeaderEvent.Undecided;
import org.mesolith.leader.event.MetricNames;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Replies;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.RequestId;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkProblem;
import org.mesolith.state.Actor;
import org.mesolith.state.Command;
import org.mesolith.state.FrameworkCommand.TearDownFramework;
import org.mesolith.state.FrameworkCommand.UpdateFramework;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;

/**
 * Calls of frameworks: the checks that every one of them passes, in Mesos' order, and those about the framework itself.
 */
final class FrameworkChecks {
    private final Present present;
    private final FrameworkSessions sessions;
    private final FrameworkRules rules;
    private final Tally tally;

    /** Updates that are on their way through the log. */
    private final SortedMap<RequestId, SchedulerCall.UpdateFramework> updating = new TreeMap<>();

    FrameworkChecks(Present present, FrameworkSessions sessions, FrameworkRules rules, Tally tally) {
        this.tally = tally;
        this.present = present;
        this.sessions = sessions;
        this.rules = rules;
    }

    /** Any call but SUBSCRIBE. */
    List<Effect> asked(SchedulerAsked asked) {
        var framework = asked.call().framework();
        if (framework == null) {
            return refuse(asked, new Reply.BadRequest("Expecting 'framework_id' to be present"));
        }
        var row = present.registry().framework(framework);
        var principal = row == null ? null : row.info().principal();
        if (principal != null) {
            tally.countOf("frameworks/<principal>/messages_received", principal);
        }
        var refusal = refusal(framework, asked);
        if (refusal != null) {
            tally.count("master/dropped_messages");
            return refuse(asked, refusal);
        }
        if (principal != null) {
            tally.countOf("frameworks/<principal>/messages_processed", principal);
        }
        tally.countFor(framework, "calls");
        tally.countFor(
                framework, "calls/<call_type>", MetricNames.call(asked.call().call()));
        return List.of(new Raise(
                new FrameworkAsked(asked.request(), framework, asked.call().call(), asked.caller())));
    }

    private @Nullable Reply refusal(FrameworkId framework, SchedulerAsked asked) {
        var row = present.registry().framework(framework);
        if (row == null) {
            return new Reply.BadRequest("Framework cannot be found");
        }
        var principal = asked.caller().principal();
        if (principal != null && !principal.equals(row.info().principal())) {
            return new Reply.BadRequest("Authenticated principal '" + principal + "' does not match principal '"
                    + row.info().principal() + "' set in `FrameworkInfo`");
        }
        var stream = sessions.stream(framework);
        if (stream == null) {
            return new Reply.Forbidden("Framework is not subscribed");
        }
        var named = asked.stream();
        if (named == null) {
            return new Reply.BadRequest("All non-subscribe calls should include the 'Mesos-Stream-Id' header");
        }
        return named.equals(stream)
                ? null
                : new Reply.BadRequest("The stream ID '" + named + "' included in this request didn't match the stream"
                        + " ID currently associated with framework ID '" + framework + "'");
    }

    /** TEARDOWN. */
    List<Effect> tearDown(FrameworkAsked asked) {
        tally.count("master/messages_unregister_framework");
        return propose(asked.request(), asked.framework(), asked.caller(), new TearDownFramework(asked.framework()));
    }

    /** UPDATE_FRAMEWORK. */
    List<Effect> update(FrameworkAsked asked, SchedulerCall.UpdateFramework update) {
        var row = present.registry().framework(asked.framework());
        var info = update.info();
        if (row == null || !asked.framework().equals(info.id())) {
            return refuse(asked.request(), "'framework_id' differs from 'update_framework.framework_info.id'");
        }
        var named = info.principal() == null ? info.withPrincipal(row.info().principal()) : info;
        var problem = rules.problem(named, update.suppressedRoles(), update.wishes(), update.problems());
        if (problem != null) {
            var why = problem.step() == FrameworkProblem.Step.AUTHORIZATION
                    ? new Reply.Forbidden(problem.text())
                    : new Reply.BadRequest("update_framework." + problem.step().field() + ": " + problem.text());
            return List.of(new Answer(asked.request(), why));
        }
        updating.put(asked.request(), update);
        return propose(
                asked.request(), asked.framework(), asked.caller(), new UpdateFramework(asked.framework(), named));
    }

    /** A tear-down or an update of a caller was decided. */
    List<Effect> decided(Decided decided, RequestId request) {
        var call = updating.remove(request);
        if (decided.outcome() instanceof Outcome.Rejected rejected) {
            return List.of(new Answer(request, Replies.refused(rejected)));
        }
        return decided.proposal().command() instanceof UpdateFramework update && call != null
                ? List.of(
                        new Answer(request, new Reply.Done()),
                        new Raise(new OfferWishesSet(update.framework(), call.suppressedRoles(), call.wishes())))
                : List.of(new Answer(request, new Reply.Accepted()));
    }

    /** It was not. */
    List<Effect> undecided(Undecided undecided, RequestId request) {
        updating.remove(request);
        return List.of(new Answer(request, Replies.undecided(undecided)));
    }

    private static List<Effect> propose(RequestId request, FrameworkId framework, Caller caller, Command command) {
        return List.of(new Propose(
                new Propose.ForCall(request),
                Actor.framework(framework, caller.principal()).from(caller.address()),
                Origin.HTTP,
                null,
                command));
    }

    private static List<Effect> refuse(SchedulerAsked asked, Reply why) {
        return List.of(new Answer(asked.request(), why));
    }

    private static List<Effect> refuse(RequestId request, String why) {
        return List.of(new Answer(request, new Reply.BadRequest(why)));
    }
}
