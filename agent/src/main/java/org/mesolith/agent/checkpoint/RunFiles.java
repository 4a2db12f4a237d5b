package org.mesolith.agent.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.base.DurableFiles;
import org.mesolith.model.Uuid;

/** A file for each run: its order, then each progress; the last whole one counts. */
final class RunFiles {
    private static final System.Logger LOG = System.getLogger(RunFiles.class.getName());
    private static final String ENDING = ".run";

    /** A task whose checks tell much makes a long file. */
    private static final long REWRITE_ABOVE_BYTES = 1 << 20;

    private final Path dir;

    /** Bytes of each file that are known to be good. */
    private final Map<Uuid, Long> goodBytes = new HashMap<>();

    RunFiles(Path dir) {
        this.dir = dir;
    }

    /**
     * Reads every run.
     *
     * @param strict false: a damaged file is put aside, and its run is lost
     */
    List<RunRecord> load(boolean strict) throws IOException, CorruptCheckpointException {
        var runs = new ArrayList<RunRecord>();
        try (Stream<Path> files = Files.list(dir)) {
            for (var file : files.filter(each -> each.toString().endsWith(ENDING))
                    .sorted()
                    .toList()) {
                try {
                    var run = read(file);
                    if (run != null) {
                        runs.add(run);
                    }
                } catch (CorruptCheckpointException damaged) {
                    if (strict) {
                        throw damaged;
                    }
                    LOG.log(System.Logger.Level.ERROR, "put aside, its task is lost: " + damaged.getMessage());
                    Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"));
                }
            }
        }
        return runs;
    }

    /** Durable when it returns; after a failure the file still holds the state before. */
    void write(RunRecord run) throws IOException {
        var file = file(run.container());
        Long good = goodBytes.get(run.container());
        byte[] bytes = Frames.frame(RecordFormat.progress(run.progress()));
        if (good == null) {
            byte[] order = Frames.frame(RecordFormat.order(run));
            byte[] both = Arrays.copyOf(order, order.length + bytes.length);
            System.arraycopy(bytes, 0, both, order.length, bytes.length);
            bytes = both;
        }
        long at = good == null ? 0 : good;
        if (at + bytes.length > REWRITE_ABOVE_BYTES && good != null) {
            rewrite(run, file, bytes);
            return;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            try {
                DurableFiles.writeAt(channel, at, bytes);
                channel.force(false);
            } catch (IOException refused) {
                channel.truncate(at);
                throw refused;
            }
        }
        if (good == null) {
            DurableFiles.syncParent(file);
        }
        goodBytes.put(run.container(), at + bytes.length);
    }

    /** A file that has grown begins anew, with the last state alone. */
    private void rewrite(RunRecord run, Path file, byte[] progress) throws IOException {
        byte[] order = Frames.frame(RecordFormat.order(run));
        var fresh = dir.resolve(run.container() + ".new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            DurableFiles.writeAt(channel, 0, order);
            DurableFiles.writeAt(channel, order.length, progress);
            channel.force(false);
        } catch (IOException refused) {
            Files.deleteIfExists(fresh);
            throw refused;
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.syncParent(file);
        goodBytes.put(run.container(), (long) order.length + progress.length);
    }

    /** The file is gone; that may become durable later: a run that comes back is seen to be over. */
    void remove(Uuid container) throws IOException {
        goodBytes.remove(container);
        Files.deleteIfExists(file(container));
    }

    private Path file(Uuid container) {
        return dir.resolve(container + ENDING);
    }

    /** The run of a file; null when its order was never whole, so nobody acted on it. */
    private @Nullable RunRecord read(Path file) throws IOException, CorruptCheckpointException {
        byte[] bytes = Files.readAllBytes(file);
        RecordFormat.Order order = null;
        RunRecord.Progress progress = null;
        int at = 0;
        while (at < bytes.length) {
            int length = Frames.lengthAt(bytes, at);
            if (length < 0) {
                if (!Frames.isTorn(bytes, at)) {
                    throw new CorruptCheckpointException(file, "the checksum at byte " + at + " does not fit");
                }
                break;
            }
            byte[] payload = Arrays.copyOfRange(bytes, at + Frames.HEADER, at + Frames.HEADER + length);
            try {
                if (order == null) {
                    order = RecordFormat.order(payload);
                } else {
                    progress = RecordFormat.progress(payload);
                }
            } catch (IOException | IllegalArgumentException unknown) {
                throw new CorruptCheckpointException(file, "at byte " + at + ": " + unknown.getMessage());
            }
            at += Frames.HEADER + length;
        }
        if (order == null || progress == null) {
            LOG.log(System.Logger.Level.DEBUG, "removed, was never whole: " + file);
            Files.delete(file);
            return null;
        }
        goodBytes.put(order.container(), (long) at);
        return new RunRecord(order.id(), order.container(), order.order(), progress);
    }
}
