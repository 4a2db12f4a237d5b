package org.mesolith.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.model.AgentId;
import org.mesolith.model.Declarable;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.DeclaredKind;
import org.mesolith.model.DrainWish;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;
import org.mesolith.model.Weight;

final class GrowthTest {
    private static final AgentId AGENT = new AgentId("a");
    private static final FrameworkId FRAMEWORK = new FrameworkId("f");
    private static final Resources DISK = Resources.parse("disk:10");

    private static Stream<Arguments> commands() {
        return Stream.of(
                row(new AgentCommand.RemoveAgent(AGENT), false),
                row(new AgentCommand.PruneAgents(Instant.EPOCH, 1), false),
                row(new FrameworkCommand.TearDownFramework(FRAMEWORK), false),
                row(new FrameworkCommand.DisconnectFramework(FRAMEWORK, Instant.EPOCH), false),
                row(new TaskCommand.UpdateTasks(List.of()), false),
                row(new TaskCommand.AcknowledgeTasks(List.of()), false),
                row(new ReservationCommand.OperateAgent(AGENT, new OfferOperation.Reserve(null, DISK, DISK)), true),
                row(new ReservationCommand.OperateAgent(AGENT, new OfferOperation.Unreserve(null, DISK)), false),
                row(new ReservationCommand.OperateAgent(AGENT, new OfferOperation.Destroy(null, DISK)), false),
                row(new QuotaCommand.SetWeights(List.of()), true),
                row(new QuotaCommand.UpdateQuotas(List.of(Quota.none("r")), false), false),
                row(
                        new QuotaCommand.UpdateQuotas(
                                List.of(
                                        Quota.none("r"),
                                        new Quota("s", Quantities.parse("disk:10"), QuantityLimits.NONE)),
                                false),
                        true),
                row(new MaintenanceCommand.UpdateSchedule(List.of()), false),
                row(new MaintenanceCommand.DrainAgent(AGENT, null, false), false),
                row(new MaintenanceCommand.PlanDrain(List.of(AGENT), 1, null, null), true),
                row(new ReservationCommand.ReserveAgents(List.of(AGENT), DISK, ReservationWish.NONE), true),
                row(new ReservationCommand.NoteReservations(List.of(), ReservationWish.NONE), true),
                row(new ReservationCommand.ExpireReservations(List.of()), false),
                row(new ReservationCommand.ReleaseReservations(List.of()), false),
                row(new MaintenanceCommand.SteerDrain(1, DrainWish.CANCEL), false),
                row(new MaintenanceCommand.AdvanceDrain(1), false),
                row(
                        new DeclarationCommand.Declare(
                                "d",
                                DeclaredKind.WEIGHTS,
                                0,
                                List.of(new DeclaredChange(null, new Declarable.OfWeight(Weight.of("r", 2))))),
                        true),
                row(
                        new DeclarationCommand.Declare(
                                "d",
                                DeclaredKind.WEIGHTS,
                                0,
                                List.of(new DeclaredChange(new Declarable.OfWeight(Weight.of("r", 2)), null))),
                        false),
                row(new SystemCommand.RaiseFeatureLevel(3), false),
                row(new MembershipCommand.RetireMember("m"), false),
                row(accept(new OfferOperation.Unreserve(null, DISK)), false),
                row(accept(new OfferOperation.Unreserve(null, DISK), new OfferOperation.Create(null, DISK)), true),
                row(accept(new OfferOperation.Launch(null, List.of())), true));
    }

    private static Arguments row(Command command, boolean grows) {
        return Arguments.of(command, grows);
    }

    private static Command accept(OfferOperation... operations) {
        return new FrameworkCommand.AcceptOffers(
                FRAMEWORK, AGENT, "web", Resources.EMPTY, List.of(), List.of(operations));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatEndsOrGivesBackIsTakenAlsoWhenRoomIsShort(Command command, boolean grows) {
        assertThat(Growth.isGrowing(command)).isEqualTo(grows);
    }
}
