package org.mesolith.leader.offer;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.FrameworkAsked;
import org.mesolith.leader.event.LeaderEvent.OfferExpired;
import org.mesolith.leader.event.LeaderEvent.OffersInvalid;
import org.mesolith.leader.event.LeaderEvent.OffersReturned;
import org.mesolith.leader.event.LeaderEvent.OffersTaken;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.leader.event.MasterStatus;
import org.mesolith.leader.event.MetricNames;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Roles;

/** What frameworks do with offers: ACCEPT, DECLINE, REVIVE, SUPPRESS; and what happens when they do nothing. */
final class OfferCalls {
    private final OfferDesk desk;
    private final Rounds rounds;

    OfferCalls(OfferDesk desk, Rounds rounds) {
        this.desk = desk;
        this.rounds = rounds;
    }

    /**
     * ACCEPT: the offers leave the book here; what the operations come to is decided in the log. One bad offer, and all
     * good ones return without a filter.
     */
    List<Effect> accept(FrameworkAsked asked, SchedulerCall.Accept accept) {
        var framework = asked.framework();
        boolean nothingAtAll = accept.offers().isEmpty()
                && accept.operations().isEmpty()
                && accept.invalid().isEmpty();
        if (nothingAtAll) {
            return accepted(asked);
        }
        count(framework, accept);
        var effects = new ArrayList<Effect>();
        var problem = desk.book().problem(accept.offers(), framework);
        for (var invalid : accept.invalid()) {
            effects.addAll(MasterStatus.failed(
                    framework, invalid.id(), problem == null ? invalid.problem() : OfferBook.unusable(problem)));
        }
        if (problem != null) {
            accept.offers().forEach(id -> giveBack(framework, id, Filters.NONE));
            effects.add(new Raise(new OffersInvalid(asked.request(), framework, accept.operations(), problem)));
        } else if (wantsNothing(accept.operations())) {
            accept.offers().forEach(id -> giveBack(framework, id, accept.filters()));
            effects.addAll(accepted(asked));
        } else {
            var taken = accept.offers().stream()
                    .map(id -> desk.book().take(id, accept.filters()))
                    .toList();
            taken.forEach(offer -> desk.tally().countFor(framework, "offers/accepted"));
            effects.add(
                    new Raise(new OffersTaken(asked.request(), framework, taken, accept.operations(), asked.caller())));
        }
        return effects;
    }

    private void count(FrameworkId framework, SchedulerCall.Accept accept) {
        for (var operation : accept.operations()) {
            desk.tally().countFor(framework, "operations");
            desk.tally().countFor(framework, "operations/<operation_type>", MetricNames.operation(operation));
            if (operation instanceof OfferOperation.Launch(var _, var tasks)) {
                desk.tally().count(tasks.isEmpty() ? "master/messages_decline_offers" : "master/messages_launch_tasks");
            }
        }
    }

    /** DECLINE: offers that are not the framework's, or no more, are passed over. */
    List<Effect> decline(FrameworkAsked asked, SchedulerCall.Decline decline) {
        desk.tally().count("master/messages_decline_offers");
        decline.offers().forEach(id -> giveBack(asked.framework(), id, decline.filters()));
        return accepted(asked);
    }

    /** Whether the framework may name all of these roles in REVIVE or SUPPRESS; none stands for all of its own. */
    boolean mayName(FrameworkId framework, List<String> named) {
        return !roles(framework, named).isEmpty();
    }

    /** REVIVE: one wrong role, and nothing happens. */
    List<Effect> revive(FrameworkAsked asked, List<String> named) {
        desk.tally().count("master/messages_revive_offers");
        var effects = new ArrayList<>(accepted(asked));
        var roles = roles(asked.framework(), named);
        if (roles.isEmpty()) {
            desk.tally().count("master/dropped_messages");
        } else {
            desk.wishes().revive(asked.framework(), roles);
            desk.filters().clear(asked.framework(), roles);
            effects.addAll(rounds.want());
        }
        return effects;
    }

    /** SUPPRESS: one wrong role, and nothing happens; offers already made stay. */
    List<Effect> suppress(FrameworkAsked asked, List<String> named) {
        desk.tally().count("master/messages_suppress_offers");
        var roles = roles(asked.framework(), named);
        if (roles.isEmpty()) {
            desk.tally().count("master/dropped_messages");
        }
        desk.wishes().suppress(asked.framework(), roles);
        return accepted(asked);
    }

    /** Nobody answered in time. */
    List<Effect> expired(OfferExpired expired) {
        return desk.book().isOpen(expired.offer()) ? rescind(desk, expired.offer()) : List.of();
    }

    /** An accept came to nothing: what it took returns. */
    List<Effect> returned(OffersReturned returned) {
        for (var id : returned.offers()) {
            var offer = desk.book().remove(id);
            if (offer != null) {
                filter(offer, returned.filters());
            }
        }
        return List.of();
    }

    /** Takes an offer back, with notice. */
    static List<Effect> rescind(OfferDesk desk, OfferId id) {
        var offer = desk.book().remove(id);
        if (offer == null) {
            return List.of();
        }
        desk.tally().countFor(offer.offer().framework(), "offers/rescinded");
        return List.of(new Raise(new Tell(offer.offer().framework(), new SchedulerEvent.Rescind(id))));
    }

    private void giveBack(FrameworkId framework, OfferId id, Filters filters) {
        if (desk.book().usable(id, framework) != null) {
            var offer = desk.book().remove(id);
            if (offer != null) {
                desk.tally().countFor(framework, "offers/declined");
                filter(offer, filters);
            }
        }
    }

    private void filter(OpenOffer offer, Filters filters) {
        desk.filters()
                .add(
                        offer.offer().framework(),
                        offer.offer().role(),
                        offer.offer().agent(),
                        offer.resources(),
                        filters.refuse());
    }

    private List<String> roles(FrameworkId framework, List<String> named) {
        var row = desk.present().registry().framework(framework);
        if (row == null) {
            return List.of();
        }
        var own = row.info().roles();
        if (named.isEmpty()) {
            return own;
        }
        boolean allGood = named.stream().allMatch(role -> Roles.problem(role) == null && own.contains(role));
        return allGood ? named : List.of();
    }

    private static boolean wantsNothing(List<OfferOperation> operations) {
        return operations.stream()
                .allMatch(operation ->
                        operation instanceof OfferOperation.Launch(var id, var tasks) && id == null && tasks.isEmpty());
    }

    private static List<Effect> accepted(FrameworkAsked asked) {
        return List.of(new Answer(asked.request(), new Reply.Accepted()));
    }
}
