package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.TaskState;

/** An agent told the end of a task, could not write it down, and knows nothing of the task any more. */
final class ForgottenEndsTest {
    private final Bed bed = new Bed();
    private final TestAgent agent = bed.agent("h1", "cpus:8;mem:4096");
    private final TestFramework framework = bed.framework("r", FrameworkCapability.PARTITION_AWARE);

    private LinkMessage.Launch launch() {
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:64"));
        return agent.launches().getFirst();
    }

    private void comesBackWithNothing() {
        agent.join();
        agent.say(new LinkMessage.Tasks(List.of()));
        bed.advance(Duration.ofMillis(5));
    }

    private void nothingIsLeft() {
        assertThat(bed.view().tasks().active()).isEmpty();
        assertThat(bed.view().tasks().completed()).hasSize(1);
    }

    @Test
    void theFrameworkIsToldAndTheTaskIsCompleted() {
        agent.report(launch(), TaskState.TASK_FAILED, 1);
        framework.events();

        comesBackWithNothing();

        assertThat(framework.states()).containsExactly("t1:TASK_FAILED");
        nothingIsLeft();
    }

    @Test
    void aFrameworkThatIsAwayIsToldWhenItIsBackAndNotBefore() {
        agent.report(launch(), TaskState.TASK_FAILED, 1);
        framework.cut();

        comesBackWithNothing();
        assertThat(bed.view().tasks().active()).hasSize(1);
        var back = framework.again();
        bed.advance(Duration.ofMillis(5));

        assertThat(back.states()).containsExactly("t1:TASK_FAILED");
        nothingIsLeft();
    }

    @Test
    void theNextLeaderTellsItWhenThisOneCouldNot() {
        agent.report(launch(), TaskState.TASK_FAILED, 1);
        framework.cut();
        comesBackWithNothing();

        bed.failOver();
        comesBackWithNothing();
        var back = framework.again();
        bed.advance(Duration.ofMillis(5));

        assertThat(back.states()).containsExactly("t1:TASK_FAILED");
        nothingIsLeft();
    }

    @Test
    void aFrameworkThatEndsMeanwhileIsOwedNothing() {
        agent.report(launch(), TaskState.TASK_FAILED, 1);
        framework.cut();
        comesBackWithNothing();

        bed.advance(Duration.ofHours(3));
        comesBackWithNothing();

        assertThat(bed.view().tasks().active()).isEmpty();
    }
}
