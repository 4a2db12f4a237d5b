package org.mesolith.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskState;

/** Tasks that use more memory than they have. */
final class MemoryTest {
    private static final Duration QUICK = Duration.ofMillis(1);
    private static final long MIB = 1 << 20;

    private final Bench bench = new Bench(Recovered.NOTHING, true);

    @Test
    void aTaskThatUsesMoreThanItHasIsKilledAndHasFailedForThatReason() {
        run("memory");
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.last(AgentEffect.MeasureMemory.class).bounds())
                .singleElement()
                .satisfies(bound -> {
                    assertThat(bound.run()).isEqualTo(Bench.RUN);
                    assertThat(bound.bytes()).isEqualTo(64 * MIB);
                });

        bench.on(new AgentEvent.MemoryMeasured(new TreeMap<>(Map.of(Bench.RUN, 64 * MIB + 1)), QUICK));
        bench.write();
        bench.advance(Duration.ofMillis(1));
        assertThat(bench.all(AgentEffect.KillTree.class)).hasSize(1);
        bench.on(new AgentEvent.Exited(Bench.RUN, new TaskExit.Signal(9)));
        bench.on(new AgentEvent.CleanedUp(Bench.RUN));

        var end = bench.last(AgentEffect.WriteRun.class)
                .run()
                .progress()
                .updates()
                .getLast();
        assertThat(end.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(end.reason()).isEqualTo(StatusReason.REASON_CONTAINER_LIMITATION_MEMORY);
        assertThat(end.source()).isEqualTo(StatusSource.SOURCE_AGENT);
        assertThat(end.message())
                .startsWith("The task used 65 MiB of memory where 64 MiB are allowed; Command terminated with signal");
    }

    @Test
    void aTaskWithinItsMemoryGoesOnAndIsMeasuredAgain() {
        run("memory");
        bench.advance(Duration.ofSeconds(1));
        bench.on(new AgentEvent.MemoryMeasured(new TreeMap<>(), QUICK));
        bench.advance(Duration.ofSeconds(1));

        assertThat(bench.all(AgentEffect.MeasureMemory.class)).hasSize(2);
        assertThat(bench.all(AgentEffect.KillTree.class)).isEmpty();
    }

    @Test
    void measuringTakesNoMoreThanAFewPartsInAHundredOfTheTime() {
        run("memory");
        bench.advance(Duration.ofSeconds(1));
        bench.on(new AgentEvent.MemoryMeasured(new TreeMap<>(), Duration.ofSeconds(3)));
        bench.advance(Duration.ofSeconds(59));
        assertThat(bench.all(AgentEffect.MeasureMemory.class)).hasSize(1);
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.all(AgentEffect.MeasureMemory.class)).hasSize(2);
    }

    @Test
    void nobodyIsAskedAboutATaskWithoutMemoryOfItsOwn() {
        run("run");
        bench.advance(Duration.ofSeconds(5));

        assertThat(bench.all(AgentEffect.MeasureMemory.class)).isEmpty();
    }

    @Test
    void nobodyIsAskedWhereMemoryIsNotBounded() {
        var free = Bench.joined();
        free.says(1, Bench.launch(Bench.F1, Bench.AT, "memory"));
        free.write();
        free.on(new AgentEvent.Spawned(Bench.RUN, Bench.PROCESS));
        free.advance(Duration.ofSeconds(5));

        assertThat(free.all(AgentEffect.MeasureMemory.class)).isEmpty();
    }

    @Test
    void anExecutorHasItsOwnMemoryAndThatOfItsTasks() {
        bench.join(1, Bench.F1);
        var at = new Position(8, 0);
        bench.says(
                1,
                new LinkMessage.Launch(
                        Bench.F1,
                        Bench.TASK,
                        at,
                        "nobody",
                        Resources.EMPTY,
                        Opaque.empty("mesos.v1.FrameworkInfo"),
                        new Opaque(
                                "mesos.v1.TaskInfo", "memory@exec".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        new LinkMessage.Launch.Under(new ExecutorId("e"), at)));
        var host = RunId.ofExecutor(Bench.TASK.framework(), new ExecutorId("e"), at);
        for (var write : List.copyOf(bench.all(AgentEffect.WriteRun.class))) {
            bench.on(new AgentEvent.RunWritten(write.run().id(), write.version()));
        }
        bench.on(new AgentEvent.Spawned(host, Bench.PROCESS));
        bench.advance(Duration.ofSeconds(1));

        assertThat(bench.last(AgentEffect.MeasureMemory.class).bounds())
                .singleElement()
                .satisfies(bound -> {
                    assertThat(bound.run()).isEqualTo(host);
                    assertThat(bound.bytes()).isEqualTo(128 * MIB);
                });
    }

    private void run(String what) {
        bench.join(1, Bench.F1);
        bench.says(1, Bench.launch(Bench.F1, Bench.AT, what));
        bench.write();
        bench.on(new AgentEvent.Spawned(Bench.RUN, Bench.PROCESS));
        bench.write();
    }
}
