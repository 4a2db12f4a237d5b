package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.base.Limits;
import org.mesolith.model.AgentId;
import org.mesolith.model.Declarable;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.DeclaredKind;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resources;
import org.mesolith.model.Unavailability;
import org.mesolith.model.Weight;
import org.mesolith.state.Change;
import org.mesolith.state.DeclarationCommand.Declare;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.MaintenanceCommand.UpdateSchedule;
import org.mesolith.state.Outcome;
import org.mesolith.state.QuotaCommand.SetWeights;
import org.mesolith.state.Reason;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TestCluster;
import org.mesolith.state.check.DeclarationChecks;
import org.mesolith.state.row.DeclarationRow;

/** What operators keep in a file. */
final class DeclarationRulesTest {
    private final TestCluster cluster = TestCluster.empty();

    DeclarationRulesTest() {
        cluster.accepted(new SystemCommand.InitCluster("c", 1, 77, FeatureLevel.NEWEST.number()));
    }

    private static Declarable weight(String role, double weight) {
        return new Declarable.OfWeight(Weight.of(role, weight));
    }

    private static Declarable quota(String role, String guarantees, String limits) {
        return new Declarable.OfQuota(new Quota(role, Quantities.parse(guarantees), QuantityLimits.parse(limits)));
    }

    private static Declarable reserved(AgentId agent, String role, String amounts) {
        return new Declarable.OfReservation(agent, List.of(Reservation.dynamic(role, null)), Resources.parse(amounts));
    }

    private static Declarable window(String host, int hours) {
        return new Declarable.OfWindow(new MaintenanceWindow(
                List.of(new MachineId(host, "")), new Unavailability(TestCluster.START, Duration.ofHours(hours))));
    }

    private static DeclaredChange add(Declarable wanted) {
        return new DeclaredChange(null, wanted);
    }

    private static DeclaredChange change(@Nullable Declarable seen, @Nullable Declarable wanted) {
        return new DeclaredChange(seen, wanted);
    }

    private Declare declare(DeclaredKind kind, DeclaredChange... changes) {
        var row = cluster.registry().declaration("site", kind);
        return new Declare("site", kind, row == null ? 0 : row.revision(), List.of(changes));
    }

    private DeclarationRow row(DeclaredKind kind) {
        return Objects.requireNonNull(cluster.registry().declaration("site", kind));
    }

    private String refusal(Declare command) {
        return cluster.apply(command) instanceof Outcome.Rejected(var _, var message) ? message : "accepted";
    }

    // ---- what is done

    @Test
    void whatWasDeclaredIsRememberedAndDone() {
        cluster.accepted(declare(DeclaredKind.WEIGHTS, add(weight("ads", 2)), add(weight("web", 3))));

        assertThat(cluster.registry().weight("ads")).isEqualTo(Weight.of("ads", 2));
        assertThat(row(DeclaredKind.WEIGHTS).objects()).hasToString("{ads=2.0, web=3.0}");
        assertThat(row(DeclaredKind.WEIGHTS).revision())
                .isEqualTo(cluster.lastAt().index());
    }

    @Test
    void whatIsNoLongerDeclaredGoes() {
        cluster.accepted(declare(DeclaredKind.WEIGHTS, add(weight("ads", 2)), add(weight("web", 3))));

        cluster.accepted(declare(
                DeclaredKind.WEIGHTS, change(weight("ads", 2), null), change(weight("web", 3), weight("web", 3))));

        assertThat(cluster.registry().weight("ads")).isEqualTo(Weight.of("ads", 1));
        assertThat(row(DeclaredKind.WEIGHTS).objects()).hasToString("{web=3.0}");
    }

    @Test
    void aDeclarationWithoutObjectsIsForgotten() {
        cluster.accepted(declare(DeclaredKind.WEIGHTS, add(weight("ads", 2))));

        cluster.accepted(declare(DeclaredKind.WEIGHTS, change(weight("ads", 2), null)));

        assertThat(cluster.registry().declarations()).isEmpty();
    }

