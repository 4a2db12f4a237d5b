package org.mesolith.leader;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.api.SchedulerCall;
import org.mesolith.leader.accept.Accepts;
import org.mesolith.leader.accept.Operations;
import org.mesolith.leader.agent.Agents;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.Effect.WakeAfter;
import org.mesolith.leader.event.LeaderEvent;
import org.mesolith.leader.event.LeaderEvent.*;
import org.mesolith.leader.event.LeaderEvent.ExecutorOver;
import org.mesolith.leader.event.LeaderEvent.ExecutorSpoke;
import org.mesolith.leader.event.LeaderEvent.ExecutorsDue;
import org.mesolith.leader.event.LeaderEvent.ExecutorsListed;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Replies;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.framework.Frameworks;
import org.mesolith.leader.offer.Offers;
import org.mesolith.leader.operator.Housekeeping;
import org.mesolith.leader.task.Tasks;
import org.mesolith.leader.watch.Watchers;
import org.mesolith.state.Actor;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.DeclarationCommand;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.FrameworkCommand.AcceptOffers;
import org.mesolith.state.FrameworkCommand.TearDownFramework;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.MembershipCommand;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.Registry;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TaskCommand;

/**
 * One term: an event comes in, effects come out. It routes and knows nothing itself; when the term ends it is dropped,
 * and nothing has to be reset. One thread.
 */
final class Leadership {
    private static final Duration UPKEEP = Duration.ofSeconds(1);

    private final Present present;
    private final Agents agents;
    private final Frameworks frameworks;
    private final Offers offers;
    private final Accepts accepts;
    private final Tasks tasks;
    private final Operations operations;
    private final OperatorRoutes operator;
    private final Housekeeping housekeeping;
    private final Watchers watchers;

    Leadership(Present present, Handlers handlers) {
        this.present = present;
        this.agents = handlers.agents();
        this.frameworks = handlers.frameworks();
        this.offers = handlers.offers();
        this.accepts = handlers.accepts();
        this.tasks = handlers.tasks();
        this.operations = handlers.operations();
        this.operator = handlers.operator();
        this.housekeeping = handlers.housekeeping();
        this.watchers = handlers.watchers();
    }

    /** What was applied as far as this leadership was told. */
    Registry registry() {
        return present.registry();
    }

    /** Handles an event, and what it raises; returns what is to be done, in order. */
    List<Effect> on(LeaderEvent event, Instant now) {
        present.at(now);
        var effects = new ArrayList<Effect>();
        var events = new ArrayDeque<LeaderEvent>();
        events.add(event);
        while (!events.isEmpty()) {
            for (var effect : route(events.poll())) {
                if (effect instanceof Raise(var raised)) {
                    events.add(raised);
                } else {
                    effects.add(effect);
                }
            }
        }
        return effects;
    }

    private List<Effect> route(LeaderEvent event) {
        return switch (event) {
            case Outer outer -> outer(outer);
            case Inner inner -> inner(inner);
        };
    }

    private List<Effect> outer(Outer event) {
        return switch (event) {
            case Began _ -> both(List.of(new WakeAfter(UPKEEP, new UpkeepDue())), offers.began());
            case SchedulerAsked asked -> frameworks.asked(asked);
            case Subscribing call -> frameworks.subscribing(call);
            case StreamClosed closed -> both(watchers.closed(closed), frameworks.closed(closed));
            case Watching watching -> watchers.watching(watching);
            case WatchBeatDue due -> watchers.beat(due);
            case OperatorAsked asked -> operator.asked(asked);
            case OperatorConfirmed confirmed -> operator.confirmed(confirmed);
            case LinkSaid said -> agents.said(said);
            case LinkLost(var link) -> agents.lost(link);
            case WhitelistRead(var hosts) -> offers.whitelisted(hosts);
            case Applied applied -> applied(applied);
            case Decided decided -> decided(decided);
            case Undecided undecided -> undecided(undecided);
            case DetailsRead read -> tasks.read(read);
            case RoundDue _ -> offers.roundDue();
            case ExtraRoundDue _ -> offers.extraRoundDue();
            case SoonRoundDue _ -> offers.soonRoundDue();
            case OfferExpired expired -> offers.expired(expired);
            case StreamBeatDue due -> frameworks.beat(due);
            case UpkeepDue _ -> upkeep();
            case FrameworkDue due -> frameworks.due(due);
            case UpdatesDue _ -> tasks.updatesDue();
            case AcknowledgementsDue _ -> tasks.acknowledgementsDue();
            case AnswersDue _ -> tasks.answersDue();
            case ExecutorsDue _ -> tasks.executorsDue();
        };
    }

