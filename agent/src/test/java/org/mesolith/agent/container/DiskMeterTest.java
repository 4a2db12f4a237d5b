package org.mesolith.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.DiskShare;
import org.mesolith.agent.core.DiskUse;
import org.mesolith.agent.core.VolumePath;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;

final class DiskMeterTest {
    private static final AgentId AGENT = new AgentId("agent");
    private static final VolumePath VOLUME = new VolumePath(null, false, "role", "v1");

    @TempDir
    private Path dir;

    private final Machine.Job job = Machine.Job.fresh("t1");

    @Test
    void theFilesOfASandboxAndOfAVolumeAreAddedUpApart() throws Exception {
        var sandbox = sandbox();
        Files.write(sandbox.resolve("a"), new byte[1_000]);
        Files.write(Files.createDirectories(sandbox.resolve("deep/er")).resolve("b"), new byte[500]);
        var volume = Files.createDirectories(dir.resolve("volumes/roles/role/v1"));
        Files.write(volume.resolve("c"), new byte[70]);
        Files.createSymbolicLink(sandbox.resolve("data"), volume);

        var use = measure(1_000);
        assertThat(use.sandboxBytes()).isBetween(1_500L, 1_500L + 300); // the link counts for itself
        assertThat(use.in(VOLUME)).isEqualTo(70);
        assertThat(use.whole()).isTrue();
    }

    @Test
    void moreThanItsBoundIsNotLookedAtAndThatIsSaid() throws Exception {
        var sandbox = sandbox();
        for (int number = 0; number < 20; number++) {
            Files.write(sandbox.resolve("f" + number), new byte[10]);
        }

        var use = measure(11);
        assertThat(use.sandboxBytes()).isEqualTo(100);
        assertThat(use.whole()).isFalse();
    }

    @Test
    void whatIsNotThereHoldsNothing() {
        assertThat(measure(10).sandboxBytes()).isZero();
        assertThat(measure(10).in(VOLUME)).isZero();
        assertThat(measure(10).whole()).isTrue();
    }

    private Path sandbox() throws Exception {
        return Files.createDirectories(new Sandboxes(dir).of(AGENT, job.run(), job.container()));
    }

    private DiskUse measure(long entriesMax) {
        var share = new DiskShare(1, List.of(new DiskShare.Volume(VOLUME, 1)));
        var look = new AgentEffect.DiskLook(job.run(), job.container(), AGENT, share);
        var measured = new DiskMeter(new Sandboxes(dir), entriesMax, Duration.ofSeconds(30))
                .measure(new AgentEffect.MeasureDisk(List.of(look)));
        return Check.present(measured.uses().get(job.run()), "what was found");
    }
}
