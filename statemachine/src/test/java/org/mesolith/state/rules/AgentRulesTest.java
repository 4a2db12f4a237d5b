package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.model.AgentId;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskState;
import org.mesolith.state.AgentCommand.AdmitAgent;
import org.mesolith.state.AgentCommand.DeactivateAgent;
import org.mesolith.state.AgentCommand.MarkAgentGone;
import org.mesolith.state.AgentCommand.MarkAgentReachable;
import org.mesolith.state.AgentCommand.MarkAgentsUnreachable;
import org.mesolith.state.AgentCommand.PruneAgents;
import org.mesolith.state.AgentCommand.ReactivateAgent;
import org.mesolith.state.AgentCommand.RemoveAgent;
import org.mesolith.state.AgentCommand.UpdateAgent;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;
import org.mesolith.state.TestCluster;
import org.mesolith.state.row.AgentRow;

final class AgentRulesTest {
    private final TestCluster cluster = TestCluster.made();

    private AgentRow row(AgentId id) {
        var row = cluster.registry().agent(id);
        assertThat(row).isNotNull();
        return row;
    }

    private MarkAgentsUnreachable silent(AgentId... agents) {
        return new MarkAgentsUnreachable(List.of(agents).stream()
                .map(agent -> new MarkAgentsUnreachable.Silent(agent, cluster.now()))
                .toList());
    }

    @Test
    void aNewAgentGetsAnIdOfClusterEpochAndCounter() {
        var first = cluster.agent("cpus:1");
        var second = cluster.agent("cpus:1");

        assertThat(first).isEqualTo(new AgentId("c0ffee00-0001-S0000000001"));
        assertThat(second).isEqualTo(new AgentId("c0ffee00-0001-S0000000002"));
    }

    @Test
    void mintedIdsSkipThoseThatAgentsBrought() {
        cluster.accepted(new AdmitAgent(new AgentId("c0ffee00-0001-S0000000001"), TestCluster.info("h", "cpus:1")));

        assertThat(cluster.agent("cpus:1")).isEqualTo(new AgentId("c0ffee00-0001-S0000000002"));
    }

    @Test
    void anUnknownIdIsAdmittedAsItIs() {
        var result = cluster.accepted(new AdmitAgent(new AgentId("old-S7"), TestCluster.info("h", "cpus:1")));

        assertThat(result).isEqualTo(new Result.AgentAdmitted(new AgentId("old-S7"), false));
    }

    @Test
    void anIdThatBreaksTheRuleForIdsIsRefused() {
        var admit = new AdmitAgent(new AgentId("a/b"), TestCluster.info("h", "cpus:1"));

        assertThat(cluster.rejected(admit)).isEqualTo(Reason.BAD_COMMAND);
    }

    @Test
    void aRegisteredAgentComesBackWithChangedResources() {
        var id = cluster.agent("cpus:1");

        var result = cluster.later(Duration.ofSeconds(3))
                .accepted(new AdmitAgent(id, TestCluster.info(TestCluster.HOST, "cpus:8")));

        assertThat(result).isEqualTo(new Result.AgentAdmitted(id, true));
        assertThat(row(id).total()).isEqualTo(Resources.parse("cpus:8"));
        assertThat(row(id).registeredAt()).isEqualTo(TestCluster.START);
        assertThat(row(id).reregisteredAt()).isEqualTo(TestCluster.START.plusSeconds(3));
    }

    @Test
    void aRegisteredAgentCannotComeBackFromAnotherHost() {
        var id = cluster.agent("cpus:1");

        assertThat(cluster.rejected(new AdmitAgent(id, TestCluster.info("elsewhere", "cpus:1"))))
                .isEqualTo(Reason.AGENT_MOVED);
        assertThat(cluster.rejected(new UpdateAgent(id, TestCluster.info("elsewhere", "cpus:1"))))
                .isEqualTo(Reason.AGENT_MOVED);
    }

    @Test
    void anUpdateThatSaysNothingNewChangesNothing() {
        var id = cluster.agent("cpus:1");

        assertThat(cluster.changes(new UpdateAgent(id, TestCluster.info(TestCluster.HOST, "cpus:1"))))
                .isEmpty();
    }