    private List<Effect> up(FrameworkUp up) {
        return both(both(offers.up(up), operations.up(up.framework())), tasks.up(up.framework()));
    }

    private List<Effect> inner(Inner event) {
        return switch (event) {
            case FrameworkAsked asked -> framework(asked);
            case FrameworkUp up -> up(up);
            case FrameworkDown(var framework) -> both(offers.down(framework), tasks.down(framework));
            case OfferWishesSet set -> offers.wished(set);
            case AgentUp(var agent) ->
                both(
                        watchers.up(agent),
                        both(offers.up(agent), operator.agents().up(agent)));
            case AgentDown(var agent) -> offers.down(agent);
            case StatusesHeard heard -> tasks.heard(heard);
            case ExecutorsListed listed -> tasks.listed(listed);
            case ExecutorOver over -> tasks.over(over);
            case ExecutorSpoke spoke -> tasks.spoke(spoke);
            case AgentMatched matched -> both(tasks.matched(matched), offers.matched(matched));
            case Tell tell -> frameworks.tell(tell);
            case TellAll tell -> frameworks.tellAll(tell);
            case Order order -> agents.order(order);
            case OffersTaken taken -> accepts.taken(taken);
            case OffersInvalid invalid -> accepts.invalid(invalid);
            case OffersClaimed claimed -> offers.claimed(claimed);
            case OffersReturned returned -> offers.returned(returned);
            case LaunchesProposed proposed -> tasks.proposed(proposed);
            case LaunchesSettled settled -> tasks.settled(settled);
        };
    }

    private List<Effect> framework(FrameworkAsked asked) {
        return switch (asked.call()) {
            case SchedulerCall.Accept accept -> offers.accept(asked, accept);
            case SchedulerCall.Decline decline -> offers.decline(asked, decline);
            case SchedulerCall.Revive revive -> offers.revive(asked, revive);
            case SchedulerCall.Suppress suppress -> offers.suppress(asked, suppress);
            case SchedulerCall.Kill kill -> tasks.kill(asked, kill);
            case SchedulerCall.Acknowledge acknowledge -> tasks.acknowledge(asked, acknowledge);
            case SchedulerCall.Reconcile reconcile -> tasks.reconcile(asked, reconcile);
            case SchedulerCall.AnswerInverseOffers answer -> offers.answer(asked, answer);
            case SchedulerCall.AcknowledgeOperation acknowledge -> operations.acknowledge(asked, acknowledge);
            case SchedulerCall.ReconcileOperations reconcile -> operations.reconcile(asked, reconcile);
            case SchedulerCall.Teardown _ -> frameworks.tearDown(asked);
            case SchedulerCall.UpdateFramework update -> frameworks.update(asked, update);
            case SchedulerCall.Subscribe _ ->
                answer(asked, new Reply.BadRequest("SUBSCRIBE opens a stream of its own"));
            case SchedulerCall.Shutdown shutdown -> tasks.shutdown(asked, shutdown);
            case SchedulerCall.Message message -> tasks.message(asked, message);
            case SchedulerCall.Request _ -> tasks.request(asked);
            case SchedulerCall.NotSupported(var type) -> notYet(asked, type);
            case SchedulerCall.Unknown _ -> notYet(asked, "UNKNOWN");
        };
    }

