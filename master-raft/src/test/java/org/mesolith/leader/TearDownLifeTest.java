package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorCall;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.StatusReason;

/** An operator ends a framework. */
final class TearDownLifeTest {
    private final Bed bed = new Bed();
    private final TestAgent agent = bed.agent("h1", "cpus:8;mem:4096");
    private final TestFramework framework = bed.framework("r", FrameworkCapability.PARTITION_AWARE);

    @Test
    void theFrameworkEndsWithItsTasksWhetherItIsThereOrNot() {
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:64"));
        framework.cut();

        assertThat(bed.operator(new OperatorCall.TearDown(framework.id()))).isEqualTo(new Reply.Done());

        assertThat(bed.view().frameworks().frameworks()).isEmpty();
        assertThat(bed.view().frameworks().completed()).hasSize(1);
        assertThat(bed.view().tasks().active()).isEmpty();
        assertThat(bed.view().tasks().completed())
                .singleElement()
                .satisfies(task -> assertThat(task.statuses().getLast().reason())
                        .isEqualTo(StatusReason.REASON_FRAMEWORK_REMOVED));
        assertThat(agent.heard(LinkMessage.ShutdownFramework.class)).isNotEmpty();
    }

    @Test
    void oneThatIsNotThereIsRefusedWithTheReason() {
        assertThat(bed.operator(new OperatorCall.TearDown(new FrameworkId("nobody"))))
                .isInstanceOf(Reply.BadRequest.class)
                .asString()
                .contains("No framework found with specified ID nobody");

        bed.operator(new OperatorCall.TearDown(framework.id()));
        assertThat(bed.operator(new OperatorCall.TearDown(framework.id())))
                .asString()
                .contains("has ended already");
    }
}
