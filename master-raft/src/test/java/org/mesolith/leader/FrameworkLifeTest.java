package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.StreamId;
import org.mesolith.state.FrameworkCommand.DisconnectFramework;
import org.mesolith.state.FrameworkCommand.TimeOutFramework;

/** Frameworks: subscription, takeover, absence, end. */
final class FrameworkLifeTest {
    private final Bed bed = new Bed();

    @Test
    void theFirstEventIsSubscribedWithIdHeartbeatAndMaster() {
        var stream = new StreamId("s");
        bed.subscribe(stream, Bed.framework(null, List.of("r"), Duration.ZERO), List.of());

        assertThat(bed.events(stream)).first().isInstanceOfSatisfying(SchedulerEvent.Subscribed.class, subscribed -> {
            assertThat(subscribed.heartbeat()).isEqualTo(Duration.ofSeconds(15));
            assertThat(subscribed.master().version()).isEqualTo("1.11.0");
            assertThat(subscribed.framework().value()).isNotEmpty();
        });
    }

    @Test
    void heartbeatsComeEveryFifteenSeconds() {
        var framework = bed.framework("r");

        bed.advance(Duration.ofSeconds(61));

        assertThat(bed.beats(framework.stream())).isEqualTo(5);
    }

    @Test
    void anIdThatTheFrameworkChoseItselfIsTaken() {
        var framework = bed.subscribe(Bed.framework("mine", List.of("r"), Duration.ZERO), List.of());

        assertThat(framework.id()).isEqualTo(new FrameworkId("mine"));
    }

    @Test
    void whoSubscribesLastTakesOverAndTheOldStreamHearsWhy() {
        bed.agent("h1", "cpus:2;mem:1024");
        var first = bed.framework("r");
        var offer = first.offers().getFirst();

        var second = first.again();
        bed.advance(Duration.ofSeconds(1));

        assertThat(first.events()).last().isEqualTo(new SchedulerEvent.Failed("Framework failed over"));
        assertThat(bed.isEnded(first.stream())).isTrue();
        assertThat(second.rescinds()).isEmpty();
        assertThat(second.offers())
                .singleElement()
                .satisfies(fresh -> assertThat(fresh.id()).isNotEqualTo(offer.id()));
        assertThat(first.call(new SchedulerCall.Revive(List.of()))).isInstanceOf(Reply.BadRequest.class);
    }

    @Test
    void theEndOfAReplacedStreamDisconnectsNobody() {
        var first = bed.framework("r");
        var second = first.again();

        first.cut();

        assertThat(bed.log.commands(DisconnectFramework.class)).isEmpty();
        assertThat(second.call(new SchedulerCall.Revive(List.of()))).isEqualTo(new Reply.Accepted());
    }

    @Test
    void withoutFailoverTimeoutAFrameworkEndsWithItsStream() {
        var framework = bed.subscribe(Bed.framework(null, List.of("r"), Duration.ZERO), List.of());

        framework.cut();

        assertThat(bed.log.commands(TimeOutFramework.class)).hasSize(1);
        assertThat(bed.view().frameworks().completed()).hasSize(1);
        bed.advance(Duration.ofSeconds(2));
        assertThat(bed.log.commands(TimeOutFramework.class)).hasSize(1);
    }

    @Test
    void aFrameworkThatComesBackInTimeKeepsItsTasks() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.subscribe(Bed.framework(null, List.of("r"), Duration.ofSeconds(10)), List.of());
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:512"));

        framework.cut();
        bed.advance(Duration.ofMillis(9500));
        agent.join(TestAgent.task(agent.launches().getFirst(), org.mesolith.model.TaskState.TASK_STAGING));
        var back = framework.again();
        bed.advance(Duration.ofSeconds(60));

