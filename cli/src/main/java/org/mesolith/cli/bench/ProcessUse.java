package org.mesolith.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.Member;

/** What a process of a cluster takes of the machine, as the kernel says. */
final class ProcessUse {
    private static final Duration COLLECT_MAX = Duration.ofMinutes(1);

    private ProcessUse() {}

    /** Processor time since its start. */
    static Duration processor(Member member) {
        return ProcessHandle.of(member.process().pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /**
     * Resident memory in bytes, heap and all else, after a full collection of its heap. The collection is asked for
     * with the {@code jcmd} of the Java that runs this.
     */
    static long memory(Member member) {
        long pid = member.process().pid();
        var jcmd = Path.of(System.getProperty("java.home", ""), "bin", "jcmd");
        try {
            var collect = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!collect.waitFor(COLLECT_MAX.toSeconds(), TimeUnit.SECONDS) || collect.exitValue() != 0) {
                collect.destroyForcibly();
                throw new Failure(ExitCode.FAILED, jcmd + " did not collect the heap of process " + pid);
            }
            for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
            throw new Failure(ExitCode.FAILED, "the kernel does not say how much memory process " + pid + " has");
        } catch (IOException broken) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the memory of process " + pid + " cannot be measured: " + broken.getMessage()
                            + "; a JDK is needed, with " + jcmd,
                    broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted", interrupted);
        }
    }
}
