package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.base.Limits;
import org.mesolith.model.Position;
import org.mesolith.model.Weight;
import org.mesolith.state.Actor;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Command;
import org.mesolith.state.Envelope;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.Reason;
import org.mesolith.state.RequestKey;
import org.mesolith.state.TestCluster;

/** What holds for every command: term, cluster, request key, time. */
final class StateMachineTest {
    private static final Command WEIGHTS = new QuotaCommand.SetWeights(List.of(Weight.of("ads", 2)));

    private final TestCluster cluster = TestCluster.made();

    @Test
    void aCommandProposedInAnotherTermThanTheEntrysIsRefused() {
        var envelope = new Envelope(Actor.SYSTEM, Origin.LEADER, null, TestCluster.START, 4);

        var outcome = cluster.apply(new LogEntry(new Position(9, 0), 5, envelope, WEIGHTS));

        assertThat(outcome)
                .isEqualTo(new Outcome.Rejected(
                        Reason.STALE_TERM,
                        "the command was proposed in term 4 and logged in term 5; ask the present leader again"));
    }

    @Test
    void beforeTheClusterIsMadeEveryOtherCommandIsRefused() {
        assertThat(TestCluster.empty().rejected(WEIGHTS)).isEqualTo(Reason.NO_CLUSTER);
    }

    @Test
    void timeNeverGoesBackwards() {
        cluster.later(Duration.ofSeconds(10)).accepted(WEIGHTS);
        var newest = cluster.registry().time();

        cluster.later(Duration.ofSeconds(-20));
        var agent = cluster.agent("cpus:1");

        assertThat(cluster.registry().time()).isEqualTo(newest);
        assertThat(cluster.registry().agent(agent)).isNotNull();
        assertThat(cluster.registry().agents().iterator().next().registeredAt()).isEqualTo(newest);
    }

    @Test
    void aCommandThatChangesNothingDoesNotMoveTheTime() {
        cluster.accepted(WEIGHTS);

        var changes = cluster.later(Duration.ofSeconds(5)).changes(WEIGHTS);

        assertThat(changes).isEmpty();
        assertThat(cluster.registry().time()).isEqualTo(TestCluster.START);
    }

    @Test
    void aRepeatedRequestIsCarriedOutOnceAndAnsweredAlike() {
        var admit = new AgentCommand.AdmitAgent(null, TestCluster.info("h", "cpus:1"));

        var first = cluster.apply(keyed("k1"), admit);
        var second = cluster.apply(keyed("k1"), admit);

        assertThat(cluster.registry().agentCount()).isEqualTo(1);
        assertThat(second).isEqualTo(new Outcome.Accepted(List.of(), ((Outcome.Accepted) first).result()));
    }

    @Test
    void aRequestKeyIsNotTakenForAnotherKindOfCommand() {
        cluster.apply(keyed("k1"), WEIGHTS);

        var outcome = cluster.apply(keyed("k1"), new AgentCommand.AdmitAgent(null, TestCluster.info("h", "cpus:1")));

        assertThat(((Outcome.Rejected) outcome).reason()).isEqualTo(Reason.REQUEST_KEY_REUSED);
    }

    @Test
    void aRefusedRequestIsNotRememberedAndMaySucceedLater() {
        var bad = new QuotaCommand.SetWeights(
                List.of(new Weight("ads", Weight.of("ads", -1).bits())));
        cluster.apply(keyed("k1"), bad);

        var outcome = cluster.apply(keyed("k1"), WEIGHTS);

        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void theOldestRequestKeyIsForgottenWhenTheTableIsFull() {
        for (int i = 0; i < Limits.REQUEST_KEYS_MAX; i++) {
            var entry = new LogEntry(new Position(100 + i, 0), 1, keyed("key-" + i), WEIGHTS);
            cluster.applyUncounted(entry);
        }
        assertThat(cluster.registry().requestCount()).isEqualTo(Limits.REQUEST_KEYS_MAX);

        cluster.apply(new LogEntry(new Position(1_000_000, 0), 1, keyed("one more"), WEIGHTS));

        assertThat(cluster.registry().requestCount()).isEqualTo(Limits.REQUEST_KEYS_MAX);
        assertThat(cluster.registry().request(new RequestKey("alice", "key-0"))).isNull();
        assertThat(cluster.registry().request(new RequestKey("alice", "key-1"))).isNotNull();
    }

    private Envelope keyed(String key) {
        return new Envelope(Actor.operator("alice"), Origin.HTTP, new RequestKey("alice", key), cluster.now(), 1);
    }
}
