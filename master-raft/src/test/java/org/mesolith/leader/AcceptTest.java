package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.SchedulerCall;
import org.mesolith.leader.event.Reply;
import org.mesolith.log.Proposed;
import org.mesolith.model.AgentId;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.OfferId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.OperationId;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskState;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Command;
import org.mesolith.state.FrameworkCommand.AcceptOffers;
import org.mesolith.state.MaintenanceCommand;

/** ACCEPT: one command, and what becomes of its tasks. */
final class AcceptTest {
    private final Bed bed = new Bed();

    @Test
    void oneAcceptIsOneCommandHoweverManyTasksItHas() {
        var agent = bed.agent("h1", "cpus:4;mem:1024");
        var framework = bed.framework("r");

        framework.launch(
                framework.offers().getFirst(),
                TestFramework.task("t1", agent.id(), "cpus:1;mem:64"),
                TestFramework.task("t2", agent.id(), "cpus:1;mem:64"));

        assertThat(bed.log.commands(AcceptOffers.class)).hasSize(1);
        assertThat(agent.launches())
                .extracting(launch -> launch.key().task().value())
                .containsExactly("t1", "t2");
    }

    @Test
    void theLaunchOrderCarriesTheTaskAsItCame() {
        var agent = bed.agent("h1", "cpus:4;mem:1024");
        var framework = bed.framework("r");

        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:64"));

        assertThat(agent.launches()).singleElement().satisfies(launch -> {
            assertThat(launch.taskInfo()).isEqualTo(new Opaque("mesos.v1.TaskInfo", new byte[] {'t', '1'}));
            assertThat(launch.user()).isEqualTo("user");
            assertThat(launch.fence()).isEqualTo(bed.log.registry().fence(1));
        });
    }

