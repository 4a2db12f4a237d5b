package org.mesolith.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Check;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;

/** What tasks keep on disk, and what becomes of those that keep too much. */
final class DisksTest {
    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final Duration QUICK = Duration.ofMillis(1);
    private static final long MIB = 1 << 20;

    @Test
    void whatATaskKeepsIsMeasuredAndShown() {
        var bench = running("disk", false);
        bench.advance(EVERY);
        var look = bench.last(AgentEffect.MeasureDisk.class).looks().getFirst();
        bench.on(found(Bench.RUN, 5 * MIB, 3 * MIB));

        assertThat(look.run()).isEqualTo(Bench.RUN);
        assertThat(look.agent()).isEqualTo(Bench.AGENT);
        assertThat(look.share().bytes()).isEqualTo(32 * MIB);
        var shown = Check.present(bench.core.snapshot(bench.now).disks().get(Bench.RUN), "what is shown");
        assertThat(shown.sandboxBytes()).isEqualTo(5 * MIB);
        assertThat(shown.in(Bench.VOLUME)).isEqualTo(3 * MIB);
    }

    @Test
    void nobodyIsEndedWhereDisksAreNotBounded() {
        var bench = running("disk", false);
        bench.advance(EVERY);
        bench.on(found(Bench.RUN, 500 * MIB, 0));
        bench.advance(Duration.ofMillis(1));

        assertThat(bench.all(AgentEffect.KillTree.class)).isEmpty();
    }

    @Test
    void aTaskWithTooMuchInItsSandboxFailsForThatReason() {
        var end = endOf(32 * MIB + 1, 0);

        assertThat(end.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(end.reason()).isEqualTo(StatusReason.REASON_CONTAINER_LIMITATION_DISK);
        assertThat(end.message())
                .startsWith("The task kept 33 MiB in the sandbox where 32 MiB are allowed; Command terminated");
    }

    @Test
    void soDoesOneWithTooMuchInItsVolume() {
        assertThat(endOf(0, 17 * MIB).message())
                .startsWith("The task kept 17 MiB in the persistent volume 'v1' of 16 MiB; ");
    }

    @Test
    void measuringTakesNoMoreThanAFewPartsInAHundredOfTheTime() {
        var bench = running("disk", false);
        bench.advance(EVERY);
        bench.on(new AgentEvent.DiskMeasured(new TreeMap<>(), Duration.ofSeconds(3)));
        bench.advance(Duration.ofSeconds(59));
        assertThat(bench.all(AgentEffect.MeasureDisk.class)).hasSize(1);
        bench.advance(Duration.ofSeconds(1));
        assertThat(bench.all(AgentEffect.MeasureDisk.class)).hasSize(2);
    }

    @Test
    void anExecutorHasItsOwnShareAndThatOfItsTasks() {
        var bench = new Bench(Recovered.NOTHING, false, new AgentSettings.Disk(EVERY, false));
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
                        new Opaque("mesos.v1.TaskInfo", "disk@exec".getBytes(StandardCharsets.UTF_8)),
                        new LinkMessage.Launch.Under(new ExecutorId("e"), at)));
        bench.writeAll();
        bench.advance(EVERY);

        assertThat(bench.last(AgentEffect.MeasureDisk.class).looks())
                .singleElement()
                .satisfies(look -> {
                    assertThat(look.run()).isEqualTo(RunId.ofExecutor(Bench.TASK.framework(), new ExecutorId("e"), at));
                    assertThat(look.share().bytes()).isEqualTo(40 * MIB);
                    assertThat(look.share().volumes()).hasSize(1);
                });
    }

    private static RunRecord.Update endOf(long sandbox, long volume) {
        var bench = running("disk", true);
        bench.advance(EVERY);
        bench.on(found(Bench.RUN, sandbox, volume));
        bench.write();
        bench.advance(Duration.ofMillis(1));
        assertThat(bench.all(AgentEffect.KillTree.class)).hasSize(1);
        bench.on(new AgentEvent.Exited(Bench.RUN, new TaskExit.Signal(9)));
        bench.on(new AgentEvent.CleanedUp(Bench.RUN));
        return bench.last(AgentEffect.WriteRun.class).run().progress().updates().getLast();
    }

    private static AgentEvent.DiskMeasured found(RunId run, long sandbox, long volume) {
        var use = new DiskUse(Instant.EPOCH, sandbox, List.of(new DiskShare.Volume(Bench.VOLUME, volume)), true);
        return new AgentEvent.DiskMeasured(new TreeMap<>(Map.of(run, use)), QUICK);
    }

    private static Bench running(String what, boolean bounds) {
        var bench = new Bench(Recovered.NOTHING, false, new AgentSettings.Disk(EVERY, bounds));
        bench.join(1, Bench.F1);
        bench.says(1, Bench.launch(Bench.F1, Bench.AT, what));
        bench.write();
        bench.on(new AgentEvent.Spawned(Bench.RUN, Bench.PROCESS));
        bench.write();
        return bench;
    }
}
