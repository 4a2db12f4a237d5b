package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.base.Check;
import org.mesolith.base.Limits;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.DrainWish;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.Unavailability;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.MaintenanceCommand.AdvanceDrain;
import org.mesolith.state.MaintenanceCommand.DrainAgent;
import org.mesolith.state.MaintenanceCommand.PlanDrain;
import org.mesolith.state.MaintenanceCommand.SteerDrain;
import org.mesolith.state.MaintenanceCommand.UpdateSchedule;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;
import org.mesolith.state.TestCluster;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.state.row.DrainPlan.State;
import org.mesolith.state.row.DrainPlan.Step;

/** Plans to empty agents batch by batch. */
final class DrainRulesTest {
    private final TestCluster cluster = TestCluster.made();

    private AgentId agent(String host, @Nullable String zone) {
        var info = new AgentInfo(
                host,
                5051,
                Resources.parse("cpus:4"),
                List.of(),
                zone == null ? null : new FaultDomain("eu", zone),
                List.of(),
                "1.11.0");
        return ((Result.AgentAdmitted) cluster.accepted(new AgentCommand.AdmitAgent(null, info))).agent();
    }

    private TaskKey busy(AgentId agent, String task) {
        return cluster.launched(cluster.framework(), agent, task, "cpus:1");
    }

    private void ends(TaskKey task) {
        cluster.updated(task, TaskState.TASK_KILLED, 5);
        cluster.acknowledged(task, 5);
    }

    private long plan(int maxUnavailable, AgentId... agents) {
        var made = cluster.accepted(new PlanDrain(List.of(agents), maxUnavailable, null, null));
        return ((Result.DrainPlanned) made).plan();
    }

    private DrainPlan row(long plan) {
        return Check.present(cluster.registry().drainPlan(plan), "plan");
    }

    private AgentRow row(AgentId agent) {
        return Check.present(cluster.registry().agent(agent), "agent");
    }

    private List<Step> steps(long plan) {
        return row(plan).parts().stream().map(DrainPlan.Part::step).toList();
    }

    private void advance(long plan) {
        cluster.accepted(new AdvanceDrain(plan));
    }

    // ---- batches

    @Test
    void theNextBatchBeginsWhenNothingIsLeftOnTheOneBefore() {
        var first = agent("h1", null);
        var second = agent("h2", null);
        var task = busy(first, "t");
        var plan = plan(1, first, second);

        assertThat(row(first).isDraining()).isTrue();
        assertThat(row(second).deactivated()).isFalse();
        advance(plan);
        assertThat(steps(plan)).containsExactly(Step.DRAINING, Step.WAITING);
        ends(task);
        advance(plan);

        assertThat(steps(plan)).containsExactly(Step.DRAINED, Step.DRAINING);
        assertThat(row(second).deactivated()).isTrue();
        advance(plan);
        assertThat(row(plan).state()).isEqualTo(State.DONE);
    }

    @Test
    void noBatchHoldsAgentsOfTwoZonesOrMoreThanAreWanted() {
        var agents =
                new AgentId[] {agent("h1", "b"), agent("h2", "a"), agent("h3", "b"), agent("h4", "b"), agent("h5", null)
                };

        var plan = plan(2, agents);

        assertThat(row(plan).parts().stream().map(part -> part.batch() + ":" + place(agents, part.agent())))
                .containsExactly("1:5", "2:2", "3:1", "3:3", "4:4");
    }

    private static int place(AgentId[] agents, AgentId agent) {
        return List.of(agents).indexOf(agent) + 1;
    }

    @Test
    void askingTwiceToGoOnChangesNothingMore() {
        var first = agent("h1", null);
        busy(first, "t");
        var plan = plan(1, first);

        assertThat(cluster.changes(new AdvanceDrain(plan))).isEmpty();
    }

