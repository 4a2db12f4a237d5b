package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mesolith.api.OperatorCall;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Acls;
import org.mesolith.model.Acls.Rule;
import org.mesolith.model.Acls.Side;
import org.mesolith.model.Action;
import org.mesolith.model.Declarable;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resources;
import org.mesolith.model.Unavailability;
import org.mesolith.model.Weight;
import org.mesolith.view.ReservationViews;
import org.mesolith.view.Sight;

/** Who may not change an object by itself may not do it by a declaration, and nothing else of it is done either. */
final class DeclarationPermitTest {
    private static final List<Action> ACTIONS = List.of(
            Action.UPDATE_WEIGHT,
            Action.UPDATE_QUOTA,
            Action.RESERVE_RESOURCES,
            Action.UNRESERVE_RESOURCES,
            Action.UPDATE_MAINTENANCE_SCHEDULE);

    private final Bed bed = new Bed(settings -> settings.withAcls(new Acls(
            ACTIONS.stream()
                    .map(action -> new Rule(action, Side.of(List.of("nosy")), Side.NONE))
                    .toList(),
            true)));

    private TestAgent agent;

    @BeforeEach
    void oneAgent() {
        agent = bed.agent("h1", "cpus:4;mem:1024");
    }

    private Reply declare(String who, DeclaredChange... changes) {
        var kind = changes[0].object().kind();
        return bed.operator(who, new OperatorCall.Declare("teams", kind, 0, List.of(changes)));
    }

    private void isForAllButTheNosy(Action action, DeclaredChange change) {
        long before = bed.log.registry().digest();

        assertThat(declare("nosy", change))
                .isInstanceOfSatisfying(
                        Reply.Forbidden.class,
                        refused -> assertThat(refused.text()).contains(action.rules()));
        assertThat(bed.log.registry().digest()).isEqualTo(before);
        assertThat(declare("ops", change)).isInstanceOf(Reply.Done.class);
        assertThat(bed.log.registry().digest()).isNotEqualTo(before);
    }

    private static DeclaredChange added(Declarable wanted) {
        return new DeclaredChange(null, wanted);
    }

    private Declarable reservation() {
        return new Declarable.OfReservation(
                agent.id(), List.of(Reservation.dynamic("ads", "ops")), Resources.parse("cpus:1"));
    }

    @Test
    void weights() {
        isForAllButTheNosy(Action.UPDATE_WEIGHT, added(new Declarable.OfWeight(Weight.of("ads", 2))));
    }

    @Test
    void quotas() {
        isForAllButTheNosy(
                Action.UPDATE_QUOTA,
                added(new Declarable.OfQuota(
                        new Quota("ads", Quantities.parse("cpus:1"), QuantityLimits.parse("cpus:2")))));
    }

    @Test
    void reservationsThatAreMade() {
        isForAllButTheNosy(Action.RESERVE_RESOURCES, added(reservation()));
    }

    @Test
    void windows() {
        var window = new MaintenanceWindow(
                List.of(new MachineId("h9", "10.9.9.9")),
                new Unavailability(Instant.parse("2100-01-01T00:00:00Z"), Duration.ofHours(1)));
        isForAllButTheNosy(Action.UPDATE_MAINTENANCE_SCHEDULE, added(new Declarable.OfWindow(window)));
    }

    @Test
    void reservationsThatAreGivenBack() {
        assertThat(declare("ops", added(reservation()))).isInstanceOf(Reply.Done.class);
        long before = bed.log.registry().digest();
        long revision = bed.log.registry().at().index();

        var refused = bed.operator(
                "nosy",
                new OperatorCall.Declare(
                        "teams", reservation().kind(), revision, List.of(new DeclaredChange(reservation(), null))));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        Reply.Forbidden.class,
                        no -> assertThat(no.text()).contains(Action.UNRESERVE_RESOURCES.rules()));
        assertThat(bed.log.registry().digest()).isEqualTo(before);
    }

    @Test
    void theListOfReservationsIsWithoutTheRolesThatSomebodyMayNotSee() {
        assertThat(declare("ops", added(reservation()))).isInstanceOf(Reply.Done.class);
        var acls = new Acls(List.of(new Rule(Action.VIEW_ROLE, Side.of(List.of("nosy")), Side.NONE)), true);

        assertThat(new ReservationViews(bed.log.registry(), new Sight(acls, "ops", info -> null)).all())
                .hasSize(1);
        assertThat(new ReservationViews(bed.log.registry(), new Sight(acls, "nosy", info -> null)).all())
                .isEmpty();
    }

    @Test
    void oneObjectThatIsForbiddenRefusesAll() {
        var ops = new Bed(settings -> settings.withAcls(new Acls(
                List.of(
                        new Rule(Action.UPDATE_WEIGHT, Side.of(List.of("team")), Side.of(List.of("ads"))),
                        new Rule(Action.UPDATE_WEIGHT, Side.of(List.of("team")), Side.NONE)),
                true)));
        var both = new OperatorCall.Declare(
                "teams",
                new Declarable.OfWeight(Weight.of("ads", 2)).kind(),
                0,
                List.of(
                        added(new Declarable.OfWeight(Weight.of("ads", 2))),
                        added(new Declarable.OfWeight(Weight.of("web", 2)))));

        assertThat(ops.operator("team", both)).isInstanceOf(Reply.Forbidden.class);
        assertThat(ops.view().weights().weights()).isEmpty();
    }
}
