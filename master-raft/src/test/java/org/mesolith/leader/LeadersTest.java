package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorCall;
import org.mesolith.leader.event.Caller;
import org.mesolith.leader.event.Reply;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.Proposed;
import org.mesolith.model.Weight;

/** The present leadership: who may call it, and what its end means to those who do. */
final class LeadersTest {
    private static final OperatorCall WRITE = new OperatorCall.UpdateWeights(List.of(Weight.of("r", 2)));

    private final Bed bed = new Bed();

    @Test
    void aMasterThatDoesNotLeadSaysWhoDoes() {
        bed.leaders().onStepDown();
        bed.leaders().onLeaderKnown(new MemberAddress("m2", "host2", 5051, 5050));
        bed.queue.settle();

        assertThat(bed.operator(WRITE)).isEqualTo(new Reply.NotLeader("host2:5050"));
        assertThat(bed.leaders().standing()).isEqualTo(new Standing.Following("host2:5050"));
    }

    @Test
    void aMasterThatWasElectedAndIsNotReadyAsksForAMoment() {
        bed.leaders().onStepDown();
        bed.leaders().onLeaderKnown(new MemberAddress("m1", "host1", 5051, 5050));
        bed.queue.settle();

        assertThat(bed.operator(WRITE)).isEqualTo(new Reply.NotReady());
    }

    @Test
    void whoWaitsWhenTheTermEndsIsToldThatTheOutcomeIsUnknown() {
        var replies = new ArrayList<Reply>();
        bed.log.hold();
        bed.leaders().ask(WRITE, Caller.anonymous("x"), replies::add);
        bed.queue.settle();

        bed.leaders().onStepDown();
        bed.queue.settle();

        assertThat(replies).containsExactly(new Reply.OutcomeUnknown());
    }

    @Test
    void whoseCallTheLogRefusedWhenTheTermEndedIsToldThatNothingHappened() {
        var replies = new ArrayList<Reply>();
        bed.log.hold();
        bed.leaders().ask(WRITE, Caller.anonymous("x"), replies::add);
        bed.queue.settle();

        // The log tells both at one moment, on two threads: the end of the term may be heard first.
        bed.leaders().onStepDown();
        bed.log.refuseHeld(new Proposed.NotLeader(null));
        bed.leaders().onLeaderKnown(new MemberAddress("m2", "host2", 5051, 5050));
        bed.queue.settle();

        assertThat(replies).containsExactly(new Reply.NotLeader("host2:5050"));
    }

    @Test
    void aCallThatComesWhileTheTermEndsIsNotPerformed() {
        var replies = new ArrayList<Reply>();
        bed.leaders().ask(WRITE, Caller.anonymous("x"), replies::add);
        bed.leaders().onLeaderKnown(new MemberAddress("m2", "host2", 5051, 5050));
        bed.leaders().onStepDown();
        int commands = bed.log.commands().size();

        bed.queue.settle();

        assertThat(replies).containsExactly(new Reply.NotLeader("host2:5050"));
        assertThat(bed.log.commands()).hasSize(commands);
    }

    @Test
    void streamsAndLinksEndWithTheTerm() {
        var agent = bed.agent("h1", "cpus:1;mem:64");
        var framework = bed.framework("r");

        bed.leaders().onStepDown();
        bed.queue.settle();

        assertThat(bed.isEnded(framework.stream())).isTrue();
        assertThat(agent.heard(LinkMessage.GoingAway.class)).hasSize(1);
        assertThat(bed.closed(agent.link())).isNotNull();
    }

    @Test
    void aLateAnswerOfAnOldTermReachesNobody() {
        var replies = new ArrayList<Reply>();
        bed.log.hold();
        bed.leaders().ask(WRITE, Caller.anonymous("x"), replies::add);
        bed.queue.settle();
        bed.failOver();
        bed.log.release();
        bed.advance(Duration.ofSeconds(5));

        assertThat(replies).hasSize(1);
    }