    @Test
    void agentsThatCannotBeEmptiedWhenTheirTurnComesArePassedOver() {
        var first = agent("h1", null);
        var task = busy(first, "t");
        var others = new AgentId[] {agent("h2", null), agent("h3", null), agent("h4", null)};
        var plan = plan(1, first, others[0], others[1], others[2]);
        cluster.accepted(new UpdateSchedule(List.of(
                new MaintenanceWindow(List.of(new MachineId("h2", "")), new Unavailability(TestCluster.START, null)))));
        cluster.accepted(new DrainAgent(others[1], Duration.ofSeconds(7), false));
        cluster.accepted(new AgentCommand.MarkAgentGone(others[2]));
        ends(task);

        advance(plan);

        assertThat(steps(plan)).containsExactly(Step.DRAINED, Step.SKIPPED, Step.SKIPPED, Step.GONE);
        assertThat(row(plan).state()).isEqualTo(State.DONE);
    }

    // ---- pause, deadline, cancel

    @Test
    void aPlanThatPausesFinishesItsBatchAndBeginsNone() {
        var first = agent("h1", null);
        var second = agent("h2", null);
        var task = busy(first, "t");
        var plan = plan(1, first, second);
        cluster.accepted(new SteerDrain(plan, DrainWish.PAUSE));
        ends(task);

        advance(plan);
        assertThat(steps(plan)).containsExactly(Step.DRAINED, Step.WAITING);
        assertThat(row(plan).state()).isEqualTo(State.PAUSED);
        cluster.accepted(new SteerDrain(plan, DrainWish.RESUME));

        assertThat(steps(plan)).containsExactly(Step.DRAINED, Step.DRAINING);
    }

    @Test
    void noBatchBeginsAfterTheDeadline() {
        var first = agent("h1", null);
        var second = agent("h2", null);
        var task = busy(first, "t");
        var made = cluster.accepted(
                new PlanDrain(List.of(first, second), 1, null, cluster.now().plusSeconds(60)));
        var plan = ((Result.DrainPlanned) made).plan();
        ends(task);

        cluster.later(Duration.ofSeconds(60));
        advance(plan);

        assertThat(steps(plan)).containsExactly(Step.DRAINED, Step.WAITING);
        assertThat(row(plan).state()).isEqualTo(State.LATE);
        assertThat(cluster.rejected(new SteerDrain(plan, DrainWish.RESUME))).isEqualTo(Reason.DRAIN_OVER);
    }

    @Test
    void aCancelledPlanGivesItsAgentsBackAsTheyWereAndLeavesThoseOfOthers() {
        var drained = agent("h1", null);
        var wasOut = agent("h2", null);
        var taken = agent("h3", null);
        var draining = agent("h4", null);
        cluster.accepted(new AgentCommand.DeactivateAgent(wasOut));
        busy(draining, "t");
        var plan = plan(4, drained, wasOut, taken, draining);
        advance(plan);
        assertThat(steps(plan)).containsExactly(Step.DRAINED, Step.DRAINED, Step.DRAINED, Step.DRAINING);
        cluster.accepted(new DrainAgent(taken, Duration.ofSeconds(7), false));

        cluster.accepted(new SteerDrain(plan, DrainWish.CANCEL));

        assertThat(steps(plan)).containsExactly(Step.RETURNED, Step.RETURNED, Step.SKIPPED, Step.RETURNED);
        assertThat(row(drained).deactivated()).isFalse();
        assertThat(row(wasOut).deactivated()).isTrue();
        assertThat(row(wasOut).drain()).isNull();
        assertThat(row(taken).drain()).isNotNull();
        assertThat(row(draining).deactivated()).isFalse();
        assertThat(row(draining).drain()).isNull();
    }

    @Test
    void aPlanThatIsDoneGivesItsAgentsBackToo() {
        var agent = agent("h1", null);
        var plan = plan(1, agent);
        advance(plan);
        assertThat(row(plan).state()).isEqualTo(State.DONE);

        cluster.accepted(new SteerDrain(plan, DrainWish.CANCEL));

        assertThat(row(agent).deactivated()).isFalse();
        assertThat(cluster.changes(new SteerDrain(plan, DrainWish.CANCEL))).isEmpty();
        plan(1, agent);
    }

    // ---- what is refused

