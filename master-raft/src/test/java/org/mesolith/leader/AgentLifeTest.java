package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.AgentTask;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.model.Fence;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;
import org.mesolith.state.AgentCommand.AdmitAgent;
import org.mesolith.state.AgentCommand.MarkAgentGone;
import org.mesolith.state.AgentCommand.MarkAgentsUnreachable;
import org.mesolith.state.AgentCommand.RemoveAgent;
import org.mesolith.state.MaintenanceCommand.DrainAgent;

/** Agents: joining, silence, return, leaving. */
final class AgentLifeTest {
    private final Bed bed = new Bed();

    @Test
    void anAgentThatComesBackUnchangedIsWelcomedWithoutAWordInTheLog() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var id = agent.id();
        agent.cut();

        var answer = agent.join();

        assertThat(answer).singleElement().isInstanceOf(LinkMessage.Welcome.class);
        assertThat(agent.id()).isEqualTo(id);
        assertThat(bed.log.commands(AdmitAgent.class)).hasSize(1);
    }

    @Test
    void heartbeatsGoToEveryAgentOnceASecond() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        agent.live(10);

        assertThat(bed.beats(agent.link())).isBetween(9, 11);
    }

    @Test
    void aSecondLinkOfAnAgentReplacesTheFirst() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var first = agent.link();

        agent.join();

        assertThat(bed.closed(first)).contains("another link");
        assertThat(bed.closed(agent.link())).isNull();
    }

    @Test
    void aSilentLinkIsGivenUpAfterThreeBeatsAndItsOffersAreTakenBack() {
        bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web");
        var offer = framework.offers().getFirst();

        bed.advance(Duration.ofSeconds(5));

        assertThat(framework.rescinds()).containsExactly(offer.id());
        assertThat(bed.log.commands(MarkAgentsUnreachable.class)).isEmpty();
    }

    @Test
    void anAgentIsUnreachableAfterSeventyFiveSecondsOfSilence() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web", FrameworkCapability.PARTITION_AWARE);
        launch(agent, framework);

        bed.advance(Duration.ofSeconds(74));
        assertThat(bed.log.commands(MarkAgentsUnreachable.class)).isEmpty();
        bed.advance(Duration.ofSeconds(3));

        assertThat(bed.log.commands(MarkAgentsUnreachable.class)).hasSize(1);
        var events = framework.events();
        assertThat(states(events)).containsExactly("t1:TASK_UNREACHABLE");
        assertThat(events).contains(new SchedulerEvent.Failure(agent.id(), null, null));
        assertThat(bed.view().tasks().unreachable()).hasSize(1);
        assertThat(bed.view().agents().agents()).isEmpty();
    }

    @Test
    void aFrameworkThatIsNotPartitionAwareReadsThatTheTaskIsLost() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web");
        launch(agent, framework);

        bed.advance(Duration.ofSeconds(80));

        assertThat(framework.states()).containsExactly("t1:TASK_LOST");
    }

    @Test
    void anUnreachableAgentThatReturnsBringsItsTasksBackWithTheirPresentStates() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web", FrameworkCapability.PARTITION_AWARE);
        var launch = launch(agent, framework);
        bed.advance(Duration.ofSeconds(80));
        framework.events();

        agent.join(TestAgent.task(launch, TaskState.TASK_RUNNING));
        agent.say(new LinkMessage.Tasks(List.of(TestAgent.task(launch, TaskState.TASK_RUNNING))));
        assertThat(framework.updates()).as("before a majority has it").isEmpty();

        agent.report(launch, TaskState.TASK_RUNNING, 1);
        var told = framework.updates();
        assertThat(told).hasSize(2).allMatch(status -> status.state() == TaskState.TASK_RUNNING);
        assertThat(told.getFirst().reason()).isEqualTo(StatusReason.REASON_AGENT_REREGISTERED);
        assertThat(told.getFirst().uuid()).isNull();
        assertThat(told.getLast().uuid()).isNotNull();
    }

    @Test
    void theEndOfATaskOnAReturningAgentIsToldWhenNoOlderUpdateIsToCome() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web", FrameworkCapability.PARTITION_AWARE);
        var launch = launch(agent, framework);
        bed.advance(Duration.ofSeconds(80));
        framework.events();
        var known = TestAgent.task(launch, TaskState.TASK_FINISHED);
        var ended = new AgentTask(known.key(), known.launchedAt(), known.state(), new Uuid(1, 2), true);

        agent.join(ended);
        agent.say(new LinkMessage.Tasks(List.of(ended)));
        assertThat(framework.updates()).as("before a majority has it").isEmpty();

        agent.report(launch, TaskState.TASK_FINISHED, 1);
        var told = framework.updates();
        assertThat(told).hasSize(2).allMatch(status -> status.state() == TaskState.TASK_FINISHED);
        assertThat(told.getFirst().reason()).isEqualTo(StatusReason.REASON_AGENT_REREGISTERED);
        assertThat(told.getFirst().uuid()).isNull();
        assertThat(told.getLast().uuid()).isNotNull();
    }

    @Test
    void whatAReturningAgentSaysOfAnEndIsNotAnsweredBeforeItIsInTheLog() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web", FrameworkCapability.PARTITION_AWARE);
        var launch = launch(agent, framework);
        bed.advance(Duration.ofSeconds(80));
        var known = TestAgent.task(launch, TaskState.TASK_FINISHED);
        var ended = new AgentTask(known.key(), known.launchedAt(), known.state(), new Uuid(1, 2), true);
        agent.join(ended);
        agent.say(new LinkMessage.Tasks(List.of(ended)));
        framework.events();

        framework.call(new SchedulerCall.Reconcile(List.of()));
        agent.report(launch, TaskState.TASK_FINISHED, 1);

        assertThat(states(framework.events()))
                .containsExactly("t1:TASK_STAGING", "t1:TASK_FINISHED", "t1:TASK_FINISHED");
    }

    @Test
    void aStateThatAReturningAgentBringsIsNotToldBeforeTheUpdatesThatLeadToIt() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web", FrameworkCapability.PARTITION_AWARE);
        var launch = launch(agent, framework);
        bed.advance(Duration.ofSeconds(80));
        framework.events();

        agent.join(TestAgent.task(launch, TaskState.TASK_RUNNING));
        agent.say(new LinkMessage.Tasks(List.of(TestAgent.task(launch, TaskState.TASK_RUNNING))));
        framework.call(new SchedulerCall.Reconcile(List.of()));
        agent.say(new LinkMessage.Statuses(
                List.of(agent.status(launch, TaskState.TASK_STARTING, TaskState.TASK_RUNNING, 1))));
        bed.advance(Duration.ofMillis(5));
        framework.call(new SchedulerCall.Reconcile(List.of()));
        agent.report(launch, TaskState.TASK_RUNNING, 2);

        assertThat(framework.updates())
                .extracting(status -> status.state() + " " + status.reason())
                .containsExactly(
                        "TASK_STAGING REASON_RECONCILIATION",
                        "TASK_STARTING null",
                        "TASK_STARTING REASON_RECONCILIATION",
                        "TASK_RUNNING REASON_AGENT_REREGISTERED",
                        "TASK_RUNNING null");
    }

    @Test
    void theEndOfATaskOnAReturningAgentIsLeftToTheAgentsOlderUpdates() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web", FrameworkCapability.PARTITION_AWARE);
        var launch = launch(agent, framework);
        bed.advance(Duration.ofSeconds(80));
        framework.events();

        agent.join(TestAgent.task(launch, TaskState.TASK_FINISHED));
        agent.say(new LinkMessage.Tasks(List.of(TestAgent.task(launch, TaskState.TASK_FINISHED))));

        assertThat(framework.updates()).isEmpty();
    }

    @Test
    void theEndOfATaskThatTheMastersKnowIsLeftToTheAgentsOlderUpdatesToo() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web", FrameworkCapability.PARTITION_AWARE);
        var launch = launch(agent, framework);
        agent.say(new LinkMessage.Statuses(
                List.of(agent.status(launch, TaskState.TASK_STARTING, TaskState.TASK_KILLED, 1))));
        bed.advance(Duration.ofSeconds(80));
        framework.events();

        agent.join(TestAgent.task(launch, TaskState.TASK_KILLED));

        assertThat(framework.updates()).isEmpty();
    }

    @Test
    void aFrameworkIsNotToldLessOfAReturnedTaskThanItHasHeard() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web", FrameworkCapability.PARTITION_AWARE);
        var launch = launch(agent, framework);
        agent.report(launch, TaskState.TASK_RUNNING, 1);
        bed.advance(Duration.ofSeconds(80));
        framework.events();

        agent.join(TestAgent.task(launch, TaskState.TASK_STARTING));
        agent.say(new LinkMessage.Tasks(List.of(TestAgent.task(launch, TaskState.TASK_STARTING))));

        assertThat(framework.states()).containsExactly("t1:TASK_RUNNING");
    }

    @Test
    void anAgentNotHeardSinceTheLeaderChangedHasTenMinutes() {
        bed.agent("h1", "cpus:2;mem:1024");
        bed.failOver();

        bed.advance(Duration.ofSeconds(599));
        assertThat(bed.log.commands(MarkAgentsUnreachable.class)).isEmpty();
        assertThat(bed.view().agents().recovered()).hasSize(1);
        bed.advance(Duration.ofSeconds(3));

        assertThat(bed.log.commands(MarkAgentsUnreachable.class)).hasSize(1);
    }

    @Test
    void theSeventyFiveSecondsCountOnlyOnceTheLinkWasUpInThisTerm() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        bed.failOver();
        agent.join();
        agent.cut();

        bed.advance(Duration.ofSeconds(77));

        assertThat(bed.log.commands(MarkAgentsUnreachable.class)).hasSize(1);
    }

    @Test
    void withARateLimitOneAgentBecomesUnreachableAtATime() {
        var limited = new Bed(settings -> Bed.removing(settings, Duration.ofMinutes(10)));
        limited.agent("h1", "cpus:2;mem:1024");
        limited.agent("h2", "cpus:2;mem:1024");

        limited.advance(Duration.ofSeconds(80));
        assertThat(limited.log.commands(MarkAgentsUnreachable.class)).hasSize(1);
        limited.advance(Duration.ofMinutes(10));

        assertThat(limited.log.commands(MarkAgentsUnreachable.class)).hasSize(2);
    }

    @Test
    void aMarkThatGotLostIsProposedAgain() {
        bed.agent("h1", "cpus:2;mem:1024");
        bed.log.refuse(new org.mesolith.log.Proposed.Full());
        bed.advance(Duration.ofSeconds(80));
        bed.log.refuse(null);

        bed.advance(Duration.ofSeconds(2));

        assertThat(bed.log.commands(MarkAgentsUnreachable.class)).hasSize(1);
    }

    @Test
    void anAgentThatCameBackWhileItWasBeingMarkedIsAskedToJoinAgain() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        agent.cut();
        bed.advance(Duration.ofSeconds(74));
        bed.log.hold();
        bed.advance(Duration.ofSeconds(2));
        agent.join();
        bed.log.release();

        assertThat(bed.closed(agent.link())).contains("join again");
        assertThat(agent.join()).singleElement().isInstanceOf(LinkMessage.Welcome.class);
        assertThat(bed.view().agents().agents()).hasSize(1);
    }

    @Test
    void anAgentThatLeavesLosesItsTasks() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web");
        launch(agent, framework);

        agent.say(new LinkMessage.Leave());

        assertThat(bed.log.commands(RemoveAgent.class)).hasSize(1);
        assertThat(framework.states()).containsExactly("t1:TASK_LOST");
        assertThat(bed.view().agents().agents()).isEmpty();
    }

    @Test
    void anAgentMarkedGoneIsRefusedForGood() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web", FrameworkCapability.PARTITION_AWARE);
        launch(agent, framework);

        bed.log.order(new MarkAgentGone(agent.id()));

        assertThat(agent.heard(LinkMessage.Refuse.class)).singleElement().matches(LinkMessage.Refuse::forGood);
        assertThat(framework.states()).containsExactly("t1:TASK_GONE_BY_OPERATOR");
        assertThat(agent.join())
                .singleElement()
                .isInstanceOfSatisfying(
                        LinkMessage.Refuse.class,
                        refusal -> assertThat(refusal.forGood()).isTrue());
    }

    @Test
    void anAgentWhoseReturnEndsTheDrainThatMarksItGoneIsRefusedForGood() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        agent.cut();
        bed.advance(Duration.ofSeconds(77));
        bed.log.order(new DrainAgent(agent.id(), null, true));

        var answer = agent.join();

        assertThat(bed.log.commands(AdmitAgent.class)).hasSize(2);
        assertThat(answer)
                .singleElement()
                .isInstanceOfSatisfying(
                        LinkMessage.Refuse.class,
                        refusal -> assertThat(refusal.forGood()).isTrue());
        assertThat(bed.closed(agent.link())).contains("marked gone");
    }

    @Test
    void nothingOfAnAgentIsOfferedWhileItsTasksUseMoreThanItCameBackWith() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web");
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:2;mem:512"));
        agent.cut();
        framework.events();

        var smaller = new TestAgent(bed, Bed.info("h1", "cpus:1;mem:1024"));
        smaller.rejoin(agent.id());
        bed.advance(Duration.ofSeconds(1));

        assertThat(framework.offers()).isEmpty();
    }

    @Test
    void anAgentOfAnotherClusterIsRefused() {
        var agent = new TestAgent(bed, Bed.info("h1", "cpus:1"));
        bed.say(agent.link(), new LinkMessage.Join(null, Bed.info("h1", "cpus:1"), new Fence("other", 1, 1, 9), 0, 0));

        assertThat(agent.heard(LinkMessage.Refuse.class)).singleElement().matches(refusal -> !refusal.forGood());
        assertThat(bed.log.commands(AdmitAgent.class)).isEmpty();
    }

    @Test
    void anAgentUnderTheIdOfOneThatWasHeardAMomentAgoIsRefusedUntilThatOneIsSilent() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var twin = new TestAgent(bed, Bed.info("h1", "cpus:2;mem:1024", 5052));

        var atOnce = twin.rejoin(agent.id());
        bed.advance(Duration.ofSeconds(4));
        var later = twin.rejoin(agent.id());

        assertThat(atOnce).singleElement().isInstanceOfSatisfying(LinkMessage.Refuse.class, refusal -> {
            assertThat(refusal.forGood()).isFalse();
            assertThat(refusal.why()).contains("was its work directory copied?");
        });
        assertThat(later).first().isInstanceOf(LinkMessage.Welcome.class);
    }

    @Test
    void aChangedAgentIsAdmittedAnew() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("web");
        framework.offers();
        agent.cut();

        var larger = new TestAgent(bed, Bed.info("h1", "cpus:8;mem:1024"));
        larger.rejoin(agent.id());
        bed.advance(Duration.ofSeconds(1));

        assertThat(bed.log.commands(AdmitAgent.class)).hasSize(2);
        assertThat(framework.offers())
                .singleElement()
                .satisfies(offer -> assertThat(offer.resources().milli("cpus")).isEqualTo(8000));
    }

    private static LinkMessage.Launch launch(TestAgent agent, TestFramework framework) {
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:512"));
        return agent.launches().getFirst();
    }

    private static List<String> states(List<SchedulerEvent> events) {
        return events.stream()
                .filter(SchedulerEvent.Update.class::isInstance)
                .map(event -> ((SchedulerEvent.Update) event).status())
                .map((TaskStatus status) -> status.task() + ":" + status.state())
                .toList();
    }
}