    @Test
    void aTaskThatUsesMoreThanOfferedIsAnError() {
        var agent = bed.agent("h1", "cpus:4;mem:1024");
        var framework = bed.framework("r");

        var reply =
                framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:5;mem:64"));

        assertThat(reply).isEqualTo(new Reply.Accepted());
        assertThat(framework.updates()).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(TaskState.TASK_ERROR);
            assertThat(status.reason()).isEqualTo(StatusReason.REASON_TASK_INVALID);
            assertThat(status.source()).isEqualTo(StatusSource.SOURCE_MASTER);
            assertThat(status.uuid()).isNull();
        });
        assertThat(agent.launches()).isEmpty();
    }

    @Test
    void offersOfTwoAgentsCannotBeUsedTogetherAndReturnWithoutFilter() {
        var one = bed.agent("h1", "cpus:2;mem:1024");
        var two = bed.agent("h2", "cpus:2;mem:1024");
        var framework = bed.framework("r", FrameworkCapability.PARTITION_AWARE);
        var offers = framework.offers();

        framework.launch(
                List.of(offers.getFirst().id(), offers.getLast().id()),
                TestFramework.task("t1", one.id(), "cpus:4;mem:64"));

        assertThat(framework.updates()).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(TaskState.TASK_DROPPED);
            assertThat(status.reason()).isEqualTo(StatusReason.REASON_INVALID_OFFERS);
        });
        one.live(1);
        two.beat();
        assertThat(framework.offers()).hasSize(2);
    }

    @Test
    void anOfferNamedTwiceMakesTheCallInvalid() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var offer = framework.offers().getFirst();

        framework.launch(List.of(offer.id(), offer.id()), TestFramework.task("t1", agent.id(), "cpus:1;mem:64"));

        assertThat(framework.states()).containsExactly("t1:TASK_LOST");
        assertThat(bed.log.commands(AcceptOffers.class)).isEmpty();
    }

    @Test
    void twoOffersOfOneAgentMakeOneTask() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var first = framework.offers().getFirst();
        framework.call(new SchedulerCall.Accept(
                List.of(first.id()),
                List.of(new OfferOperation.Launch(
                        null, List.of(TestFramework.task("t1", agent.id(), "cpus:1;mem:512")))),
                Filters.NONE));
        var launch = agent.launches().getFirst();
        agent.live(1);
        var second = framework.offers();
        agent.report(launch, TaskState.TASK_FINISHED, 1);
        agent.live(1);
        var third = framework.offers();

        framework.launch(
                List.of(second.getFirst().id(), third.getFirst().id()),
                TestFramework.task("t2", agent.id(), "cpus:2;mem:1024"));

        assertThat(agent.launches())
                .singleElement()
                .satisfies(both -> assertThat(both.resources().milli("cpus")).isEqualTo(2000));
    }

    @Test
    void anAcceptWithoutTasksIsADecline() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var offer = framework.offers().getFirst();

        framework.call(new SchedulerCall.Accept(List.of(offer.id()), List.of(), Filters.DEFAULT));
        agent.live(3);

        assertThat(framework.offers()).isEmpty();
        assertThat(bed.log.commands(AcceptOffers.class)).isEmpty();
    }

    @Test
    void whatIsBeingAcceptedIsNeitherOfferedNorAcceptedAgain() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var other = bed.framework("other");
        var offer = framework.offers().getFirst();
        bed.log.hold();

        var waiting = framework.launch(offer, TestFramework.task("t1", agent.id(), "cpus:1;mem:64"));
        var again = framework.launch(offer, TestFramework.task("t2", agent.id(), "cpus:1;mem:64"));
        agent.live(2);
        assertThat(other.offers()).isEmpty();
        bed.log.release();

        assertThat(waiting).isEqualTo(new Reply.Late());
        assertThat(again).isEqualTo(new Reply.Accepted());
        assertThat(framework.states()).containsExactly("t2:TASK_LOST");
        assertThat(agent.launches())
                .extracting(launch -> launch.key().task().value())
                .containsExactly("t1");
    }

    @Test
    void whenTheLogIsFullTheCallerHearsSoAndTheOffersReturn() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var offer = framework.offers().getFirst();
        bed.log.refuse(new Proposed.Full());

        var reply = framework.launch(offer, TestFramework.task("t1", agent.id(), "cpus:1;mem:64"));
        bed.log.refuse(null);
        agent.live(1);

        assertThat(reply).isInstanceOf(Reply.Busy.class);
        assertThat(framework.offers()).hasSize(1);
    }

    @Test
    void whenNobodyKnowsTheOutcomeTheCallerIsToldToLook() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        bed.log.refuse(new Proposed.Unknown("no quorum"));

        var reply =
                framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:64"));

        assertThat(reply).isEqualTo(new Reply.OutcomeUnknown());
    }

    @Test
    void aKillRightBehindTheAcceptIsCarriedOutAfterTheLaunch() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        bed.log.hold();
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:64"));

        framework.call(new SchedulerCall.Kill(new TaskId("t1"), null, Duration.ofSeconds(1)));
        framework.call(
                new SchedulerCall.Reconcile(List.of(new SchedulerCall.Reconcile.Asked(new TaskId("t1"), agent.id()))));
        bed.log.release();

        assertThat(framework.states()).containsExactly("t1:TASK_STAGING");
        assertThat(bed.messages(agent.link()))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(LinkMessage.Launch.class),
                        second -> assertThat(second).isInstanceOf(LinkMessage.Kill.class));
    }

    @Test
    void anAcceptIsDroppedWhoseAgentHasGoneMeanwhileAndToldWhy() {
        assertThat(droppedBecauseOf(AgentCommand.RemoveAgent::new)).isEqualTo(StatusReason.REASON_AGENT_REMOVED);
        assertThat(droppedBecauseOf(AgentCommand.DeactivateAgent::new)).isEqualTo(StatusReason.REASON_INVALID_OFFERS);
        assertThat(droppedBecauseOf(agent -> new MaintenanceCommand.DrainAgent(agent, null, false)))
                .isEqualTo(StatusReason.REASON_AGENT_DRAINING);
    }

    /** The reason of a task whose launch is decided behind this command. */
    private static @Nullable StatusReason droppedBecauseOf(Function<AgentId, Command> what) {
        var bed = new Bed();
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        bed.log.hold();
        framework.launch(framework.offers().getFirst(), TestFramework.task("t1", agent.id(), "cpus:1;mem:64"));
        bed.log.order(what.apply(agent.id()));
        bed.log.release();

        var updates = framework.updates();
        assertThat(updates)
                .singleElement()
                .satisfies(status -> assertThat(status.state()).isEqualTo(TaskState.TASK_LOST));
        assertThat(agent.launches()).isEmpty();
        return updates.getFirst().reason();
    }

    private static SchedulerCall.Accept accept(List<OfferId> offers, List<OfferOperation> operations) {
        return new SchedulerCall.Accept(
                offers,
                operations,
                List.of(
                        new SchedulerCall.Accept.Invalid(new OperationId("op"), "RESERVE", "no such value"),
                        new SchedulerCall.Accept.Invalid(null, "CREATE", "no volume")),
                Filters.DEFAULT);
    }

    @Test
    void anAcceptWithoutOffersEndsItsTasksAndOperations() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var launch = new OfferOperation.Launch(null, List.of(TestFramework.task("t1", agent.id(), "cpus:1;mem:64")));

        var reply = framework.call(accept(List.of(), List.of(launch)));

        assertThat(reply).isEqualTo(new Reply.Accepted());
        assertThat(framework.operations()).containsExactly("op:OPERATION_ERROR");
        assertThat(framework.states()).containsExactly("t1:TASK_LOST");
        assertThat(framework.call(new SchedulerCall.Accept(List.of(), List.of(), Filters.DEFAULT)))
                .isEqualTo(new Reply.Accepted());
    }

    @Test
    void anInvalidOperationIsToldWhenItHasAnIdAndTheOthersArePerformed() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var launch = new OfferOperation.Launch(null, List.of(TestFramework.task("t1", agent.id(), "cpus:1;mem:64")));

        var reply = framework.call(accept(List.of(framework.offers().getFirst().id()), List.of(launch)));

        assertThat(reply).isEqualTo(new Reply.Accepted());
        assertThat(framework.operations()).containsExactly("op:OPERATION_ERROR");
        assertThat(agent.launches()).hasSize(1);
    }

    @Test
    void anAcceptOfInvalidOperationsOnlyIsADecline() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");

        framework.call(accept(List.of(framework.offers().getFirst().id()), List.of()));
        agent.live(3);
        assertThat(framework.offers()).isEmpty();
        agent.live(4);

        assertThat(framework.offers()).hasSize(1);
        assertThat(bed.log.commands(AcceptOffers.class)).isEmpty();
    }

    @Test
    void anOperationThatIsNotPerformedIsToldByItsId() {
        bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var offer = framework.offers().getFirst();

        framework.call(new SchedulerCall.Accept(
                List.of(offer.id()),
                List.of(new OfferOperation.NotSupported(new OperationId("disk"), "CREATE_DISK")),
                Filters.NONE));

        assertThat(framework.operations()).containsExactly("disk:OPERATION_ERROR");
    }

    @Test
    void oneBadOfferGivesTheGoodOnesBackWithoutAFilter() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("r");
        var good = framework.offers().getFirst();

        framework.call(new SchedulerCall.Accept(
                List.of(good.id(), new OfferId("nobody's")), List.of(), new Filters(Duration.ofHours(1))));
        agent.live(2);

        assertThat(framework.offers()).hasSize(1);
    }
}
