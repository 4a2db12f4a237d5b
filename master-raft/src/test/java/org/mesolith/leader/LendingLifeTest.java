package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Check;
import org.mesolith.log.Proposed;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.Offer;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskState;
import org.mesolith.state.AgentCommand.AdmitAgent;
import org.mesolith.state.AgentCommand.UpdateAgent;

/** What agents lend on top of what they have: who is offered it, and what becomes of offers when it changes. */
final class LendingLifeTest {
    private static final Resources OWN = Resources.parse("cpus:2;mem:1024");

    private final Bed bed = new Bed();

    @Test
    void onlyFrameworksThatAskForItAreOfferedWhatIsLent() {
        bed.agent("h1", "cpus:2;mem:1024;cpus{REV}:4");
        var plain = bed.framework("a");
        assertThat(plain.offers())
                .singleElement()
                .satisfies(offer -> assertThat(of(offer)).isEqualTo(OWN));

        var able = bed.framework("b", FrameworkCapability.REVOCABLE_RESOURCES);

        assertThat(able.offers())
                .singleElement()
                .satisfies(offer -> assertThat(of(offer)).isEqualTo(Resources.parse("cpus{REV}:4")));
    }

    @Test
    void aNewEstimateReplacesTheOneBeforeAndTakesItsOffersBack() {
        var agent = bed.agent("h1", "cpus:2;mem:1024;cpus{REV}:4");
        var framework = bed.framework("a", FrameworkCapability.REVOCABLE_RESOURCES);
        var offered = framework.offers().getFirst();

        agent.say(lends("cpus{REV}:1"));
        assertThat(framework.rescinds()).containsExactly(offered.id());
        bed.advance(Duration.ofSeconds(1));

        assertThat(framework.offers())
                .singleElement()
                .satisfies(offer -> assertThat(of(offer)).isEqualTo(OWN.plus(Resources.parse("cpus{REV}:1"))));
        assertThat(total()).isEqualTo(OWN.plus(Resources.parse("cpus{REV}:1")));
    }

    @Test
    void offersWithoutAnythingLentStay() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("a", FrameworkCapability.REVOCABLE_RESOURCES);
        framework.offers();

        agent.say(lends("cpus{REV}:1"));
        bed.advance(Duration.ofSeconds(1));

        assertThat(framework.rescinds()).isEmpty();
        assertThat(framework.offers())
                .singleElement()
                .satisfies(offer -> assertThat(of(offer)).isEqualTo(Resources.parse("cpus{REV}:1")));
    }

    @Test
    void whatATaskHoldsOfItIsCountedAndSurvivesAChangeOfTheLeader() {
        var agent = bed.agent("h1", "cpus:2;mem:1024;cpus{REV}:4");
        var framework = bed.framework("a", FrameworkCapability.REVOCABLE_RESOURCES);
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus{REV}:3;mem:64"));
        var launch = agent.launches().getFirst();
        agent.report(launch, TaskState.TASK_RUNNING, 1);
        assertThat(bed.metrics())
                .containsEntry("master/cpus_revocable_total", 4.0)
                .containsEntry("master/cpus_revocable_used", 3.0)
                .containsEntry("master/cpus_revocable_percent", 0.75)
                .containsEntry("master/cpus_total", 2.0)
                .containsEntry("master/cpus_used", 0.0)
                .containsEntry("master/mem_revocable_total", 0.0);

        bed.failOver();
        agent.join(TestAgent.task(launch, TaskState.TASK_RUNNING));
        var again = framework.again();
        bed.advance(Duration.ofSeconds(2));

        assertThat(bed.log.commands(AdmitAgent.class)).hasSize(1);
        assertThat(again.offers())
                .singleElement()
                .satisfies(offer -> assertThat(of(offer)).isEqualTo(Resources.parse("cpus:2;mem:960;cpus{REV}:1")));
    }

    @Test
    void whatIsLentIsNoPartOfWhatTheAgentSaysOfItself() {
        bed.agent("h1", "cpus:2;mem:1024;cpus{REV}:4");

        var shown = bed.view().agents().agents().getFirst();

        assertThat(shown.info().resources()).isEqualTo(OWN);
        assertThat(shown.total()).isEqualTo(Resources.parse("cpus:2;mem:1024;cpus{REV}:4"));
    }

    @Test
    void anAgentThatLendsWhatCannotBeLentIsTurnedAway() {
        var agent = new TestAgent(bed, Bed.info("h1", "cpus:2;cpus(role){REV}:1"));

        assertThat(agent.join())
                .singleElement()
                .isInstanceOfSatisfying(
                        LinkMessage.Refuse.class,
                        refuse -> assertThat(refuse.why())
                                .contains("lends what cannot be lent")
                                .contains("reserved"));
    }

    @Test
    void whatAnUnreachableAgentSaidLateIsNotTaken() {
        var agent = bed.agent("h1", "cpus:2;mem:1024;cpus{REV}:4");
        agent.cut();

        agent.say(lends("cpus{REV}:9"));

        assertThat(bed.log.commands(UpdateAgent.class)).isEmpty();
    }

    @Test
    void anAgentOfWhichNobodyKnowsWhatWasDecidedJoinsAgain() {
        var agent = bed.agent("h1", "cpus:2;mem:1024;cpus{REV}:4");
        bed.log.refuse(new Proposed.Full());

        agent.say(lends("cpus{REV}:1"));

        assertThat(bed.closed(agent.link())).contains("join again");
    }

    private static LinkMessage.Oversubscribed lends(String total) {
        return new LinkMessage.Oversubscribed(Resources.parse(total));
    }

    private static Resources of(Offer offer) {
        return offer.resources().unallocated();
    }

    private Resources total() {
        return Check.present(bed.view().agents().agents().getFirst(), "agent").total();
    }
}