        assertThat(bed.log.commands(TimeOutFramework.class)).isEmpty();
        assertThat(back.id()).isEqualTo(framework.id());
        assertThat(bed.view().tasks().active()).hasSize(1);
    }

    @Test
    void aFrameworkThatStaysAwayIsRemovedAndItsAgentsAreTold() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.subscribe(Bed.framework(null, List.of("r"), Duration.ofSeconds(10)), List.of());
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:512"));
        agent.launches();

        framework.cut();
        agent.live(12);

        assertThat(bed.log.commands(TimeOutFramework.class)).hasSize(1);
        assertThat(agent.heard(LinkMessage.ShutdownFramework.class)).hasSize(1);
    }

    @Test
    void anEndedFrameworkCannotSubscribeAgain() {
        var framework = bed.framework("r");
        framework.call(new SchedulerCall.Teardown());
        var stream = new StreamId("again");

        bed.subscribe(stream, Bed.framework(framework.id().value(), List.of("r"), Duration.ZERO), List.of());

        assertThat(bed.events(stream)).containsExactly(new SchedulerEvent.Failed("Framework has been removed"));
        assertThat(bed.isEnded(stream)).isTrue();
    }

    @Test
    void aTeardownEndsTheStreamAndTheTasksWithoutUpdates() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:512"));
        agent.launches();

        var reply = framework.call(new SchedulerCall.Teardown());

        assertThat(reply).isEqualTo(new Reply.Accepted());
        assertThat(bed.isEnded(framework.stream())).isTrue();
        assertThat(framework.states()).isEmpty();
        assertThat(agent.heard(LinkMessage.ShutdownFramework.class)).hasSize(1);
        assertThat(bed.view().tasks().active()).isEmpty();
    }

    @Test
    void losingTheLeaderIsNoDisconnectionOfAFramework() {
        bed.subscribe(Bed.framework(null, List.of("r"), Duration.ZERO), List.of());
        bed.failOver();

        bed.advance(Duration.ofSeconds(599));
        assertThat(bed.log.commands(DisconnectFramework.class)).isEmpty();
        bed.advance(Duration.ofSeconds(2));

        assertThat(bed.log.commands(DisconnectFramework.class)).hasSize(1);
        assertThat(bed.log.commands(TimeOutFramework.class)).hasSize(1);
    }

    @Test
    void aFrameworkThatWasAwayKeepsItsDeadlineButHasAtLeastTheGrace() {
        var framework = bed.subscribe(Bed.framework(null, List.of("r"), Duration.ofSeconds(30)), List.of());
        framework.cut();
        bed.advance(Duration.ofSeconds(10));
        bed.failOver();

        bed.advance(Duration.ofSeconds(599));
        assertThat(bed.log.commands(TimeOutFramework.class)).isEmpty();
        bed.advance(Duration.ofSeconds(2));

        assertThat(bed.log.commands(TimeOutFramework.class)).hasSize(1);
    }

    @Test
    void anOldStreamThatEndsDuringATakeoverLeavesTheFrameworkConnected() {
        var first = bed.framework("r");
        bed.log.hold();
        var info = Bed.framework(first.id().value(), List.of("r"), Duration.ofHours(1));
        bed.subscribe(new StreamId("second"), info, List.of());
        first.cut();
        bed.log.release();
        bed.advance(Duration.ofSeconds(2));

        var row = bed.log.registry().framework(first.id());
        assertThat(row).isNotNull();
        assertThat(row.disconnectedSince()).isNull();
        assertThat(bed.view().frameworks().frameworks()).singleElement().matches(view -> view.connected());
    }

    @Test
    void aDisconnectionThatGotLostIsProposedAgain() {
        var framework = bed.framework("r");
        bed.log.refuse(new org.mesolith.log.Proposed.Full());
        framework.cut();
        bed.log.refuse(null);

        bed.advance(Duration.ofSeconds(2));

        assertThat(bed.log.commands(DisconnectFramework.class)).hasSize(1);
    }

    @Test
    void aStreamThatIsFullIsEndedAndTheFrameworkIsDisconnected() {
        var framework = bed.framework("r");
        bed.fill(framework.stream());

        bed.advance(Duration.ofSeconds(16));

        assertThat(bed.isEnded(framework.stream())).isTrue();
        assertThat(bed.log.commands(DisconnectFramework.class)).hasSize(1);
    }

    @Test
    void aStreamThatClosesWhileItsSubscriptionIsDecidedLeavesADisconnectedFramework() {
        var stream = new StreamId("hasty");
        bed.log.hold();
        bed.subscribe(stream, Bed.framework("f", List.of("r"), Duration.ofHours(1)), List.of());
        bed.leaders().streamClosed(stream);
        bed.queue.settle();
        bed.log.release();
        bed.advance(Duration.ofSeconds(2));

        assertThat(bed.view().frameworks().frameworks()).singleElement().matches(view -> !view.connected());
        assertThat(bed.log.commands(DisconnectFramework.class)).hasSize(1);
    }

    @Test
    void callsAreCheckedInMesosOrder() {
        var framework = bed.framework("r");
        var revive = new SchedulerCall.Revive(List.of());
        var away = bed.framework("r");
        away.cut();

        assertThat(bed.call(null, null, revive)).isInstanceOf(Reply.BadRequest.class);
        assertThat(bed.call(new FrameworkId("nobody"), null, revive))
                .isEqualTo(new Reply.BadRequest("Framework cannot be found"));
        assertThat(bed.call(away.id(), null, revive)).isEqualTo(new Reply.Forbidden("Framework is not subscribed"));
        assertThat(bed.call(framework.id(), null, revive)).isInstanceOf(Reply.BadRequest.class);
        assertThat(bed.call(framework.id(), new StreamId("wrong"), revive)).isInstanceOf(Reply.BadRequest.class);
        assertThat(framework.call(revive)).isEqualTo(new Reply.Accepted());
        assertThat(framework.call(new SchedulerCall.NotSupported("REQUEST"))).isInstanceOf(Reply.NotSupported.class);
    }

    @Test
    void rolesThatAFrameworkLeavesLoseTheirOffers() {
        bed.agent("h1", "cpus:2;mem:1024");
        var info = Bed.framework(null, List.of("r"), Duration.ZERO);
        var framework = bed.subscribe(info, List.of());
        var offer = framework.offers().getFirst();
        var other = Bed.framework(framework.id().value(), List.of("other"), Duration.ZERO);

        var reply = framework.call(new SchedulerCall.UpdateFramework(
                other, List.of(), org.mesolith.model.Opaque.empty("mesos.v1.scheduler.OfferConstraints")));
        bed.advance(Duration.ofSeconds(1));

        assertThat(reply).isEqualTo(new Reply.Done());
        assertThat(framework.rescinds()).containsExactly(offer.id());
        assertThat(framework.offers())
                .singleElement()
                .matches(fresh -> fresh.role().equals("other"));
    }
}
