package org.mesolith.leader.offer;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.FilterPicture;
import org.mesolith.allocator.RoundsHeld;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.SchedulerCall;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.LeaderEvent.AgentMatched;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.FrameworkAsked;
import org.mesolith.leader.event.LeaderEvent.FrameworkUp;
import org.mesolith.leader.event.LeaderEvent.OfferExpired;
import org.mesolith.leader.event.LeaderEvent.OfferWishesSet;
import org.mesolith.leader.event.LeaderEvent.OffersClaimed;
import org.mesolith.leader.event.LeaderEvent.OffersReturned;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.Quantities;

/** All about offers: routes to the handlers of this package. */
public final class Offers {
    private final OfferDesk desk;
    private final InverseBook inverse;
    private final Rescinds rescinds;
    private final Rounds rounds;
    private final OfferCalls calls;
    private final OfferChanges changes;

    public Offers(Present present, Rounds.Settings settings, Tally tally) {
        this.desk =
                OfferDesk.open(present, settings.interval(), settings.sharing().whitelist(), tally);
        this.inverse = new InverseBook(desk, settings.interval());
        this.rescinds = new Rescinds(desk);
        this.rounds = new Rounds(desk, inverse, settings);
        this.calls = new OfferCalls(desk, rounds);
        this.changes = new OfferChanges(desk, rounds, inverse);
    }

    public List<Effect> began() {
        return rounds.began();
    }

    public List<Effect> roundDue() {
        return rounds.due();
    }

    public List<Effect> extraRoundDue() {
        return rounds.extraDue();
    }

    public List<Effect> soonRoundDue() {
        return rounds.soonDue();
    }

    public List<Effect> accept(FrameworkAsked asked, SchedulerCall.Accept accept) {
        return calls.accept(asked, accept);
    }

    public List<Effect> decline(FrameworkAsked asked, SchedulerCall.Decline decline) {
        return calls.decline(asked, decline);
    }

    public List<Effect> revive(FrameworkAsked asked, SchedulerCall.Revive revive) {
        if (calls.mayName(asked.framework(), revive.roles())) {
            inverse.revive(asked.framework());
        }
        return calls.revive(asked, revive.roles());
    }

    public List<Effect> suppress(FrameworkAsked asked, SchedulerCall.Suppress suppress) {
        return calls.suppress(asked, suppress.roles());
    }

    /** ACCEPT_INVERSE_OFFERS, DECLINE_INVERSE_OFFERS. */
    public List<Effect> answer(FrameworkAsked asked, SchedulerCall.AnswerInverseOffers answer) {
        inverse.answer(asked.framework(), answer.offers(), answer.accepted(), answer.filters());
        return List.of(new Effect.Answer(asked.request(), new Reply.Accepted()));
    }

    /** What frameworks answered when they were asked to leave agents. */
    public List<OperatorReply.Maintenance.Answer> inverseAnswers() {
        return inverse.answers();
    }

    /** Agents that frameworks were asked to leave and have not answered, one for each question. */
    public List<AgentId> inverseOpen() {
        return inverse.open();
    }

    /** An operator wants what is in offers. */
    public List<Effect> claimed(OffersClaimed claimed) {
        return rescinds.claim(claimed);
    }

    public List<Effect> expired(OfferExpired expired) {
        return calls.expired(expired);
    }

    /** Counts from the next round on: open offers stay, as in Mesos. */
    public List<Effect> whitelisted(SortedSet<String> hosts) {
        desk.supplies().setWhitelist(hosts);
        return List.of();
    }

    public List<Effect> returned(OffersReturned returned) {
        return calls.returned(returned);
    }

    public List<Effect> up(FrameworkUp up) {
        return changes.up(up);
    }

    public List<Effect> down(FrameworkId framework) {
        changes.down(framework);
        return List.of();
    }

    public List<Effect> wished(OfferWishesSet set) {
        return changes.wished(set);
    }

    public List<Effect> up(AgentId agent) {
        return changes.up(agent);
    }

    public List<Effect> matched(AgentMatched matched) {
        return changes.matched(matched);
    }

    public List<Effect> down(AgentId agent) {
        return changes.down(agent);
    }

    public List<Effect> applied(Applied applied) {
        return changes.applied(applied);
    }

    /** Offers that can be used now, by id. */
    public List<Offer> open() {
        return desk.book().open();
    }

    /** How many offers can be used now. */
    public int openCount() {
        return desk.book().openCount();
    }

    /** Changes whenever an offer comes or goes, or a framework wants others. */
    public long version() {
        return desk.book().version() + inverse.version() + desk.wishes().version();
    }

    /** Agents that frameworks want to be offered, by role; of those that said it in this term. */
    public SortedMap<FrameworkId, SortedMap<String, OfferConstraints>> constraints() {
        return desk.wishes().constraints();
    }

    /** Scalars of all registered agents. */
    public Quantities total() {
        return desk.supplies().total();
    }

    /** Revocable scalars of all registered agents. */
    public Quantities lent() {
        return desk.supplies().lent();
    }

    /** Revocable scalars that tasks hold on registered agents. */
    public Quantities lentAndUsed() {
        return desk.supplies().lentAndUsed();
    }

    /** Scalars offered or allocated on registered agents. */
    public Quantities held() {
        return desk.supplies().held();
    }

    /** Live refusals by role. */
    public SortedMap<String, Long> filtersByRole() {
        return desk.filters().activeByRole();
    }

    /** Roles that want no offers, by framework. */
    public SortedMap<FrameworkId, List<String>> suppressed() {
        return desk.wishes().suppressed();
    }

    /** Whether a round was asked for and not made yet. */
    public boolean roundWaits() {
        return rounds.waits();
    }

    /** How long the last round waited from the wish for it to its beginning. */
    public Duration roundWaited() {
        return rounds.waited();
    }

    /** What is refused now; later changes are not seen in it. */
    public FilterPicture filters() {
        return desk.filters().picture();
    }

    /** What a round over all agents would be told now, as a value for other threads; with these refusals. */
    public AllocationInput picture(FilterPicture filters) {
        return rounds.picture(filters);
    }

    /** What rounds wait for now; null if for nothing. */
    public @Nullable RoundsHeld roundsHeld() {
        return rounds.roundsHeld();
    }

    /** Registered agents that no round is over now. */
    public List<AgentSupply> aside() {
        return desk.supplies().aside();
    }

    /** What a round over all agents would be told now. */
    public AllocationInput input() {
        return rounds.input();
    }
}