    @Test
    void theSameOnceMoreChangesNothing() {
        cluster.agent("cpus:4");
        cluster.accepted(declare(DeclaredKind.QUOTAS, add(quota("ads", "cpus:1", "cpus:2"))));
        var same = quota("ads", "cpus:1", "cpus:2");

        assertThat(cluster.changes(declare(DeclaredKind.QUOTAS, change(same, same))))
                .isEmpty();
    }

    @Test
    void reservationsAreMadeLargerSmallerAndMovedAtOnce() {
        var agent = cluster.agent("cpus:4;mem:1000");
        cluster.accepted(declare(
                DeclaredKind.RESERVATIONS,
                add(reserved(agent, "ads", "cpus:3")),
                add(reserved(agent, "web", "mem:1000"))));

        // What ads gives back is what web gets: neither would fit without the other.
        cluster.accepted(declare(
                DeclaredKind.RESERVATIONS,
                change(reserved(agent, "ads", "cpus:3"), reserved(agent, "ads", "cpus:1;mem:600")),
                change(reserved(agent, "web", "mem:1000"), reserved(agent, "web", "cpus:3;mem:400"))));

        var row = Objects.requireNonNull(cluster.registry().agent(agent));
        assertThat(row.total()).hasToString("cpus(+ads):1;cpus(+web):3;mem(+ads):600;mem(+web):400");
        assertThat(DeclarationChecks.reservations(row))
                .containsExactly(
                        (Declarable.OfReservation) reserved(agent, "ads", "cpus:1;mem:600"),
                        (Declarable.OfReservation) reserved(agent, "web", "cpus:3;mem:400"));
    }

    @Test
    void windowsOfOthersStayWhereTheyAre() {
        var others = ((Declarable.OfWindow) window("h9", 9)).window();
        cluster.accepted(new UpdateSchedule(List.of(others)));

        cluster.accepted(declare(DeclaredKind.WINDOWS, add(window("h1", 1)), add(window("h2", 1))));
        cluster.accepted(
                declare(DeclaredKind.WINDOWS, change(window("h1", 1), window("h1", 2)), change(window("h2", 1), null)));

        assertThat(cluster.registry().maintenance().windows())
                .containsExactly(others, ((Declarable.OfWindow) window("h1", 2)).window());
    }

    // ---- what is refused

    @Test
    void anObjectThatSomebodyElseChangedIsNamedAndNothingIsDone() {
        cluster.accepted(declare(DeclaredKind.WEIGHTS, add(weight("ads", 2)), add(weight("web", 3))));
        var late = declare(
                DeclaredKind.WEIGHTS,
                change(weight("ads", 2), weight("ads", 5)),
                change(weight("web", 3), weight("web", 6)));
        cluster.accepted(new SetWeights(List.of(Weight.of("ads", 4))));

        assertThat(refusal(late))
                .contains("ads (seen: 2.0; now: 4.0)")
                .contains("none of the weights was changed")
                .doesNotContain("web");
        assertThat(cluster.rejected(late)).isEqualTo(Reason.DECLARATION_CHANGED);
        assertThat(cluster.registry().weights()).containsExactly(Weight.of("ads", 4), Weight.of("web", 3));
    }

    @Test
    void whatOthersChangeElsewhereDoesNotMatter() {
        var busy = declare(DeclaredKind.WEIGHTS, add(weight("ads", 2)));
        cluster.accepted(new SetWeights(List.of(Weight.of("web", 4))));
        cluster.agent("cpus:4");

        cluster.accepted(busy);

        assertThat(cluster.registry().weight("ads")).isEqualTo(Weight.of("ads", 2));
    }

    @Test
    void ofTwoThatWereComparedAtTheSameTimeOneWins() {
        var one = declare(DeclaredKind.WEIGHTS, add(weight("ads", 2)));
        var other = declare(DeclaredKind.WEIGHTS, add(weight("web", 2)));

        cluster.accepted(one);

        assertThat(refusal(other)).contains("the declaration 'site' itself");
        assertThat(cluster.registry().weight("web")).isNull();
    }

