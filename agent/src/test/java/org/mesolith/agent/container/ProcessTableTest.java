package org.mesolith.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.ProcessUse;

final class ProcessTableTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void processorTimeOfAProcessGrowsWhileItWorks() throws IOException {
        var busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            var use = ProcessTable.use(List.of(busy.pid()));
            while (use.userMillis() + use.systemMillis() < 100) {
                assertThat(System.nanoTime()).as("it works: %s", use).isLessThan(end);
                use = ProcessTable.use(List.of(busy.pid()));
            }

            assertThat(use.processes()).isEqualTo(1);
            assertThat(use.threads()).isEqualTo(1);
        } finally {
            busy.destroyForcibly();
        }
    }

    @Test
    void whatIsGoneUsesNothing() throws Exception {
        var over = new ProcessBuilder("true").start();
        over.waitFor();

        assertThat(ProcessTable.use(List.of(over.pid()))).isEqualTo(ProcessUse.NOTHING);
        assertThat(ProcessTable.use(List.of())).isEqualTo(ProcessUse.NOTHING);
    }
}
