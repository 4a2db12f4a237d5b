package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.ExecutorLaunch;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskState;
import org.mesolith.state.row.ExecutorRow;

/** Executors of frameworks as the leader sees them: launched, spoken to, ended, looked for. */
final class ExecutorLifeTest {
    private static final ExecutorId E = new ExecutorId("e");

    private final Bed bed = new Bed();
    private final TestAgent agent = bed.agent("host", "cpus:4;mem:1024");
    private final TestFramework framework = bed.framework("r");

    /** The agent comes back with software that knows executors. */
    private void modern() {
        bed.lose(agent.link());
        agent.rejoin(new LinkMessage.Software(LinkMessage.Software.EXECUTORS, "0.1.0"));
    }

    private static TaskLaunch under(TaskLaunch task) {
        var executor = new ExecutorLaunch(
                E,
                ExecutorLaunch.Kind.CUSTOM,
                Resources.parse("cpus:0.5;mem:64"),
                new Opaque("mesos.v1.ExecutorInfo", new byte[] {1}));
        return new TaskLaunch(
                task.task(), task.name(), task.agent(), task.resources(), executor, task.problems(), task.taskInfo());
    }

    private LinkMessage.Launch launch(String task) {
        bed.advance(Duration.ofSeconds(2));
        agent.beat();
        var offer = framework.offers().getLast();
        framework.launch(offer, under(TestFramework.task(task, agent.id(), "cpus:1;mem:64")));
        return agent.launches().getFirst();
    }

    private List<ExecutorRow> rows() {
        return bed.view().registry().executorsOfAgent(agent.id());
    }

    private LinkMessage.ExecutorRun run() {
        return new LinkMessage.ExecutorRun(framework.id(), E, rows().getFirst().launchedAt());
    }

    private List<SchedulerEvent.Failure> failures() {
        return framework.events().stream()
                .filter(SchedulerEvent.Failure.class::isInstance)
                .map(SchedulerEvent.Failure.class::cast)
                .toList();
    }

    @Test
    void aLaunchNamesTheRunOfItsExecutor() {
        modern();

        var order = launch("t");

        assertThat(rows()).hasSize(1);
        assertThat(order.under())
                .isEqualTo(new LinkMessage.Launch.Under(E, rows().getFirst().launchedAt()));
        assertThat(bed.view().registry().allocated(agent.id()).unallocated()).hasToString("cpus:1.5;mem:128");
    }

    @Test
    void anAgentOfAnOlderLevelIsNotSentItAndTheTaskEndsWithTheReason() {
        bed.advance(Duration.ofSeconds(2));
        agent.beat();
        framework.launch(framework.offers().getLast(), under(TestFramework.task("t", agent.id(), "cpus:1;mem:64")));
        bed.advance(Duration.ofMillis(10));

        assertThat(agent.launches()).isEmpty();
        assertThat(framework.updates()).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(TaskState.TASK_FAILED);
            assertThat(status.message()).contains("knows no executors").contains("upgrade it");
        });
        assertThat(rows()).isEmpty();
    }

    @Test
    void theEndOfAnExecutorIsToldOnceAcknowledgedAlwaysAndGivesBackWhatItHeld() {
        modern();
        launch("t");
        var ended = new LinkMessage.ExecutorEnded(run(), 256, "Command exited with status 1");

        agent.say(ended);
        bed.advance(Duration.ofMillis(10));
        assertThat(failures()).containsExactly(new SchedulerEvent.Failure(agent.id(), E, 256));
        agent.say(ended);
        bed.advance(Duration.ofMillis(10));

        assertThat(failures()).isEmpty();
        assertThat(agent.heard(LinkMessage.AcknowledgeExecutor.class)).hasSize(2);
        assertThat(rows()).isEmpty();
        assertThat(bed.view().registry().allocated(agent.id()).unallocated()).hasToString("cpus:1;mem:64");
    }

    @Test
    void anExecutorThatItsAgentDoesNotListIsOverUnlessATaskIsOnItsWay() {
        modern();
        var order = launch("t");
        agent.say(new LinkMessage.Executors(List.of()));
        bed.advance(Duration.ofMillis(10));
        assertThat(rows()).hasSize(1);

        agent.report(order, TaskState.TASK_RUNNING, 1);
        agent.say(new LinkMessage.Executors(List.of()));
        bed.advance(Duration.ofMillis(10));

        assertThat(rows()).isEmpty();
        assertThat(failures()).containsExactly(new SchedulerEvent.Failure(agent.id(), E, -1));
    }

    @Test
    void anExecutorThatNobodyWasPromisedIsShutDown() {
        modern();

        agent.say(
                new LinkMessage.Executors(List.of(new LinkMessage.ExecutorRun(framework.id(), E, new Position(3, 0)))));

        assertThat(agent.heard(LinkMessage.ShutdownExecutor.class)).hasSize(1);
    }

    @Test
    void messagesAndShutdownsAreHandedOnOrDroppedSilently() {
        modern();
        launch("t");
        var nowhere = Bed.id("nowhere");

        assertThat(framework.call(new SchedulerCall.Message(agent.id(), E, new byte[] {1})))
                .isEqualTo(new Reply.Accepted());
        assertThat(framework.call(new SchedulerCall.Message(nowhere, E, new byte[] {1})))
                .isEqualTo(new Reply.Accepted());
        assertThat(framework.call(new SchedulerCall.Shutdown(E, agent.id()))).isEqualTo(new Reply.Accepted());
        assertThat(framework.call(new SchedulerCall.Shutdown(E, nowhere))).isEqualTo(new Reply.Accepted());
        assertThat(framework.call(new SchedulerCall.Request())).isEqualTo(new Reply.Accepted());
        agent.say(new LinkMessage.ExecutorSaid(framework.id(), E, new byte[] {2}));

        assertThat(bed.messages(agent.link()))
                .hasOnlyElementsOfTypes(LinkMessage.TellExecutor.class, LinkMessage.ShutdownExecutor.class)
                .hasSize(2);
        assertThat(framework.events())
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                SchedulerEvent.Message.class,
                                message -> assertThat(message.data()).containsExactly(2)));
        assertThat(bed.metrics())
                .containsEntry("master/messages_framework_to_executor", 2.0)
                .containsEntry("master/valid_framework_to_executor_messages", 1.0)
                .containsEntry("master/invalid_framework_to_executor_messages", 1.0)
                .containsEntry("master/messages_executor_to_framework", 1.0)
                .containsEntry("master/messages_resource_request", 1.0)
                .containsEntry("master/dropped_messages", 1.0);
    }

    @Test
    void anExecutorIsShownUntilItsAgentIsSilent() {
        modern();
        launch("t");

        assertThat(bed.view().executors().executors())
                .singleElement()
                .satisfies(shown -> assertThat(shown.agent()).isEqualTo(agent.id()));
    }
}