    @Test
    void whatDoesNotFitIsRefusedWholeAndNamesWhatIsLacking() {
        var agent = cluster.agent("cpus:4;mem:1000");

        assertThat(refusal(declare(
                        DeclaredKind.RESERVATIONS,
                        add(reserved(agent, "ads", "cpus:3")),
                        add(reserved(agent, "web", "cpus:3")))))
                .contains("cpus without a reservation 3 needed, 1 free");
        assertThat(refusal(declare(DeclaredKind.QUOTAS, add(quota("ads", "cpus:6;mem:10", "")))))
                .contains("cpus 6 of 4");
        assertThat(cluster.registry().declarations()).isEmpty();
        assertThat(Objects.requireNonNull(cluster.registry().agent(agent)).reserved())
                .isEqualTo(Resources.EMPTY);
    }

    @Test
    void whatTasksUseIsNotGivenBack() {
        var agent = cluster.agent("cpus:4");
        cluster.accepted(declare(DeclaredKind.RESERVATIONS, add(reserved(agent, "ads", "cpus:3"))));
        cluster.launched(cluster.framework(), agent, "t", "cpus(+ads):2");

        assertThat(refusal(declare(DeclaredKind.RESERVATIONS, change(reserved(agent, "ads", "cpus:3"), null))))
                .contains("cpus of that reservation 3 needed, 1 free");
    }

    @Test
    void aLimitBelowWhatIsUsedNamesTheResource() {
        var agent = cluster.agent("cpus:4;mem:1000");
        cluster.accepted(declare(DeclaredKind.RESERVATIONS, add(reserved(agent, "ads", "cpus:3;mem:10"))));

        assertThat(refusal(declare(DeclaredKind.QUOTAS, add(quota("ads", "", "cpus:1;mem:100")))))
                .contains("cpus 3 of 1");
    }

    @Test
    void whatContradictsItselfIsRefused() {
        var agent = cluster.agent("cpus:4");
        var twice = declare(DeclaredKind.WEIGHTS, add(weight("ads", 2)), add(weight("ads", 3)));
        var other = declare(DeclaredKind.QUOTAS, add(weight("ads", 2)));
        var name = new Declare("a/b", DeclaredKind.WEIGHTS, 0, List.of(add(weight("ads", 2))));
        var volumes = new Declare(
                "site",
                DeclaredKind.RESERVATIONS,
                0,
                List.of(add(new Declarable.OfReservation(
                        agent, List.of(Reservation.fixed("ads")), Resources.parse("cpus:1")))));

        for (var wrong : List.of(twice, other, name, volumes)) {
            assertThat(cluster.rejected(wrong)).isEqualTo(Reason.DECLARATION_INVALID);
        }
    }

    @Test
    void thereIsAnEndToDeclarationsAndToTheirObjects() {
        var objects = new ArrayList<DeclaredChange>();
        for (int i = 0; i <= Limits.DECLARED_OBJECTS_MAX; i++) {
            objects.add(add(weight("r" + i, 2)));
        }
        assertThat(cluster.rejected(new Declare("site", DeclaredKind.WEIGHTS, 0, objects)))
                .isEqualTo(Reason.DECLARATION_INVALID);
        for (int i = 0; i < Limits.DECLARATIONS_MAX; i++) {
            cluster.accepted(new Declare("d" + i, DeclaredKind.WEIGHTS, 0, List.of(add(weight("r" + i, 2)))));
        }
        assertThat(cluster.rejected(declare(DeclaredKind.WEIGHTS, add(weight("ads", 2)))))
                .isEqualTo(Reason.TOO_MANY);
    }

    @Test
    void itIsToldInTheEvents() {
        var changes = cluster.changes(declare(DeclaredKind.WEIGHTS, add(weight("ads", 2))));

        assertThat(changes).anyMatch(Change.DeclarationPut.class::isInstance);
    }
}
