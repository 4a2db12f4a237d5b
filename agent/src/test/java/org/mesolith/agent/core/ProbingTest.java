package org.mesolith.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mesolith.agent.core.Bench.F1;
import static org.mesolith.agent.core.Bench.RUN;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.api.CheckStatus;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;

/** Tasks that are looked at: when, what is told of it, and when it ends them. */
final class ProbingTest {
    private static final ProbeResult GOOD = new ProbeResult.Seen(new CheckStatus.Http(200));
    private static final ProbeResult BAD = new ProbeResult.Seen(new CheckStatus.Http(500));
    private static final ProbeResult LATE = new ProbeResult.Nothing("no answer in 1.0 s");

    /** The check of the bench: 2 s delay, 1 s interval. Health: the same, 5 s grace, 2 failures. */
    private final Bench bench = Bench.joined();

    @Test
    void theFirstLookComesAfterTheDelayAndTheNextAnIntervalAfterTheAnswer() {
        runs("health");
        bench.advance(Duration.ofMillis(1_999));
        assertThat(looks()).isEmpty();
        bench.advance(Duration.ofMillis(1));
        assertThat(looks()).hasSize(1);

        bench.advance(Duration.ofSeconds(30));
        assertThat(looks()).hasSize(1);

        answer(GOOD);
        bench.advance(Duration.ofMillis(999));
        assertThat(looks()).hasSize(1);
        bench.advance(Duration.ofMillis(1));
        assertThat(looks()).hasSize(2);
    }

    @Test
    void aCheckTellsEachChangeOnceAndNothingIsAResultToo() {
        runs("check");
        round(GOOD);
        round(GOOD);
        round(BAD);
        round(LATE);
        round(LATE);

        assertThat(updates().stream().map(RunRecord.Update::check))
                .containsExactly(
                        null,
                        new CheckStatus.Http(null),
                        new CheckStatus.Http(200),
                        new CheckStatus.Http(500),
                        new CheckStatus.Http(null));
        assertThat(updates().getLast().reason()).isEqualTo(StatusReason.REASON_TASK_CHECK_STATUS_UPDATED);
        assertThat(updates().getLast().state()).isEqualTo(TaskState.TASK_RUNNING);
    }

    @Test
    void healthIsToldWhenItChangesAndAtEachFailure() {
        runs("health");
        round(GOOD);
        round(GOOD);
        round(BAD);
        round(GOOD);
        round(LATE);

        assertThat(health()).containsExactly(null, null, true, false, true, false);
        assertThat(updates().getLast().reason()).isEqualTo(StatusReason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED);
        assertThat(updates().getLast().message()).isEqualTo("Health check failed: no answer in 1.0 s");
        assertThat(bench.all(AgentEffect.Terminate.class)).isEmpty();
    }

    @Test
    void failuresInTheGraceDoNotCountUnlessThereWasASuccess() {
        runs("health");
        round(BAD); // after 2 s
        round(BAD);
        round(BAD);
        round(BAD); // after 5 s
        assertThat(health()).containsExactly(null, null);

        round(BAD);
        assertThat(health()).containsExactly(null, null, false);
    }

    @Test
    void asManyFailuresInARowAsAgreedEndTheTask() {
        runs("health");
        round(GOOD);
        round(BAD);
        round(BAD);
        bench.write();
        assertThat(bench.all(AgentEffect.Terminate.class)).hasSize(1);

        bench.advance(Duration.ofSeconds(3));
        bench.on(new AgentEvent.Exited(RUN, new TaskExit.Signal(9)));
        bench.on(new AgentEvent.CleanedUp(RUN));

        var end = updates().getLast();
        assertThat(end.state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(end.healthy()).isFalse();
        assertThat(end.reason()).isNull();
        assertThat(bench.all(AgentEffect.KillTree.class)).hasSize(1);
    }

    @Test
    void aTaskThatEndsIsNotLookedAtAnyMore() {
        runs("health");
        bench.advance(Duration.ofSeconds(2));
        bench.says(1, new org.mesolith.api.LinkMessage.Kill(F1, Bench.TASK, Duration.ofMinutes(1)));
        int told = updates().size();
        answer(BAD);
        answer(BAD);
        bench.advance(Duration.ofSeconds(20));

        assertThat(looks()).hasSize(1);
        assertThat(updates()).hasSize(told);
    }

    @Test
    void anAnswerOfAnotherRoundIsIgnored() {
        runs("health");
        round(GOOD);
        bench.on(new AgentEvent.Probed(RUN, ProbeKind.HEALTH, 1, BAD));
        bench.on(new AgentEvent.Probed(RUN, ProbeKind.CHECK, 1, BAD));

        assertThat(health()).containsExactly(null, null, true);
    }

    @Test
    void anotherAgentProcessKnowsWhatWasSeenAndGoesOnCounting() {
        runs("health");
        round(GOOD);
        round(BAD);
        var next = new Bench(bench.disk());
        next.join(1, Bench.fence(2));
        next.on(new AgentEvent.Spawned(RUN, Bench.PROCESS));
        next.advance(Duration.ofSeconds(5));
        var look = next.last(AgentEffect.Probe.class);
        next.on(new AgentEvent.Probed(RUN, look.kind(), look.round(), LATE));
        next.write();

        assertThat(next.all(AgentEffect.Terminate.class)).hasSize(1);
    }

    @Test
    void aFloodOfChangesStaysSmallAndIsToldInOrder() {
        runs("check");
        for (int i = 0; i < 400; i++) {
            round(i % 2 == 0 ? BAD : GOOD);
        }
        assertThat(updates()).hasSizeLessThanOrEqualTo(AgentSettings.UPDATES_WAITING_MAX + 3);

        bench.write();
        for (int i = 0; i < 130; i++) {
            bench.acknowledge();
            round(i % 2 == 0 ? BAD : GOOD);
            bench.write();
        }
        assertThat(updates()).hasSizeLessThanOrEqualTo(AgentSettings.UPDATES_WAITING_MAX + 3);
        assertThat(updates().get(1).check()).isEqualTo(new CheckStatus.Http(null));
        assertThat(bench.disk().runs().getFirst().progress().dropped()).isPositive();
    }

    private void runs(String what) {
        bench.says(1, Bench.launch(F1, Bench.AT, what));
        bench.write();
        bench.on(new AgentEvent.Spawned(RUN, Bench.PROCESS));
        bench.write();
    }

    /** Time passes until the next look, which is answered so. */
    private void round(ProbeResult result) {
        int before = looks().size();
        for (int i = 0; i < 40 && looks().size() == before; i++) {
            bench.advance(Duration.ofMillis(100));
        }
        answer(result);
    }

    private void answer(ProbeResult result) {
        var look = bench.last(AgentEffect.Probe.class);
        bench.on(new AgentEvent.Probed(RUN, look.kind(), look.round(), result));
    }

    private List<AgentEffect.Probe> looks() {
        return bench.all(AgentEffect.Probe.class);
    }

    private List<RunRecord.Update> updates() {
        return bench.last(AgentEffect.WriteRun.class).run().progress().updates();
    }

    private List<@Nullable Boolean> health() {
        return updates().stream()
                .<@Nullable Boolean>map(RunRecord.Update::healthy)
                .toList();
    }
}
