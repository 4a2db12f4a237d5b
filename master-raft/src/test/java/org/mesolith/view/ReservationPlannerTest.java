package org.mesolith.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Attribute;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Position;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;
import org.mesolith.state.Actor;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Command;
import org.mesolith.state.Envelope;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Origin;
import org.mesolith.state.Registry;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.rules.StateMachine;

/** On which agents a reservation would be made. */
final class ReservationPlannerTest {
    private Registry registry = Registry.EMPTY;
    private long index;

    ReservationPlannerTest() {
        apply(new SystemCommand.InitCluster("c", 1, 7));
    }

    private void apply(Command command) {
        var at = new Position(++index, 0);
        var envelope = new Envelope(Actor.SYSTEM, Origin.LEADER, null, Instant.EPOCH.plusSeconds(index), 1);
        registry = StateMachine.step(registry, new LogEntry(at, 1, envelope, command))
                .after();
    }

    private void agent(String host, String resources, @Nullable String rack, @Nullable String zone) {
        apply(new AgentCommand.AdmitAgent(
                null,
                new AgentInfo(
                        host,
                        5051,
                        Resources.parse(resources),
                        rack == null ? List.of() : List.of(new Attribute("rack", new Value.Text(rack))),
                        zone == null ? null : new FaultDomain("eu", zone),
                        List.of(),
                        "1.11.0")));
    }

    private ReservationPlan plan(String resources, int count, @Nullable String spread, boolean uneven) {
        return ReservationPlanner.of(
                registry,
                new ReservationPlanner.Wanted(
                        Reservation.dynamic("ads", null), Resources.parse(resources), count, spread, uneven));
    }

    private static List<String> hosts(ReservationPlan plan) {
        return plan.picks().stream().map(ReservationPlan.Pick::host).toList();
    }

    @Test
    void theEmptiestAgentsAreTakenFirst() {
        agent("small", "cpus:2;mem:4096", null, null);
        agent("large", "cpus:16;mem:4096", null, null);
        agent("narrow", "cpus:16;mem:128", null, null);

        assertThat(hosts(plan("cpus:1;mem:64", 2, null, false))).containsExactly("large", "small");
    }

    @Test
    void anAgentThatHasSomethingForTheRoleComesLast() {
        agent("a", "cpus:16", null, null);
        agent("b", "cpus:2", null, null);
        var first = registry.agents().iterator().next().id();
        apply(new ReservationCommand.OperateAgent(
                first, new OfferOperation.Reserve(null, Resources.EMPTY, Resources.parse("cpus(+ads):1"))));

        assertThat(hosts(plan("cpus:1", 2, null, false))).containsExactly("b", "a");
    }

    @Test
    void agentsAreSpreadEvenlyOverTheValuesOfAnAttribute() {
        agent("a1", "cpus:9", "a", null);
        agent("a2", "cpus:8", "a", null);
        agent("a3", "cpus:7", "a", null);
        agent("b1", "cpus:2", "b", null);
        agent("b2", "cpus:1", "b", null);

        assertThat(hosts(plan("cpus:1", 4, "rack", false))).containsExactly("a1", "b1", "a2", "b2");
        assertThat(plan("cpus:1", 4, "rack", false).places())
                .containsExactly(new ReservationPlan.Place("a", 3, 2), new ReservationPlan.Place("b", 2, 2));
    }

    @Test
    void anUnevenSpreadIsRefusedUnlessItIsAllowed() {
        agent("a1", "cpus:9", "a", null);
        agent("a2", "cpus:8", "a", null);
        agent("a3", "cpus:7", "a", null);
        agent("b1", "cpus:0.5", "b", null);

        assertThat(plan("cpus:1", 3, "rack", false).problem())
                .isEqualTo(
                        "an even spread of 3 agents over 2 places needs 1 or more in each, and rack 'b' has room on 0;"
                                + " ask for fewer, or allow an uneven spread");
        assertThat(plan("cpus:1", 3, "rack", true).problem()).isNull();
    }

    @Test
    void aZoneIsThatOfTheFaultDomainWhereNoAttributeHasTheName() {
        agent("a", "cpus:9", null, "z1");
        agent("b", "cpus:1", null, "z2");
        agent("c", "cpus:9", null, "z1");
        agent("nowhere", "cpus:9", null, null);

        assertThat(hosts(plan("cpus:1", 2, "zone", false))).containsExactly("a", "b");
        assertThat(plan("cpus:1", 4, "zone", true).problem()).endsWith("no other is left; 1 have no 'zone'");
        assertThat(plan("cpus:1", 1, "rack", false).problem())
                .isEqualTo("no agent that is in use has an attribute 'rack'");
    }

    @Test
    void fewerThanAreWantedIsToldWithWhatIsLackingWhere() {
        agent("a", "cpus:9;mem:64", null, null);
        agent("b", "cpus:0.5;mem:32", null, null);
        agent("c", "cpus:4;mem:4096", null, null);

        var plan = plan("cpus:1;mem:128", 2, null, false);

        assertThat(plan.problem())
                .isEqualTo("1 of the 2 agents that are wanted have room for {cpus:1;mem:128}: of 3 that are in use too"
                        + " little is free of cpus on 1, mem on 2");
        assertThat(plan.lacks().stream().map(lack -> lack.host() + " " + lack.text()))
                .containsExactly("a mem 128 wanted, 64 free", "b cpus 1 wanted, 0.5 free, mem 128 wanted, 32 free");
    }

    @Test
    void agentsThatAreTakenOutOfUseAreNotAsked() {
        agent("a", "cpus:4", null, null);
        agent("b", "cpus:4", null, null);
        var ids = new ArrayList<AgentId>();
        registry.agents().forEach(row -> ids.add(row.id()));
        apply(new AgentCommand.DeactivateAgent(ids.getFirst()));

        assertThat(hosts(plan("cpus:1", 1, null, false))).containsExactly("b");
        assertThat(plan("cpus:1", 2, null, false).agents()).isEqualTo(1);
    }
}
