package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Filters;
import org.mesolith.model.OfferId;
import org.mesolith.model.Weight;
import org.mesolith.state.AgentCommand.DeactivateAgent;
import org.mesolith.state.AgentCommand.ReactivateAgent;

/** Offers: when they come, how they end. */
final class OfferLifeTest {
    private final Bed bed = new Bed();

    @Test
    void nothingIsOfferedTwice() {
        bed.agent("h1", "cpus:2;mem:1024");
        var first = bed.framework("r");
        var second = bed.framework("r");
        bed.advance(Duration.ofSeconds(2));

        assertThat(first.offers()).hasSize(1);
        assertThat(second.offers()).isEmpty();
    }

    @Test
    void aDeclinedOfferIsHiddenForTheTimeOfItsFilter() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var offer = framework.offers().getFirst();
        bed.advance(Duration.ofMillis(300));

        framework.decline(offer, Filters.DEFAULT.refuse());
        live(agent, 4);
        assertThat(framework.offers()).isEmpty();
        live(agent, 2);

        assertThat(framework.offers()).hasSize(1);
    }

    @Test
    void aFilterOfZeroHidesNothing() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");

        framework.decline(framework.offers().getFirst(), Duration.ZERO);
        live(agent, 1);

        assertThat(framework.offers()).hasSize(1);
    }

    @Test
    void aFilterShorterThanTheIntervalStillHoldsForOneRound() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var offer = framework.offers().getFirst();
        bed.advance(Duration.ofMillis(300));

        framework.decline(offer, Duration.ofMillis(100));
        live(agent, 1);
        assertThat(framework.offers()).isEmpty();
        live(agent, 1);

        assertThat(framework.offers()).hasSize(1);
    }

    @Test
    void aReviveEndsRefusals() {
        bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        framework.decline(framework.offers().getFirst(), Duration.ofHours(1));

        framework.call(new SchedulerCall.Revive(List.of()));

        assertThat(framework.offers()).hasSize(1);
    }

    @Test
    void aSuppressedFrameworkGetsNothingUntilItRevives() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        framework.decline(framework.offers().getFirst(), Duration.ZERO);
        framework.call(new SchedulerCall.Suppress(List.of()));
        live(agent, 60);
        assertThat(framework.offers()).isEmpty();

        framework.call(new SchedulerCall.Revive(List.of("r")));

        assertThat(framework.offers()).hasSize(1);
    }

    @Test
    void oneWrongRoleMakesAReviveOrSuppressDoNothing() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        framework.decline(framework.offers().getFirst(), Duration.ZERO);

        var reply = framework.call(new SchedulerCall.Suppress(List.of("r", "not-mine")));
        live(agent, 1);

        assertThat(reply).isEqualTo(new Reply.Accepted());
        assertThat(framework.offers()).hasSize(1);
    }

    @Test
    void rolesSuppressedAtSubscriptionGetNothing() {
        bed.agent("h1", "cpus:2;mem:1024");
        var framework =
                bed.subscribe(Bed.framework(null, List.of("batch", "service"), Duration.ZERO), List.of("batch"));

        assertThat(framework.offers())
                .singleElement()
                .matches(offer -> offer.role().equals("service"));
    }

    @Test
    void anUnansweredOfferIsTakenBackAfterTheTimeoutAndOfferedAgain() {
        var timed = new Bed(settings -> Bed.expiring(settings, Duration.ofMillis(30_500)));
        var agent = timed.agent("h1", "cpus:2;mem:1024");
        var framework = timed.framework("r");
        var offer = framework.offers().getFirst();

        agent.live(30);
        assertThat(framework.rescinds()).isEmpty();
        agent.live(1);

        assertThat(framework.rescinds()).containsExactly(offer.id());
        assertThat(framework.offers()).hasSize(1);
    }

    @Test
    void aTaskThatEndsFreesItsResourcesForTheNextRound() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:2;mem:1024"));
        var launch = agent.launches().getFirst();
        live(agent, 2);
        assertThat(framework.offers()).isEmpty();

        agent.report(launch, org.mesolith.model.TaskState.TASK_FINISHED, 1);
        live(agent, 1);

        assertThat(framework.offers())
                .singleElement()
                .satisfies(offer -> assertThat(offer.resources().milli("cpus")).isEqualTo(2000));
    }

    @Test
    void whatAnAcceptLeavesReturnsWithItsFilter() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var other = bed.framework("other");
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:512"));
        live(agent, 2);

        assertThat(framework.offers()).isEmpty();
        assertThat(other.offers())
                .singleElement()
                .satisfies(offer -> assertThat(offer.resources().milli("cpus")).isEqualTo(1000));
    }

    @Test
    void newWeightsOfAUsedRoleTakeAllOffersBack() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var offer = framework.offers().getFirst();

        var unused = bed.operator(new OperatorCall.UpdateWeights(List.of(Weight.of("nobody", 2))));
        assertThat(framework.rescinds()).isEmpty();
        var used = bed.operator(new OperatorCall.UpdateWeights(List.of(Weight.of("r", 2))));

        assertThat(unused).isEqualTo(new Reply.Done());
        assertThat(used).isEqualTo(new Reply.Done());
        assertThat(framework.rescinds()).containsExactly(offer.id());
        live(agent, 1);
        assertThat(framework.offers()).hasSize(1);
        assertThat(bed.view().weights().weights()).hasSize(2);
    }

    @Test
    void aBadWeightRefusesTheWholeCall() {
        var reply = bed.operator(new OperatorCall.UpdateWeights(List.of(Weight.of("r", 2.5), Weight.of("s", 0))));

        assertThat(reply).isInstanceOf(Reply.BadRequest.class);
        assertThat(bed.view().weights().weights()).isEmpty();
    }

    @Test
    void aDeactivatedAgentIsNotOffered() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var offer = framework.offers().getFirst();

        bed.log.order(new DeactivateAgent(agent.id()));
        assertThat(framework.rescinds()).containsExactly(offer.id());
        live(agent, 2);
        assertThat(framework.offers()).isEmpty();
        bed.log.order(new ReactivateAgent(agent.id()));

        assertThat(framework.offers()).hasSize(1);
    }

    @Test
    void offerIdsHoldEpochAndTermAndDifferBetweenTerms() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var first = bed.framework("r").offers().getFirst().id();
        bed.failOver();
        agent.join();
        var second = bed.framework("r").offers().getFirst().id();

        assertThat(first).isEqualTo(new OfferId("1.1-O0000000001"));
        assertThat(second).isEqualTo(new OfferId("1.2-O0000000001"));
    }

    @Test
    void unknownOffersOfADeclineArePassedOver() {
        var framework = bed.framework("r");

        assertThat(framework.call(new SchedulerCall.Decline(List.of(new OfferId("none")), Filters.DEFAULT)))
                .isEqualTo(new Reply.Accepted());
        assertThat(framework.call(new SchedulerCall.Decline(List.of(), Filters.DEFAULT)))
                .isEqualTo(new Reply.Accepted());
    }

    private static void live(TestAgent agent, int seconds) {
        agent.live(seconds);
    }
}
