package org.mesolith.agent.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mesolith.agent.core.KillOrder;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.agent.core.TaskLifecycle.Phase;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;

/** The reader of an agent's files for the fuzzer: it is not public. */
public final class CheckpointBytes {
    private static final Path DIRECTORY = directory();
    private static final int RAW = 0;
    private static final int FRAMED = 1;
    private static final int TOGETHER = 2;

    static {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(CheckpointBytes::end));
    }

    private CheckpointBytes() {}

    /** In memory where the machine has such a place: a case is a file. It goes with the process. */
    private static Path directory() {
        try {
            var memory = Path.of("/dev/shm");
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "checkpoint")
                    : Files.createTempDirectory("checkpoint");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Reads a file: the bytes as they are, or parts of them with checksums that fit.
     *
     * @throws RuntimeException when it ends in anything but runs or a refusal that names the file
     */
    public static void take(int way, byte[] bytes) {
        var file = DIRECTORY.resolve(way % 3 == TOGETHER ? "x.together" : "x.run");
        try {
            Files.write(file, way % 3 == RAW ? bytes : framed(way / 3, bytes));
            new RunFiles(DIRECTORY).load(true);
        } catch (CorruptCheckpointException refused) {
            if (!String.valueOf(refused.getMessage())
                    .contains(file.getFileName().toString())) {
                throw new IllegalStateException("the refusal does not name the file", refused);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            clean();
        }
    }

    /** Removes the directory; nothing can be read after it. */
    private static void end() {
        try {
            clean();
            Files.delete(DIRECTORY);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void clean() {
        try (var left = Files.list(DIRECTORY)) {
            for (var file : left.toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Frames whose lengths are told by a byte before each. */
    private static byte[] framed(int unit, byte[] bytes) {
        var all = new ByteArrayOutputStream();
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min((bytes[at] & 0xff) * (1 + unit % 4), bytes.length - at - 1);
            all.writeBytes(Frames.frame(Arrays.copyOfRange(bytes, at + 1, at + 1 + length)));
            at += 1 + length;
        }
        return all.toByteArray();
    }

    /** Files as agents write them. */
    public static List<byte[]> seeds() {
        var run = run();
        byte[] order = RecordFormat.order(run);
        byte[] progress = RecordFormat.progress(run.progress());
        var seeds = new ArrayList<byte[]>();
        seeds.add(prefixed(RAW, Frames.frame(order), Frames.frame(progress)));
        seeds.add(prefixed(RAW, RunFiles.together(List.of(run, run))));
        for (int way : new int[] {FRAMED, TOGETHER}) {
            seeds.add(prefixed(way + 3 * 3, counted(order), counted(progress)));
            seeds.add(prefixed(way + 3 * 3, counted(RecordFormat.together(1)), counted(order), counted(progress)));
        }
        return seeds;
    }

    /** With its length before it, in units of four bytes; what is missing is filled with zeros. */
    private static byte[] counted(byte[] part) {
        byte[] counted = new byte[1 + (part.length + 3) / 4 * 4];
        counted[0] = (byte) ((part.length + 3) / 4);
        System.arraycopy(part, 0, counted, 1, part.length);
        return counted;
    }

    private static byte[] prefixed(int way, byte[]... parts) {
        var all = new ByteArrayOutputStream();
        all.write(way);
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static RunRecord run() {
        var at = Instant.parse("2026-01-01T00:00:00Z");
        return new RunRecord(
                new RunId(new TaskKey(new FrameworkId("fw"), new TaskId("task")), new Position(7, 3)),
                new Uuid(1, 2),
                new RunRecord.Order(
                        new AgentId("agent-1"),
                        "nobody",
                        new Opaque("mesos.v1.FrameworkInfo", new byte[] {1, 2, 3}),
                        new Opaque("mesos.v1.TaskInfo", new byte[20]),
                        at),
                new RunRecord.Progress(
                        Phase.RUNNING,
                        new ProcessMark(4711, 99, "boot"),
                        new KillOrder(at, Duration.ofSeconds(1), KillOrder.Cause.ASKED),
                        true,
                        List.of(new RunRecord.Update(
                                TaskState.TASK_STARTING, StatusSource.SOURCE_EXECUTOR, null, "message", at)),
                        1));
    }
}