    private List<Effect> applied(Applied applied) {
        present.applied(applied.after());
        var effects = new ArrayList<Effect>();
        effects.addAll(watchers.applied(applied));
        effects.addAll(accepts.applied(applied));
        effects.addAll(operations.applied(applied));
        effects.addAll(operator.agents().applied(applied));
        effects.addAll(operator.drains().applied(applied));
        effects.addAll(operator.expiry().applied(applied));
        effects.addAll(tasks.applied(applied));
        effects.addAll(offers.applied(applied));
        effects.addAll(frameworks.applied(applied));
        effects.addAll(agents.applied(applied));
        return effects;
    }

    private List<Effect> decided(Decided decided) {
        var proposal = decided.proposal();
        return switch (proposal.command()) {
            case AcceptOffers _ ->
                proposal.purpose() instanceof Propose.ForCall(var request)
                        ? accepts.decided(decided, request)
                        : List.of();
            case TearDownFramework _
            when proposal.purpose() instanceof Propose.ForCall(var request)
                    && proposal.actor().kind() == Actor.Kind.OPERATOR -> operator.decided(decided, request);
            case FrameworkCommand _ -> frameworks.decided(decided);
            case AgentCommand _ when !(proposal.purpose() instanceof Propose.ForCall) -> agents.decided(decided);
            case MaintenanceCommand.AdvanceDrain advance -> operator.drains().settled(advance);
            case ReservationCommand.ExpireReservations _ -> operator.expiry().settled();
            case AgentCommand _, ReservationCommand _, QuotaCommand _, MaintenanceCommand _, DeclarationCommand _ ->
                proposal.purpose() instanceof Propose.ForCall(var request)
                        ? operator.decided(decided, request)
                        : List.of();
            // What members are is asked for by the doors themselves.
            case TaskCommand _, SystemCommand _, MembershipCommand _ -> List.of();
        };
    }

    private List<Effect> undecided(Undecided undecided) {
        var proposal = undecided.proposal();
        return switch (proposal.command()) {
            case AcceptOffers accept ->
                proposal.purpose() instanceof Propose.ForCall(var request)
                        ? accepts.undecided(undecided, accept, request)
                        : List.of();
            case FrameworkCommand _ -> frameworks.undecided(undecided);
            case AgentCommand _ when !(proposal.purpose() instanceof Propose.ForCall) -> agents.undecided(undecided);
            case TaskCommand _ -> tasks.undecided(undecided);
            case MaintenanceCommand.AdvanceDrain advance -> operator.drains().settled(advance);
            case ReservationCommand.ExpireReservations _ -> operator.expiry().settled();
            case AgentCommand _,
                    ReservationCommand _,
                    QuotaCommand _,
                    MaintenanceCommand _,
                    DeclarationCommand _,
                    SystemCommand _,
                    MembershipCommand _ ->
                proposal.purpose() instanceof Propose.ForCall(var request)
                        ? List.of(new Answer(request, Replies.undecided(undecided)))
                        : List.of();
        };
    }

    private List<Effect> upkeep() {
        var effects = new ArrayList<Effect>();
        effects.add(new WakeAfter(UPKEEP, new UpkeepDue()));
        effects.addAll(agents.upkeep());
        effects.addAll(frameworks.upkeep());
        effects.addAll(operations.upkeep());
        effects.addAll(operator.drains().upkeep());
        effects.addAll(operator.expiry().upkeep());
        effects.addAll(housekeeping.upkeep());
        return effects;
    }

    private static List<Effect> both(List<Effect> first, List<Effect> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static List<Effect> answer(FrameworkAsked asked, Reply reply) {
        return List.of(new Answer(asked.request(), reply));
    }

    private static List<Effect> notYet(FrameworkAsked asked, String type) {
        return answer(asked, new Reply.NotSupported("call " + type + " is not supported yet"));
    }
}
