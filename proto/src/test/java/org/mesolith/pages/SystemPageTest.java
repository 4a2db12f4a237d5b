package org.mesolith.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemPageTest {
    @TempDir
    private Path proc;

    @Test
    void theMachineIsShownAsTheKernelTellsIt() throws IOException {
        Files.writeString(proc.resolve("loadavg"), "0.50 1.25 2.00 1/300 4242\n");
        Files.writeString(
                proc.resolve("meminfo"), "MemTotal:       2048 kB\nMemFree:         512 kB\nBuffers:  1 kB\n");

        assertThat(SystemPage.answer(proc, 4).body().utf8())
                .isEqualTo("{\"avg_load_1min\":0.5,\"avg_load_5min\":1.25,\"avg_load_15min\":2.0,\"cpus_total\":4,"
                        + "\"mem_total_bytes\":2097152,\"mem_free_bytes\":524288}");
    }

    @Test
    void whatIsNotToldIsMissing() {
        assertThat(SystemPage.answer(proc.resolve("none"), 2).body().utf8()).isEqualTo("{\"cpus_total\":2}");
        assertThat(SystemPage.answer().body().utf8()).contains("\"cpus_total\":");
    }
}
