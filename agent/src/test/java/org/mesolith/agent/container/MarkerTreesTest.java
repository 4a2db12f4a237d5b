package org.mesolith.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.agent.core.ProcessMark;

final class MarkerTreesTest {
    @TempDir
    Path dir;

    @Test
    void aProcessThatForkedTwiceAndLeftItsSessionIsFoundByItsMarker() throws Exception {
        var job = Machine.Job.fresh("marked");
        var builder = new ProcessBuilder("/bin/sh", "-c", "(setsid sh -c 'echo $$ >deep; exec sleep 300' &) ; exit 0")
                .directory(dir.toFile());
        builder.environment().put(MarkerTrees.VARIABLE, job.container().toString());
        assertThat(builder.start().waitFor(10, TimeUnit.SECONDS)).isTrue();
        Machine.until("deep is there", () -> dir.resolve("deep").toFile().length() > 1);
        long deep = Long.parseLong(
                java.nio.file.Files.readString(dir.resolve("deep")).strip());
        var nobody = new ProcessMark(-1, 0, "");
        var trees = new MarkerTrees();
        assertThat(trees.processes(job.container(), nobody)).contains(deep);
        trees.kill(job.container(), nobody);

        Machine.until("deep is over", () -> !Machine.lives(deep));
    }
}
