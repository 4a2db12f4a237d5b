package org.mesolith.cli.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What this machine gives at this moment, measured without a cluster. Figures of a benchmark mean little without it:
 * the disk's sync is a part of every commit, and on a shared machine a core may be worth a third of itself.
 */
final class MachineSpeed {
    private static final int SYNCS = 300;
    private static final int SYNC_BYTES = 512;
    private static final int FILE_BYTES = 4 << 20;
    private static final int HANDOVERS = 5_000;
    private static final int STEPS = 50_000_000;

    private MachineSpeed() {}

    /** One line of text: sync of a small write below {@code directory}, a handover between threads, one core. */
    static String measure(Path directory) throws IOException, InterruptedException {
        var syncs = syncs(directory);
        var handovers = handovers();
        return String.format(
                Locale.ROOT,
                "fdatasync p50 %.3f ms p99 %.3f ms; handover to a thread and back p50 %.3f ms p99 %.3f ms; one core "
                        + "%.0f million xorshift steps/s",
                syncs.millisAt(0.5),
                syncs.millisAt(0.99),
                handovers.millisAt(0.5),
                handovers.millisAt(0.99),
                millionStepsPerSecond());
    }

    /** Small writes into a file whose blocks exist, each synced: what a Raft log does. */
    private static Latencies syncs(Path directory) throws IOException {
        var spans = new Latencies();
        Path file = Files.createTempFile(directory, "sync", ".probe");
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(FILE_BYTES));
            channel.force(true);
            channel.position(0);
            for (int number = 0; number < SYNCS; number++) {
                channel.write(ByteBuffer.allocate(SYNC_BYTES).putInt(number).rewind());
                long begin = System.nanoTime();
                channel.force(false);
                spans.add(System.nanoTime() - begin);
            }
        } finally {
            Files.deleteIfExists(file);
        }
        return spans;
    }

    private static Latencies handovers() throws InterruptedException {
        var there = new ArrayBlockingQueue<Integer>(1);
        var back = new ArrayBlockingQueue<Integer>(1);
        var echo = Thread.ofPlatform().daemon(true).start(() -> {
            try {
                for (int number = 0; number < HANDOVERS; number++) {
                    back.put(there.take());
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        var spans = new Latencies();
        for (int number = 0; number < HANDOVERS; number++) {
            long begin = System.nanoTime();
            there.put(number);
            back.take();
            spans.add(System.nanoTime() - begin);
        }
        echo.join();
        return spans;
    }

    private static double millionStepsPerSecond() {
        long value = System.nanoTime() | 1;
        // The first part is compiled, the second is measured.
        value = steps(value);
        long begin = System.nanoTime();
        value = steps(value);
        long nanos = System.nanoTime() - begin;
        // Used, so that it is computed.
        return value == 0 ? 0 : STEPS * (double) TimeUnit.SECONDS.toNanos(1) / nanos / 1e6;
    }

    private static long steps(long start) {
        long value = start;
        for (int step = 0; step < STEPS; step++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        return value;
    }
}
