package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.base.Check;
import org.mesolith.leader.event.Caller;
import org.mesolith.leader.event.Reply;
import org.mesolith.log.Barrier;
import org.mesolith.model.Filters;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.TaskState;
import org.mesolith.model.Unavailability;
import org.mesolith.state.row.AgentRow;

/** Operators, agents and frameworks who want things of one agent, machine, role or framework at the same moment. */
final class OperatorRacesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Caller OPERATOR = Caller.anonymous("10.0.0.8");

    private final Bed bed = new Bed();

    private AgentRow row(TestAgent agent) {
        return Check.present(bed.log.registry().agent(agent.id()), "row");
    }

    /** All of them are on their way into the log before the first is decided. */
    private List<Reply> together(OperatorCall... calls) {
        var replies = new ArrayList<Reply>();
        bed.log.hold();
        for (var call : calls) {
            bed.leaders().ask(call, OPERATOR, replies::add);
        }
        bed.queue.settle();
        assertThat(replies).isEmpty();
        bed.log.release();
        return replies;
    }

    private LinkMessage.Launch launched(TestFramework framework, TestAgent agent) {
        framework.launch(framework.offers().getFirst(), TestFramework.task("t", agent.id(), "cpus:1;mem:64"));
        return agent.launches().getFirst();
    }

    // ---- a leader that may have been replaced

    @Test
    void whatIsToBeRefusedIsLookedAtAgainOnceItIsKnownThatThisMasterLedThen() {
        var unknown = new Bed().agent("h1", "cpus:8").id();
        var replies = new ArrayList<Reply>();
        bed.log.holdReaders();
        bed.leaders().ask(new OperatorCall.DeactivateAgent(unknown), OPERATOR, replies::add);
        bed.queue.settle();
        assertThat(replies).isEmpty();

        assertThat(bed.agent("h1", "cpus:8").id()).isEqualTo(unknown);
        bed.log.answerReaders(new Barrier.Reached(bed.log.registry().at().index()));

        assertThat(replies).containsExactly(new Reply.Done());
        assertThat(Check.present(bed.log.registry().agent(unknown), "row").deactivated())
                .isTrue();
    }

    @Test
    void nothingIsRefusedByOneThatMayNotLead() {
        var unknown = new Bed().agent("h1", "cpus:8").id();
        var replies = new ArrayList<Reply>();
        for (var barrier : List.of(new Barrier.NotLeader(null), new Barrier.Failed("nobody answers"))) {
            bed.log.holdReaders();
            bed.leaders().ask(new OperatorCall.DeactivateAgent(unknown), OPERATOR, replies::add);
            bed.queue.settle();
            bed.log.answerReaders(barrier);
        }
        assertThat(replies).containsExactly(new Reply.NotLeader(null), new Reply.NotReady());
        bed.leaders().ask(new OperatorCall.DeactivateAgent(unknown), OPERATOR, replies::add);
        bed.queue.settle();
        assertThat(replies.getLast().toString()).contains(unknown.toString());
    }

    // ---- quota

    @Test
    void ofTwoOperatorsWhoSetOneQuotaTheLastHasItWhole() {
        bed.agent("h1", "cpus:8;mem:4096");
        var limits = new TreeMap<String, Long>();
        limits.put("mem", 100_000L);
        var first = new Quota("ads", Quantities.parse("cpus:2"), QuantityLimits.NONE);
        var second = new Quota("ads", Quantities.NONE, new QuantityLimits(limits));

        var replies = together(
                new OperatorCall.UpdateQuota(List.of(first), false),
                new OperatorCall.UpdateQuota(List.of(second), false));

        assertThat(replies).containsExactly(new Reply.Done(), new Reply.Done());
        assertThat(bed.log.registry().quota("ads")).isEqualTo(second);
    }

    @Test
    void ofTwoGuaranteesThatDoNotFitTogetherTheSecondIsRefusedWithTheResource() {
        bed.agent("h1", "cpus:8;mem:4096");
        var first = new Quota("ads", Quantities.parse("cpus:5;mem:64"), QuantityLimits.NONE);
        var second = new Quota("web", Quantities.parse("cpus:5;mem:64"), QuantityLimits.NONE);

        var replies = together(
                new OperatorCall.UpdateQuota(List.of(first), false),
                new OperatorCall.UpdateQuota(List.of(second), false));

        assertThat(replies.getFirst()).isEqualTo(new Reply.Done());
        assertThat(replies.getLast().toString()).contains("cpus").doesNotContain("mem");
        assertThat(bed.log.registry().quota("web").isNone()).isTrue();
    }

    // ---- draining

    @Test
    void aDrainWaitsForAFrameworkThatIsAwayAndEndsWhenItIsBackOrGivenUp() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        var launch = launched(framework, agent);
        framework.cut();

        assertThat(bed.operator(new OperatorCall.DrainAgent(agent.id(), null, false)))
                .isEqualTo(new Reply.Done());
        var uuid = agent.report(launch, TaskState.TASK_KILLED, 1);
        agent.live(5);
        assertThat(row(agent).isDraining()).isTrue();
        var again = framework.again();
        agent.report(launch, TaskState.TASK_KILLED, 1);
        assertThat(again.states()).contains("t:TASK_KILLED");
        again.call(new SchedulerCall.Acknowledge(agent.id(), launch.key().task(), uuid));
        bed.advance(SECOND);

        assertThat(Check.present(row(agent).drain(), "drain").drained()).isTrue();
    }

    @Test
    void aDrainEndsWithTheFrameworkThatNeverComesBack() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.subscribe(Bed.framework(null, List.of("ads"), Duration.ofSeconds(30)), List.of());
        var launch = launched(framework, agent);
        framework.cut();
        bed.operator(new OperatorCall.DrainAgent(agent.id(), null, false));
        agent.report(launch, TaskState.TASK_KILLED, 1);

        agent.live(25);
        assertThat(row(agent).isDraining()).isTrue();
        agent.live(10);

        assertThat(Check.present(row(agent).drain(), "drain").drained()).isTrue();
    }

    /** It is told again and again, and the operator can end it. */
    @Test
    void aDrainWaitsForAFrameworkThatNeverAcknowledgesUntilThatIsTornDown() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        var launch = launched(framework, agent);
        bed.operator(new OperatorCall.DrainAgent(agent.id(), null, false));
        agent.report(launch, TaskState.TASK_KILLED, 1);
        assertThat(framework.states()).contains("t:TASK_KILLED");

        agent.live(60);
        agent.report(launch, TaskState.TASK_KILLED, 1);
        assertThat(framework.states()).contains("t:TASK_KILLED");
        assertThat(row(agent).isDraining()).isTrue();
        assertThat(bed.operator(new OperatorCall.ReactivateAgent(agent.id()))).isInstanceOf(Reply.BadRequest.class);
        assertThat(bed.operator(new OperatorCall.TearDown(framework.id()))).isEqualTo(new Reply.Done());

        assertThat(Check.present(row(agent).drain(), "drain").drained()).isTrue();
    }

    @Test
    void ofADrainAndAReactivationAtTheSameMomentTheDrainHolds() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        launched(framework, agent);
        bed.operator(new OperatorCall.DeactivateAgent(agent.id()));

        var replies = together(
                new OperatorCall.DrainAgent(agent.id(), null, false), new OperatorCall.ReactivateAgent(agent.id()));

        assertThat(replies.getFirst()).isEqualTo(new Reply.Done());
        assertThat(replies.getLast()).isNotInstanceOf(Reply.Done.class);
        assertThat(replies.getLast().toString()).contains("draining");
        bed.failOver();
        agent.join();
        assertThat(row(agent).isDraining()).isTrue();
        assertThat(row(agent).deactivated()).isTrue();
    }

    private void bring(TestAgent agent, String state) {
        switch (state) {
            case "in use" -> {}
            case "deactivated" -> bed.operator(new OperatorCall.DeactivateAgent(agent.id()));
            case "draining" -> {
                launched(bed.framework("ads"), agent);
                bed.operator(new OperatorCall.DrainAgent(agent.id(), null, false));
            }
            case "drained" -> bed.operator(new OperatorCall.DrainAgent(agent.id(), null, false));
            case "deactivated and unreachable" -> {
                bed.operator(new OperatorCall.DeactivateAgent(agent.id()));
                agent.cut();
                bed.advance(Duration.ofSeconds(80));
                assertThat(row(agent).isRegistered()).isFalse();
            }
            case "drained and unreachable" -> {
                bed.operator(new OperatorCall.DrainAgent(agent.id(), null, false));
                agent.cut();
                bed.advance(Duration.ofSeconds(80));
                assertThat(row(agent).isRegistered()).isFalse();
            }
            case "unreachable" -> {
                agent.cut();
                bed.advance(Duration.ofSeconds(80));
                assertThat(row(agent).isRegistered()).isFalse();
            }
            case "gone" -> bed.operator(new OperatorCall.MarkAgentGone(agent.id()));
            default -> throw new IllegalArgumentException(state);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "in use, false",
        "deactivated, true",
        "draining, false",
        "drained, true",
        "unreachable, false",
        "deactivated and unreachable, true",
        "drained and unreachable, true",
        "gone, false"
    })
    void reactivationIsPossibleForWhatIsNotInUseAndNotBeingEmptied(String state, boolean possible) {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        bring(agent, state);
        var before = bed.log.registry().agent(agent.id());

        var reply = bed.operator(new OperatorCall.ReactivateAgent(agent.id()));

        var after = bed.log.registry().agent(agent.id());
        if (possible) {
            assertThat(reply).isEqualTo(new Reply.Done());
            assertThat(row(agent).deactivated()).isFalse();
            assertThat(row(agent).drain()).isNull();
        } else {
            assertThat(reply).isInstanceOf(Reply.BadRequest.class);
            assertThat(after).isEqualTo(before);
        }
    }

    // ---- machines

    private static OperatorCall schedule(Instant start, String... hosts) {
        var window = new MaintenanceWindow(machines(hosts), new Unavailability(start, null));
        return new OperatorCall.UpdateMaintenanceSchedule(List.of(window));
    }

    private static List<MachineId> machines(String... hosts) {
        return List.of(hosts).stream().map(host -> new MachineId(host, "")).toList();
    }

    @Test
    void aMachineThatGoesDownTakesBothItsAgentsWithItAndOthersStay() {
        var first = bed.agent("h1", "cpus:2;mem:1024");
        var second = new TestAgent(bed, Bed.info("h1", "cpus:2;mem:1024", 5052));
        second.join();
        var other = bed.agent("h2", "cpus:2;mem:1024");
        bed.operator(schedule(bed.queue.now(), "h1"));

        assertThat(bed.operator(new OperatorCall.StartMaintenance(machines("h1"))))
                .isEqualTo(new Reply.Done());

        assertThat(bed.log.registry().agent(first.id())).isNull();
        assertThat(bed.log.registry().agent(second.id())).isNull();
        assertThat(row(other).isRegistered()).isTrue();
        assertThat(first.heard(LinkMessage.Refuse.class)).hasSize(1);
        assertThat(second.heard(LinkMessage.Refuse.class)).hasSize(1);
        bed.operator(new OperatorCall.StopMaintenance(machines("h1")));
        assertThat(first.join().getFirst()).isInstanceOf(LinkMessage.Welcome.class);
        assertThat(second.join().getFirst()).isInstanceOf(LinkMessage.Welcome.class);
    }

    @Test
    void anAgentThatReturnsInItsWindowIsOfferedWithItAndRefusedOnceItsMachineIsDown() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        agent.cut();
        bed.advance(Duration.ofSeconds(80));
        var start = bed.queue.now().plusSeconds(5);
        bed.operator(schedule(start, "h1"));
        bed.advance(Duration.ofSeconds(10));

        assertThat(agent.join().getFirst()).isInstanceOf(LinkMessage.Welcome.class);
        var framework = bed.framework("ads");
        assertThat(framework.offers())
                .singleElement()
                .satisfies(offer -> assertThat(offer.unavailability()).isEqualTo(new Unavailability(start, null)));
        bed.operator(new OperatorCall.StartMaintenance(machines("h1")));

        assertThat(agent.join()).hasOnlyElementsOfType(LinkMessage.Refuse.class);
    }

    @Test
    void whoEditsAWindowWhileItsMachineIsBeingLeftIsSeenByAllWhoHoldSomethingThere() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        launched(framework, agent);
        var first = bed.queue.now().plusSeconds(600);
        var second = bed.queue.now().plusSeconds(60);
        bed.operator(schedule(first, "h1"));
        bed.advance(SECOND);
        framework.events();

        assertThat(bed.operator(schedule(second, "h1"))).isEqualTo(new Reply.Done());
        bed.advance(SECOND);

        var events = framework.events();
        var asked = events.stream()
                .filter(SchedulerEvent.InverseOffers.class::isInstance)
                .map(SchedulerEvent.InverseOffers.class::cast)
                .flatMap(event -> event.offers().stream())
                .toList();
        assertThat(asked).extracting(offer -> offer.unavailability().start()).contains(second);
        assertThat(bed.operator(new OperatorCall.DrainAgent(agent.id(), null, false)))
                .isInstanceOf(Reply.BadRequest.class);
    }

    /** A drain that has begun is not ended by a window, whoever edits it; the next agent of its plan is passed over. */
    @Test
    void aWindowThatIsEditedWhileItsMachineIsEmptiedLeavesTheDrainAsItIs() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        var launch = launched(framework, agent);
        bed.operator(new OperatorCall.DrainAgent(agent.id(), null, false));

        assertThat(bed.operator(schedule(bed.queue.now().plusSeconds(60), "h1")))
                .isEqualTo(new Reply.Done());
        assertThat(bed.operator(schedule(bed.queue.now().plusSeconds(90), "h1")))
                .isEqualTo(new Reply.Done());
        assertThat(row(agent).isDraining()).isTrue();
        var uuid = agent.report(launch, TaskState.TASK_KILLED, 1);
        framework.call(new SchedulerCall.Acknowledge(agent.id(), launch.key().task(), uuid));
        bed.advance(SECOND);

        assertThat(Check.present(row(agent).drain(), "drain").drained()).isTrue();
    }

    // ---- agents and frameworks that come and go

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void anAgentThatReturnsWhileItIsDeclaredGoneIsGone(boolean returnsFirst) {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        var launch = launched(framework, agent);
        agent.cut();
        bed.advance(Duration.ofSeconds(80));
        var replies = new ArrayList<Reply>();
        bed.log.hold();
        if (returnsFirst) {
            agent.join(TestAgent.task(launch, TaskState.TASK_RUNNING));
        }
        bed.leaders().ask(new OperatorCall.MarkAgentGone(agent.id()), OPERATOR, replies::add);
        bed.queue.settle();
        if (!returnsFirst) {
            agent.join(TestAgent.task(launch, TaskState.TASK_RUNNING));
        }
        bed.log.release();

        assertThat(replies).containsExactly(new Reply.Done());
        assertThat(bed.log.registry().agent(agent.id())).isNull();
        assertThat(bed.log.registry().goneAgent(agent.id())).isNotNull();
        assertThat(agent.heard(LinkMessage.Refuse.class))
                .extracting(LinkMessage.Refuse::forGood)
                .containsExactly(true);
        assertThat(agent.join()).hasOnlyElementsOfType(LinkMessage.Refuse.class);
        assertThat(bed.view().tasks().active()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aFrameworkThatIsTornDownWhileItLaunchesLeavesNoTask(boolean launchesFirst) {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        var offer = framework.offers().getFirst();
        var launch = new SchedulerCall.Accept(
                List.of(offer.id()),
                List.of(new OfferOperation.Launch(null, List.of(TestFramework.task("t", agent.id(), "cpus:1;mem:64")))),
                Filters.NONE);
        var request = new SchedulerRequest(framework.id(), launch);
        var replies = new ArrayList<Reply>();
        bed.log.hold();
        if (launchesFirst) {
            bed.leaders().ask(request, framework.stream(), OPERATOR, reply -> {});
        }
        bed.leaders().ask(new OperatorCall.TearDown(framework.id()), OPERATOR, replies::add);
        if (!launchesFirst) {
            bed.leaders().ask(request, framework.stream(), OPERATOR, reply -> {});
        }
        bed.queue.settle();
        bed.log.release();
        bed.advance(SECOND);

        assertThat(replies).containsExactly(new Reply.Done());
        assertThat(bed.log.registry().framework(framework.id())).isNull();
        assertThat(bed.view().tasks().active()).isEmpty();
        assertThat(bed.log.registry().allocated(agent.id()).isEmpty()).isTrue();
        assertThat(agent.heard(LinkMessage.ShutdownFramework.class).isEmpty()
                        && !agent.heard(LinkMessage.Launch.class).isEmpty())
                .isFalse();
    }
}