    @Test
    void anAgentThatCallsAMasterThatDoesNotLeadIsSentAway() {
        bed.leaders().onStepDown();
        bed.queue.settle();
        var agent = new TestAgent(bed, Bed.info("h1", "cpus:1"));

        assertThat(agent.join()).isEmpty();
        assertThat(bed.closed(agent.link())).contains("does not lead");
    }

    @Test
    void readsShareOneViewUntilSomethingChanges() {
        var first = bed.view();
        var second = bed.view();
        bed.agent("h1", "cpus:1;mem:64");
        var third = bed.view();

        assertThat(second).isSameAs(first);
        assertThat(third).isNotSameAs(first);
    }

    @Test
    void readsAreEqualBeforeAndAfterAFailover() {
        var agent = bed.agent("h1", "cpus:4;mem:640");
        var framework = bed.framework("r");
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:4;mem:640"));
        var launch = agent.launches().getFirst();
        bed.operator(WRITE);
        var before = bed.view();

        bed.failOver();
        agent.join(TestAgent.task(launch, org.mesolith.model.TaskState.TASK_STAGING));
        framework.again();
        var after = bed.view();

        assertThat(after.tasks()).isEqualTo(before.tasks());
        assertThat(after.agents()).isEqualTo(before.agents());
        assertThat(after.weights()).isEqualTo(before.weights());
        assertThat(after.roles(null)).isEqualTo(before.roles(null));
        assertThat(after.frameworks().frameworks().getFirst().allocated())
                .isEqualTo(before.frameworks().frameworks().getFirst().allocated());
    }

    @Test
    void aRequestKeyMakesACallHappenOnce() {
        var replies = new ArrayList<Reply>();
        var caller = new Caller("ops", "x", "key-1");
        bed.leaders().ask(WRITE, caller, replies::add);
        bed.leaders().ask(WRITE, caller, replies::add);
        bed.queue.settle();

        assertThat(replies).containsExactly(new Reply.Done(), new Reply.Done());
        assertThat(bed.log.registry().requestCount()).isEqualTo(1);
    }

    @Test
    void aCallThatIsRepeatedUnderItsKeyIsAnsweredAsBeforeThoughItCouldNotBeDoneNow() {
        var agent = bed.agent("h1", "cpus:2;mem:1024").id();
        var caller = new Caller("ops", "x", "key-1");
        var deactivate = new OperatorCall.DeactivateAgent(agent);
        var reactivate = new OperatorCall.ReactivateAgent(agent);
        bed.operator(deactivate);
        var replies = new ArrayList<Reply>();
        bed.leaders().ask(reactivate, caller, replies::add);
        bed.queue.settle();
        bed.failOver();

        bed.leaders().ask(reactivate, caller, replies::add);
        bed.leaders().ask(reactivate, new Caller("others", "x", "key-1"), replies::add);
        bed.leaders().ask(deactivate, caller, replies::add);
        bed.queue.settle();

        assertThat(replies.subList(0, 2)).containsExactly(new Reply.Done(), new Reply.Done());
        assertThat(replies.get(2)).isInstanceOf(Reply.BadRequest.class);
        assertThat(replies.get(3)).isInstanceOf(Reply.Conflict.class);
    }

    @Test
    void aRequestKeyThatIsTooLongIsRefused() {
        var replies = new ArrayList<Reply>();
        bed.leaders().ask(WRITE, new Caller("ops", "x", "k".repeat(300)), replies::add);
        bed.queue.settle();

        assertThat(replies).singleElement().isInstanceOf(Reply.BadRequest.class);
    }

    @Test
    void unsupportedCallsAreSaidToBeSo() {
        assertThat(bed.operator(new OperatorCall.NotSupported("DRAIN_AGENT"))).isInstanceOf(Reply.NotSupported.class);
        assertThat(bed.operator(new OperatorCall.Unknown())).isInstanceOf(Reply.NotSupported.class);
    }
}