    @Test
    void whatCannotBePlannedIsRefusedAndNothingIsChanged() {
        var agent = agent("h1", null);
        var maintained = agent("h2", null);
        var gone = agent("h3", null);
        var drained = agent("h4", null);
        cluster.accepted(new UpdateSchedule(List.of(
                new MaintenanceWindow(List.of(new MachineId("h2", "")), new Unavailability(TestCluster.START, null)))));
        cluster.accepted(new AgentCommand.MarkAgentGone(gone));
        cluster.accepted(new DrainAgent(drained, null, false));

        refused("no agent is named", 1, null);
        refused("is named twice", 1, null, agent, agent);
        refused("is unknown", 1, null, agent, new AgentId("nobody"));
        refused("was marked gone", 1, null, gone);
        refused("maintenance schedule", 1, null, maintained);
        refused("drained already", 1, null, drained);
        refused("ask for 1 or more", 0, null, agent);
        refused("is over already", 1, cluster.now(), agent);
        busy(agent, "t");
        plan(1, agent);
        refused("is in plan D1", 1, null, agent);
        assertThat(cluster.rejected(new AdvanceDrain(7))).isEqualTo(Reason.DRAIN_UNKNOWN);
        assertThat(cluster.rejected(new SteerDrain(7, DrainWish.CANCEL))).isEqualTo(Reason.DRAIN_UNKNOWN);
    }

    private void refused(String why, int maxUnavailable, @Nullable Instant deadline, AgentId... agents) {
        var outcome = cluster.apply(new PlanDrain(List.of(agents), maxUnavailable, null, deadline));
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(((Outcome.Rejected) outcome).reason()).isEqualTo(Reason.DRAIN_INVALID);
        assertThat(((Outcome.Rejected) outcome).message()).contains(why);
    }

    @Test
    void plansThatAreOverAreForgottenTheOldestFirstAndNumbersAreNeverUsedAgain() {
        var agent = agent("h1", null);
        for (int life = 1; life <= Limits.DRAIN_PLANS_KEPT_MAX + 2; life++) {
            assertThat(plan(1, agent)).isEqualTo(life);
            cluster.accepted(new SteerDrain(life, DrainWish.CANCEL));
        }

        assertThat(cluster.registry().drainPlan(1)).isNull();
        assertThat(cluster.registry().drainPlan(3)).isNotNull();
        assertThat(cluster.registry().drainPlans()).hasSize(Limits.DRAIN_PLANS_KEPT_MAX);
    }

    @Test
    void soManyPlansAreOpenAndNoMore() {
        for (int number = 0; number < Limits.DRAIN_PLANS_MAX; number++) {
            var agent = agent("h" + number, null);
            busy(agent, "t");
            plan(1, agent);
        }

        assertThat(cluster.rejected(new PlanDrain(List.of(agent("last", null)), 1, null, null)))
                .isEqualTo(Reason.TOO_MANY);
    }

    // ---- what is told of it

    @Test
    void eachStepIsAnEvent() {
        var first = agent("h1", null);
        var task = busy(first, "t");
        var plan = plan(1, first);
        cluster.accepted(new SteerDrain(plan, DrainWish.PAUSE));
        cluster.accepted(new SteerDrain(plan, DrainWish.RESUME));
        ends(task);

        assertThat(events(new AdvanceDrain(plan))).containsExactly("drain_done D1 1/1 1/1");
        assertThat(events(new SteerDrain(plan, DrainWish.CANCEL)))
                .containsExactly("agent_reactivated", "drain_cancelled D1 1/1 0/1");
    }

    private List<String> events(Command command) {
        var before = cluster.registry();
        var outcome = cluster.apply(command);
        return EventRules.of(before, command, outcome).stream()
                .map(event -> event.kind().text()
                        + (event.kind().fits("drain")
                                ? " " + event.subject() + " "
                                        + event.facts().get(0).text() + " "
                                        + event.facts().get(1).text()
                                : ""))
                .toList();
    }

    @Test
    void aPlanIsMadeAndItsFirstBatchBegunInOneStep() {
        var agent = agent("h1", null);
        busy(agent, "t");
        var changes = cluster.changes(new PlanDrain(List.of(agent), 1, null, null));

        assertThat(changes).anyMatch(Change.AgentPut.class::isInstance).anyMatch(Change.DrainPlanPut.class::isInstance);
    }
}
