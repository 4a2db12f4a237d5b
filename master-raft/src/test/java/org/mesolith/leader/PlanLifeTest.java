package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.base.Check;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.AgentId;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OperationId;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskState;
import org.mesolith.model.Unavailability;
import org.mesolith.state.row.AgentRow;

/** Reservations, quota, maintenance and drain as operators and frameworks meet them. */
final class PlanLifeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private final Bed bed = new Bed();

    private static OfferOperation reserve(@Nullable String id, String resources) {
        return new OfferOperation.Reserve(
                id == null ? null : new OperationId(id), Resources.EMPTY, Resources.parse(resources));
    }

    private static OperatorCall operate(AgentId agent, OfferOperation operation) {
        return new OperatorCall.Operate(agent, operation);
    }

    private static SchedulerCall accept(Offer offer, OfferOperation... operations) {
        return new SchedulerCall.Accept(List.of(offer.id()), List.of(operations), new Filters(Duration.ofHours(1)));
    }

    private static OperatorCall quota(String role, String guarantees, String limits, boolean force) {
        return new OperatorCall.UpdateQuota(
                List.of(new Quota(role, Quantities.parse(guarantees), QuantityLimits.parse(limits))), force);
    }

    private static OperatorCall schedule(String... machines) {
        var window = new MaintenanceWindow(machines(machines), new Unavailability(Instant.EPOCH, null));
        return new OperatorCall.UpdateMaintenanceSchedule(machines.length == 0 ? List.of() : List.of(window));
    }

    private static List<MachineId> machines(String... names) {
        return List.of(names).stream().map(name -> new MachineId(name, "")).toList();
    }

    private AgentRow row(AgentId agent) {
        return Check.present(bed.view().registry().agent(agent), "agent");
    }

    private static String resources(List<Offer> offers) {
        assertThat(offers).hasSize(1);
        return offers.getFirst().resources().unallocated().toString();
    }

    private static String text(String resources) {
        return Resources.parse(resources).toString();
    }

    // ---- operations

    @Test
    void whatAFrameworkReservesIsOfferedAgainAtOnceAndTheRestOnlyAfterItsFilter() {
        bed.agent("h1", "cpus:4;mem:512");
        var framework = bed.framework("ads");
        var offer = framework.offers().getFirst();

        assertThat(framework.call(accept(offer, reserve(null, "cpus(+ads):1")))).isEqualTo(new Reply.Accepted());
        bed.advance(SECOND);

        assertThat(resources(framework.offers())).isEqualTo(text("cpus:3;mem:512;cpus(+ads):1"));
    }

    @Test
    void theAgentHearsOfItsReservationsBeforeTheTaskThatUsesThem() {
        var agent = bed.agent("h1", "cpus:4;mem:512");
        var framework = bed.framework("ads");
        var offer = framework.offers().getFirst();
        agent.heard(LinkMessage.Welcome.class);

        framework.call(accept(
                offer,
                reserve(null, "cpus(+ads):1"),
                new OfferOperation.Launch(null, List.of(TestFramework.task("t", agent.id(), "cpus(+ads):1;mem:10")))));

        var heard = bed.messages(agent.link());
        assertThat(heard.get(0)).isInstanceOf(LinkMessage.SetReserved.class);
        assertThat(heard.get(1)).isInstanceOf(LinkMessage.Launch.class);
    }

    @Test
    void anOperationWithAnIdIsToldAgainUntilItIsAcknowledged() {
        bed.agent("h1", "cpus:4;mem:512");
        var framework = bed.framework("ads");
        framework.call(accept(framework.offers().getFirst(), reserve("op", "cpus(+ads):1")));
        var told = framework.events().stream()
                .filter(SchedulerEvent.OperationUpdate.class::isInstance)
                .map(event -> ((SchedulerEvent.OperationUpdate) event).status())
                .toList();

        assertThat(told).hasSize(1);
        bed.advance(Duration.ofSeconds(11));
        assertThat(framework.operations()).containsExactly("op:OPERATION_FINISHED");
        framework.call(new SchedulerCall.AcknowledgeOperation(
                Check.present(told.getFirst().agent(), "agent"),
                new OperationId("op"),
                Check.present(told.getFirst().uuid(), "uuid")));
        bed.advance(Duration.ofMinutes(1));
        assertThat(framework.operations()).isEmpty();
    }

    @Test
    void reconciliationOfOperationsAnswersForKnownAndUnknownOnes() {
        var agent = bed.agent("h1", "cpus:4;mem:512");
        var framework = bed.framework("ads");
        framework.call(accept(framework.offers().getFirst(), reserve("op", "cpus(+ads):1")));
        framework.operations();

        framework.call(new SchedulerCall.ReconcileOperations(List.of()));
        assertThat(framework.operations()).containsExactly("op:OPERATION_FINISHED");
        framework.call(new SchedulerCall.ReconcileOperations(
                List.of(new SchedulerCall.ReconcileOperations.Wanted(new OperationId("other"), agent.id()))));
        assertThat(framework.operations()).containsExactly("other:OPERATION_UNKNOWN");
    }

    @Test
    void anOperatorTakesOffersBackThatHoldWhatIsNeededAndNoOthers() {
        var agent = bed.agent("h1", "cpus:2;mem:512");
        var other = bed.agent("h2", "cpus:2;mem:512");
        var framework = bed.framework("ads");
        var offers = framework.offers();
        assertThat(offers).hasSize(2);

        assertThat(bed.operator(operate(agent.id(), reserve(null, "cpus(+ads):1"))))
                .isEqualTo(new Reply.Accepted());

        assertThat(framework.rescinds()).hasSize(1);
        assertThat(row(agent.id()).total().toString()).isEqualTo(text("cpus:1;mem:512;cpus(+ads):1"));
        assertThat(row(other.id()).reserved().isEmpty()).isTrue();
        bed.advance(SECOND);
        assertThat(framework.offers()).hasSize(1);
    }

    @Test
    void whatAnAgentHasNotIsAConflictAndWhatMakesNoSenseIsABadRequest() {
        var agent = bed.agent("h1", "cpus:2;mem:512");

        assertThat(bed.operator(operate(agent.id(), reserve(null, "cpus(+ads):4"))))
                .isInstanceOf(Reply.Conflict.class);
        assertThat(bed.operator(operate(agent.id(), reserve(null, "cpus:1")))).isInstanceOf(Reply.BadRequest.class);
        assertThat(bed.operator(operate(new AgentId("nobody"), reserve(null, "cpus(+ads):1"))))
                .isInstanceOf(Reply.BadRequest.class);
    }

    @Test
    void oneCopyOfASharedVolumeIsOfferedHoweverManyTasksUseIt() {
        var agent = bed.agent("h1", "cpus:2;mem:1024;disk(ads):2048");
        var framework = bed.framework("ads", FrameworkCapability.SHARED_RESOURCES);
        var volume = Resources.parse("disk(ads)[v:p]<SHARED>:2048");
        framework.call(accept(
                framework.offers().getFirst(),
                new OfferOperation.Create(null, volume),
                new OfferOperation.Launch(
                        null,
                        List.of(
                                TestFramework.task("a", agent.id(), "cpus:0.5;mem:64;disk(ads)[v:p]<SHARED>:2048"),
                                TestFramework.task("b", agent.id(), "cpus:0.5;mem:64;disk(ads)[v:p]<SHARED>:2048")))));
        bed.advance(SECOND);

        assertThat(framework.states()).isEmpty();
        assertThat(resources(framework.offers())).isEqualTo(text("cpus:1;mem:896;disk(ads)[v:p]<SHARED>:2048"));
    }

    @Test
    void aForbiddenOperationOfAFrameworkIsIgnoredAndAnOperatorsIsForbidden() {
        var rule = new Acls.Rule(Action.RESERVE_RESOURCES, Acls.Side.ANY, Acls.Side.NONE);
        var closed = new Bed(settings -> settings.withAcls(new Acls(List.of(rule), true)));
        var agent = closed.agent("h1", "cpus:2;mem:512");
        var framework = closed.framework("ads");

        framework.call(accept(framework.offers().getFirst(), reserve("op", "cpus(+ads):1")));

        assertThat(framework.operations()).containsExactly("op:OPERATION_ERROR");
        assertThat(closed.operator(operate(agent.id(), reserve(null, "cpus(+ads):1"))))
                .isInstanceOf(Reply.Forbidden.class);
    }

    // ---- quota

    @Test
    void aNewGuaranteeTakesOffersOfOthersBackAsFarAsItNeedsThem() {
        bed.agent("h1", "cpus:1;mem:1024");
        var framework = bed.framework("ads");
        assertThat(framework.offers()).hasSize(1);

        assertThat(bed.operator(quota("web", "cpus:1;mem:1024", "", false))).isEqualTo(new Reply.Done());

        assertThat(framework.rescinds()).hasSize(1);
    }

    @Test
    void quotaIsRefusedForWhatItIsWrongInItselfOrInTheCluster() {
        bed.agent("h1", "cpus:2;mem:1024");

        assertThat(bed.operator(quota("a/b", "cpus:1", "", true))).isInstanceOf(Reply.BadRequest.class);
        assertThat(bed.operator(quota("ads", "cpus:3", "", false))).isInstanceOf(Reply.BadRequest.class);
        assertThat(bed.operator(quota("ads", "cpus:3", "", true))).isEqualTo(new Reply.Done());
        assertThat(bed.operator(new OperatorCall.SetQuota("ads", Resources.parse("cpus:1"), false)))
                .isInstanceOf(Reply.BadRequest.class);
        assertThat(bed.operator(new OperatorCall.SetQuota("web", Resources.parse("cpus:9"), false)))
                .isInstanceOf(Reply.Conflict.class);
        assertThat(bed.operator(new OperatorCall.RemoveQuota("ads"))).isEqualTo(new Reply.Done());
        assertThat(bed.operator(new OperatorCall.RemoveQuota("ads"))).isInstanceOf(Reply.BadRequest.class);
        assertThat(bed.view().quotas().quotas()).isEmpty();
    }

    // ---- maintenance

    @Test
    void twoOperatorsWhoChangeOneScheduleDoNotReplaceEachOthersWindow() {
        var seen = bed.view().registry().maintenance().fingerprint();
        var first = new MaintenanceWindow(machines("h1"), new Unavailability(Instant.EPOCH, null));
        var second = new MaintenanceWindow(machines("h2"), new Unavailability(Instant.EPOCH, null));

        assertThat(bed.operator(new OperatorCall.UpdateMaintenanceSchedule(List.of(first), seen)))
                .isEqualTo(new Reply.Done());
        assertThat(bed.operator(new OperatorCall.UpdateMaintenanceSchedule(List.of(second), seen)))
                .isInstanceOf(Reply.Changed.class);

        assertThat(bed.view().schedule().windows()).containsExactly(first);
    }

    @Test
    void aScheduledMachineIsOfferedAnewWithItsWindowAndItsHoldersAreAskedToLeave() {
        bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        framework.events();

        assertThat(bed.operator(schedule("h1"))).isEqualTo(new Reply.Done());
        bed.advance(Duration.ZERO);

        var events = framework.events();
        assertThat(events).hasSize(3);
        assertThat(events.get(0)).isInstanceOf(SchedulerEvent.Rescind.class);
        assertThat(((SchedulerEvent.Offers) events.get(1)).offers().getFirst().unavailability())
                .isNotNull();
        var asked = ((SchedulerEvent.InverseOffers) events.get(2)).offers().getFirst();
        bed.advance(Duration.ofSeconds(3));
        assertThat(framework.events()).isEmpty();
        framework.call(new SchedulerCall.AnswerInverseOffers(List.of(asked.id()), false, Filters.NONE));
        bed.advance(SECOND);
        assertThat(framework.events()).hasSize(1);
        assertThat(bed.view()
                        .maintenance()
                        .draining()
                        .getFirst()
                        .answers()
                        .getFirst()
                        .accepted())
                .isFalse();
    }

    @Test
    void startingMaintenanceRemovesTheAgentsOfTheMachineAndRefusesThemUntilItIsStopped() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        framework.launch(framework.offers().getFirst(), TestFramework.task("t", agent.id(), "cpus:1;mem:64"));
        bed.operator(schedule("h1"));
        framework.updates();

        assertThat(bed.operator(new OperatorCall.StartMaintenance(machines("h1"))))
                .isEqualTo(new Reply.Done());

        assertThat(framework.states()).containsExactly("t:TASK_LOST");
        assertThat(agent.heard(LinkMessage.Refuse.class))
                .extracting(LinkMessage.Refuse::forGood)
                .containsExactly(true);
        assertThat(new TestAgent(bed, Bed.info("h1", "cpus:1")).join()).hasOnlyElementsOfType(LinkMessage.Refuse.class);
        assertThat(bed.operator(new OperatorCall.StopMaintenance(machines("h1"))))
                .isEqualTo(new Reply.Done());
        assertThat(new TestAgent(bed, Bed.info("h1", "cpus:1")).join().getFirst())
                .isInstanceOf(LinkMessage.Welcome.class);
    }

    @Test
    void tasksThatGoOnWhileTheirMachineIsDownAreEndedWhenTheirAgentComesBack() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        framework.launch(framework.offers().getFirst(), TestFramework.task("t", agent.id(), "cpus:1;mem:64"));
        var launch = agent.launches().getFirst();
        agent.cut();
        bed.operator(schedule("h1"));
        bed.operator(new OperatorCall.StartMaintenance(machines("h1")));
        bed.operator(new OperatorCall.StopMaintenance(machines("h1")));

        agent.join(TestAgent.task(launch, TaskState.TASK_RUNNING));
        agent.say(new LinkMessage.Tasks(List.of(TestAgent.task(launch, TaskState.TASK_RUNNING))));

        assertThat(agent.heard(LinkMessage.Kill.class))
                .extracting(LinkMessage.Kill::key)
                .containsExactly(launch.key());
    }

    // ---- drain

    @Test
    void aDrainedAgentIsToldToEndItsTasksAndOfferedAgainAfterReactivation() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        framework.launch(framework.offers().getFirst(), TestFramework.task("t", agent.id(), "cpus:1;mem:64"));
        var launch = agent.launches().getFirst();

        assertThat(bed.operator(new OperatorCall.DrainAgent(agent.id(), null, false)))
                .isEqualTo(new Reply.Done());
        assertThat(agent.heard(LinkMessage.Drain.class)).hasSize(1);
        assertThat(bed.operator(new OperatorCall.ReactivateAgent(agent.id()))).isInstanceOf(Reply.BadRequest.class);
        var uuid = agent.report(launch, TaskState.TASK_KILLED, 1);
        assertThat(row(agent.id()).isDraining()).isTrue();
        framework.call(new SchedulerCall.Acknowledge(agent.id(), launch.key().task(), uuid));
        bed.advance(SECOND);
        assertThat(row(agent.id()).isDraining()).isFalse();
        assertThat(framework.offers()).isEmpty();

        assertThat(bed.operator(new OperatorCall.ReactivateAgent(agent.id()))).isEqualTo(new Reply.Done());
        bed.advance(SECOND);
        assertThat(framework.offers()).hasSize(1);
    }

    @Test
    void anAgentThatComesBackWhileItIsDrainedIsToldAgain() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");
        var framework = bed.framework("ads");
        framework.launch(framework.offers().getFirst(), TestFramework.task("t", agent.id(), "cpus:1;mem:64"));
        bed.operator(new OperatorCall.DrainAgent(agent.id(), Duration.ofSeconds(3), false));
        bed.failOver();

        var heard = agent.join();

        assertThat(heard).hasAtLeastOneElementOfType(LinkMessage.Drain.class);
    }

    @Test
    void operatorsGiveUpAgentsOnceAndForEver() {
        var agent = bed.agent("h1", "cpus:2;mem:1024");

        assertThat(bed.operator(new OperatorCall.MarkAgentGone(new AgentId("nowhere"))))
                .isInstanceOf(Reply.NotFound.class);
        assertThat(bed.operator(new OperatorCall.MarkAgentGone(agent.id()))).isEqualTo(new Reply.Done());
        assertThat(bed.operator(new OperatorCall.MarkAgentGone(agent.id()))).isEqualTo(new Reply.Done());
        assertThat(bed.operator(new OperatorCall.DrainAgent(agent.id(), null, true)))
                .isInstanceOf(Reply.BadRequest.class);
        assertThat(agent.join()).hasOnlyElementsOfType(LinkMessage.Refuse.class);
    }
}
