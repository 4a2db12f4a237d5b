package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.OsProcess;

/** The demo as a newcomer runs it. */
final class DemoIT {

    @TempDir
    private Path directory;

    @Test
    void theDemoVerifiesEverythingAndLeavesNothingBehind() {
        OsProcess demo = OsProcess.start(
                "demo",
                Installation.current().command("demo"),
                Map.of("TMPDIR", directory.toString(), "MESO_JAVA_OPTS", "-Djava.io.tmpdir=" + directory),
                directory,
                directory.resolve("log"));
        int status = demo.awaitEnd(Duration.ofMinutes(3));
        assertThat(status).as(demo.tail()).isZero();
        assertThat(demo.tail())
                .contains("leader gone")
                .contains("new leader: ")
                .contains("first accepted launch")
                .contains("verified: none lost")
                .contains("verified: none run twice")
                .doesNotContain("NOT TRUE");
        assertThat(Leftovers.below(directory)).isEmpty();
        assertThat(directory.toFile().list()).containsExactly("log");
    }
}
