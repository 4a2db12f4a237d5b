package org.mesolith.process.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

final class CgroupTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void aProcessGetsAShareOfAProcessorUntilItIsReleased() throws IOException {
        Machine.needs(Cgroup.unmet(Cgroup.Limit.CPU));
        var undo = new UndoList(directory);
        var busy = start("while :; do :; done");
        try {
            String before = groups(busy);
            var group = Cgroup.limit(Cgroup.Limit.CPU, 10, "test-" + busy.pid(), busy.pid(), undo);
            long usedBefore = cpuMillis(busy);
            long start = System.nanoTime();
            Waiting.until("a second", LONG, () -> System.nanoTime() - start > 1_000_000_000L ? "" : "not yet");
            assertThat(cpuMillis(busy) - usedBefore).isLessThan(400);

            group.release();

            assertThat(groups(busy)).isEqualTo(before);
            assertThat(undo.undo()).isEmpty();
        } finally {
            busy.kill();
        }
    }

    @Test
    void whoTakesMoreMemoryThanItMayIsEndedByTheKernel() throws IOException {
        Machine.needs(Cgroup.unmet(Cgroup.Limit.MEMORY));
        var undo = new UndoList(directory);
        var greedy = start("read line < go; x=$(head -c 200000000 /dev/zero | tr '\\0' x); echo ${#x}");
        try {
            Cgroup.limit(Cgroup.Limit.MEMORY, 32 << 20, "test-" + greedy.pid(), greedy.pid(), undo);
            Tool.run("sh", "-c", "echo > '" + directory.resolve("go") + "'");
            // One of its children may be the one that is ended; it never says how much it read.
            greedy.awaitEnd(LONG);
            assertThat(greedy.tail()).doesNotContain("200000000");
            assertThat(undo.undo()).hasSize(1);
        } finally {
            greedy.kill();
        }
    }

    private OsProcess start(String script) throws IOException {
        if (!Files.exists(directory.resolve("go"))) {
            Tool.run("mkfifo", directory.resolve("go").toString());
        }
        return OsProcess.start(
                "victim", List.of("sh", "-c", script), Map.of(), directory, directory.resolve("victim.log"));
    }

    private static String groups(OsProcess process) throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/cgroup"));
    }

    private static long cpuMillis(OsProcess process) {
        return ProcessHandle.of(process.pid())
                .orElseThrow()
                .info()
                .totalCpuDuration()
                .orElseThrow()
                .toMillis();
    }
}