    @Test
    void theTasksOfASilentAgentBecomeUnreachableAndHoldNothing() {
        var agent = cluster.agent("cpus:4");
        var framework = cluster.framework();
        var task = cluster.launched(framework, agent, "t", "cpus:1");
        cluster.updated(task, TaskState.TASK_RUNNING, 1);

        cluster.later(Duration.ofSeconds(75)).accepted(silent(agent));

        assertThat(row(agent).unreachableSince()).isEqualTo(cluster.now());
        assertThat(cluster.task(task).state()).isEqualTo(TaskState.TASK_UNREACHABLE);
        assertThat(cluster.task(task).stateAtAgent()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(cluster.task(task).updateUuid()).isNull();
        assertThat(cluster.registry().allocations(agent)).isEmpty();
        assertThat(cluster.registry().allocated(framework)).isEmpty();
    }

    @Test
    void anAgentThatWasAdmittedAfterItWasLastSeenIsNotSilent() {
        var agent = cluster.agent("cpus:4");
        var command = silent(agent);
        cluster.later(Duration.ofSeconds(1));
        cluster.accepted(new AdmitAgent(agent, TestCluster.info(TestCluster.HOST, "cpus:4")));

        assertThat(cluster.changes(command)).isEmpty();
    }

    @Test
    void theTasksOfAReturningAgentTakeUpTheirStates() {
        var agent = cluster.agent("cpus:4");
        var framework = cluster.framework();
        var running = cluster.launched(framework, agent, "running", "cpus:1");
        var ended = cluster.launched(framework, agent, "ended", "cpus:1");
        cluster.updated(running, TaskState.TASK_RUNNING, 1);
        cluster.updated(ended, TaskState.TASK_FAILED, 2);
        cluster.accepted(silent(agent));

        cluster.accepted(new MarkAgentReachable(agent));

        assertThat(row(agent).isRegistered()).isTrue();
        assertThat(cluster.task(running).state()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(cluster.task(running).reportedState()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(cluster.task(ended).state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(cluster.registry().allocated(agent).unallocated()).isEqualTo(Resources.parse("cpus:1"));
    }

    @Test
    void anUnreachableAgentMayReturnThroughAdmissionEvenFromAnotherHost() {
        var agent = cluster.agent("cpus:4");
        cluster.accepted(silent(agent));

        cluster.accepted(new AdmitAgent(agent, TestCluster.info("elsewhere", "cpus:2")));

        assertThat(row(agent).isRegistered()).isTrue();
        assertThat(row(agent).total()).isEqualTo(Resources.parse("cpus:2"));
    }

    @Test
    void theTasksOfAGoneAgentEndAndItsIdIsRefusedForEver() {
        var agent = cluster.agent("cpus:4");
        var framework = cluster.framework();
        var task = cluster.launched(framework, agent, "t", "cpus:1");

        cluster.accepted(new MarkAgentGone(agent));

        assertThat(cluster.registry().task(task)).isNull();
        var completed = cluster.registry().completedTasks(framework).iterator().next();
        assertThat(completed.task().state()).isEqualTo(TaskState.TASK_GONE_BY_OPERATOR);
        assertThat(cluster.registry().goneAgent(agent)).isNotNull();
        assertThat(cluster.rejected(new AdmitAgent(agent, TestCluster.info(TestCluster.HOST, "cpus:4"))))
                .isEqualTo(Reason.AGENT_GONE);
        assertThat(cluster.rejected(new MarkAgentGone(agent))).isEqualTo(Reason.AGENT_GONE);
    }

    @Test
    void theTasksOfAnAgentThatLeavesAreLostAndItsIdMayComeBack() {
        var agent = cluster.agent("cpus:4");
        var framework = cluster.framework();
        cluster.launched(framework, agent, "t", "cpus:1");

        cluster.accepted(new RemoveAgent(agent));

        assertThat(cluster.registry().agent(agent)).isNull();
        assertThat(cluster.registry()
                        .completedTasks(framework)
                        .iterator()
                        .next()
                        .task()
                        .state())
                .isEqualTo(TaskState.TASK_LOST);
        cluster.accepted(new AdmitAgent(agent, TestCluster.info(TestCluster.HOST, "cpus:4")));
        assertThat(cluster.registry().tasksOfAgent(agent)).isEmpty();
    }

    @Test
    void deactivationStaysUntilItIsTakenBackAndRepetitionChangesNothing() {
        var agent = cluster.agent("cpus:4");

        assertThat(cluster.changes(new DeactivateAgent(agent))).hasSize(1);
        assertThat(cluster.changes(new DeactivateAgent(agent))).isEmpty();
        assertThat(row(agent).deactivated()).isTrue();
        assertThat(cluster.changes(new ReactivateAgent(agent))).hasSize(1);
        assertThat(row(agent).deactivated()).isFalse();
    }

    @Test
    void commandsAboutAnUnknownAgentAreRefused() {
        var nobody = new AgentId("nobody");

        assertThat(cluster.rejected(new MarkAgentReachable(nobody))).isEqualTo(Reason.AGENT_UNKNOWN);
        assertThat(cluster.rejected(new MarkAgentGone(nobody))).isEqualTo(Reason.AGENT_UNKNOWN);
        assertThat(cluster.rejected(new RemoveAgent(nobody))).isEqualTo(Reason.AGENT_UNKNOWN);
        assertThat(cluster.rejected(new DeactivateAgent(nobody))).isEqualTo(Reason.AGENT_UNKNOWN);
        assertThat(cluster.changes(silent(nobody))).isEmpty();
    }

    @Test
    void pruningForgetsTheOldestUnreachableAndGoneAgents() {
        var framework = cluster.framework();
        var old = cluster.agent("cpus:1");
        var task = cluster.launched(framework, old, "t", "cpus:1");
        var young = cluster.agent("cpus:1");
        var gone = cluster.agent("cpus:1");
        cluster.accepted(silent(old));
        cluster.accepted(new MarkAgentGone(gone));
        cluster.later(Duration.ofDays(10)).accepted(silent(young));

        cluster.later(Duration.ofDays(5)).accepted(new PruneAgents(cluster.now().minus(Duration.ofDays(14)), 100));

        assertThat(cluster.registry().agent(old)).isNull();
        assertThat(cluster.registry().task(task)).isNull();
        assertThat(cluster.registry().completedTaskCount(framework)).isZero();
        assertThat(cluster.registry().agent(young)).isNotNull();
        assertThat(cluster.registry().goneAgent(gone)).isNull();
    }

    @Test
    void pruningKeepsOnlySoManyOfEachSort() {
        var older = cluster.agent("cpus:1");
        var newer = cluster.agent("cpus:1");
        cluster.accepted(silent(older));
        cluster.later(Duration.ofSeconds(1)).accepted(silent(newer));

        cluster.accepted(new PruneAgents(TestCluster.START, 1));

        assertThat(cluster.registry().agent(older)).isNull();
        assertThat(cluster.registry().agent(newer)).isNotNull();
    }
}
