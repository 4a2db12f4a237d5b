package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.SchedulerCall;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskState;

/** The whole way of a task, once. */
final class ThinPathTest {
    private final Bed bed = new Bed();

    @Test
    void anAgentThatJoinsIsWelcomedUnderANewId() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");

        assertThat(agent.id().value()).isNotEmpty();
        assertThat(bed.view().agents().agents()).hasSize(1);
        assertThat(bed.view().agents().agents().getFirst().active()).isTrue();
    }

    @Test
    void aFrameworkThatSubscribesIsOfferedTheWholeAgent() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web");

        var offers = framework.offers();

        assertThat(offers).hasSize(1);
        assertThat(offers.getFirst().agent()).isEqualTo(agent.id());
        assertThat(offers.getFirst().resources())
                .isEqualTo(Resources.parse("cpus:2;mem:1024").allocatedTo("web"));
    }

    @Test
    void aTaskGoesFromOfferToAcknowledgedEnd() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web");
        var offer = framework.offers().getFirst();

        var reply = framework.launch(offer, TestFramework.task("t1", agent.id(), "cpus:1;mem:512"));
        var launch = agent.launches().getFirst();
        var running = agent.report(launch, TaskState.TASK_RUNNING, 1);
        framework.call(new SchedulerCall.Acknowledge(agent.id(), launch.key().task(), running));
        var finished = agent.report(launch, TaskState.TASK_FINISHED, 2);
        framework.call(new SchedulerCall.Acknowledge(agent.id(), launch.key().task(), finished));
        bed.advance(Duration.ofMillis(5));

        assertThat(reply).isEqualTo(new Reply.Accepted());
        assertThat(launch.resources())
                .isEqualTo(Resources.parse("cpus:1;mem:512").allocatedTo("web"));
        assertThat(framework.states()).containsExactly("t1:TASK_RUNNING", "t1:TASK_FINISHED");
        assertThat(agent.heard(LinkMessage.AcknowledgeStatus.class))
                .extracting(LinkMessage.AcknowledgeStatus::uuid)
                .containsExactly(running, finished);
        assertThat(bed.view().tasks().active()).isEmpty();
        assertThat(bed.view().tasks().completed()).hasSize(1);
    }

    @Test
    void aTaskIsStillKnownToTheNextLeaderWhichOffersWhatIsFree() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web");
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:512"));
        var launch = agent.launches().getFirst();
        agent.report(launch, TaskState.TASK_RUNNING, 1);
        var before = bed.view().tasks();

        bed.failOver();
        var answer = agent.join(TestAgent.task(launch, TaskState.TASK_RUNNING));
        var back = framework.again();

        assertThat(bed.view().tasks()).isEqualTo(before);
        assertThat(answer).hasSize(1).first().isInstanceOf(LinkMessage.Welcome.class);
        assertThat(back.offers())
                .singleElement()
                .satisfies(offer -> assertThat(offer.resources())
                        .isEqualTo(Resources.parse("cpus:1;mem:512").allocatedTo("web")));
    }

    @Test
    void anOfferOfAnOlderTermIsNeverAccepted() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web");
        var old = framework.offers().getFirst();

        bed.failOver();
        agent.join();
        var back = framework.again();
        back.launch(List.of(old.id()), TestFramework.task("t1", agent.id(), "cpus:1"));

        assertThat(back.states()).containsExactly("t1:TASK_LOST");
        assertThat(agent.launches()).isEmpty();
    }
}
