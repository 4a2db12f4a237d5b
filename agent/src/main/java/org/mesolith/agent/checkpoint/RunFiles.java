package org.mesolith.agent.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.base.DurableFiles;
import org.mesolith.model.Uuid;

/**
 * A file for each run: its order, then each progress; the last whole one counts. Runs that must be there together or
 * not at all are first written to one file of their own; once that is on disk they all are, whatever happens next.
 */
final class RunFiles {
    private static final System.Logger LOG = System.getLogger(RunFiles.class.getName());
    private static final String ENDING = ".run";
    private static final String TOGETHER = ".together";

    /** A task whose checks tell much makes a long file. */
    private static final long REWRITE_ABOVE_BYTES = 1 << 20;

    private final Path dir;

    /**
     * What is known of a file.
     *
     * @param goodBytes length of what is whole
     * @param synced the last progress that the disk has, without the frameworks' bytes: these may be many, and the core
     *     lets go of them; null when only its machine's memory has it
     */
    private record Known(long goodBytes, RunRecord.@Nullable Progress synced) {}

    private final Map<Uuid, Known> known = new HashMap<>();

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
        finishTogether(strict);
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

    /**
     * Writes each of them. What they newly tell is on disk when it returns; of one that was refused the file still
     * holds the state before.
     *
     * <p>That the last update was acknowledged is written and not synced: it survives the agent's process, and when the
     * machine loses its power that update is sent once more. The next sync takes it along.
     *
     * @return why it was refused, for each that was
     */
    Map<RunId, IOException> write(List<RunRecord> runs) {
        var refused = new LinkedHashMap<RunId, IOException>();
        var fresh = new ArrayList<RunRecord>();
        for (var run : runs) {
            boolean isNew = !known.containsKey(run.container());
            try {
                write(run);
                if (isNew) {
                    fresh.add(run);
                }
            } catch (IOException full) {
                refused.put(run.id(), full);
            }
        }
        try {
            if (!fresh.isEmpty()) {
                DurableFiles.syncParent(file(fresh.getFirst().container()));
            }
        } catch (IOException nameless) {
            // The files may be gone after a loss of power: they are written again from the beginning.
            for (var run : fresh) {
                known.remove(run.container());
                refused.put(run.id(), nameless);
            }
        }
        return refused;
    }

    /** All but the name of a new file. */
    private void write(RunRecord run) throws IOException {
        var file = file(run.container());
        var before = known.get(run.container());
        byte[] bytes = Frames.frame(RecordFormat.progress(run.progress()));
        if (before == null) {
            byte[] order = Frames.frame(RecordFormat.order(run));
            byte[] both = Arrays.copyOf(order, order.length + bytes.length);
            System.arraycopy(bytes, 0, both, order.length, bytes.length);
            bytes = both;
        }
        long at = before == null ? 0 : before.goodBytes();
        if (at + bytes.length > REWRITE_ABOVE_BYTES && before != null) {
            rewrite(run, file, bytes);
            return;
        }
        var synced = before == null ? null : before.synced();
        boolean sync = synced == null || !run.progress().onlyAcknowledges(synced);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            try {
                DurableFiles.writeAt(channel, at, bytes);
                if (sync) {
                    channel.force(false);
                }
            } catch (IOException refused) {
                channel.truncate(at);
                throw refused;
            }
        }
        known.put(
                run.container(),
                new Known(at + bytes.length, sync ? run.progress().withoutData() : synced));
    }

    /** All of them are durable when it returns; after a failure none of those that are new is there. */
    void writeTogether(List<RunRecord> runs) throws IOException {
        if (runs.size() == 1) {
            writeAll(runs);
            return;
        }
        var file = dir.resolve(runs.getFirst().container() + TOGETHER);
        var fresh = runs.stream()
                .map(RunRecord::container)
                .filter(container -> !known.containsKey(container))
                .toList();
        try {
            writeSynced(file, together(runs));
            DurableFiles.syncParent(file);
            writeAll(runs);
        } catch (IOException refused) {
            Files.deleteIfExists(file);
            for (var container : fresh) {
                remove(container);
            }
            throw refused;
        }
        Files.delete(file);
        DurableFiles.syncParent(file);
    }

    private void writeAll(List<RunRecord> runs) throws IOException {
        for (var refused : write(runs).values()) {
            throw refused;
        }
    }

    /** The bytes of their common file. */
    static byte[] together(List<RunRecord> runs) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Frames.frame(RecordFormat.together(runs.size())));
        for (var run : runs) {
            bytes.writeBytes(Frames.frame(RecordFormat.order(run)));
            bytes.writeBytes(Frames.frame(RecordFormat.progress(run.progress())));
        }
        return bytes.toByteArray();
    }

    /** Runs of which an earlier process had written the common file, but maybe not all of their own. */
    private void finishTogether(boolean strict) throws IOException, CorruptCheckpointException {
        try (var files = Files.newDirectoryStream(dir, "*" + TOGETHER)) {
            for (var file : files) {
                try {
                    for (var run : readTogether(file)) {
                        rewrite(run, file(run.container()), Frames.frame(RecordFormat.progress(run.progress())));
                    }
                    Files.delete(file);
                } catch (CorruptCheckpointException damaged) {
                    if (strict) {
                        throw damaged;
                    }
                    LOG.log(System.Logger.Level.ERROR, "put aside, its tasks are lost: " + damaged.getMessage());
                    Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"));
                }
                DurableFiles.syncParent(file);
            }
        }
    }

    /** Nothing when the file was never whole: nobody acted on it. */
    private static List<RunRecord> readTogether(Path file) throws IOException, CorruptCheckpointException {
        byte[] bytes = Files.readAllBytes(file);
        var payloads = new ArrayList<byte[]>();
        int at = 0;
        while (at < bytes.length) {
            int length = Frames.lengthAt(bytes, at);
            if (length < 0) {
                if (!Frames.isTorn(bytes, at)) {
                    throw new CorruptCheckpointException(file, "the checksum at byte " + at + " does not fit");
                }
                return List.of();
            }
            payloads.add(Arrays.copyOfRange(bytes, at + Frames.HEADER, at + Frames.HEADER + length));
            at += Frames.HEADER + length;
        }
        try {
            if (payloads.isEmpty() || payloads.size() != 1 + 2 * RecordFormat.together(payloads.getFirst())) {
                return List.of();
            }
            var runs = new ArrayList<RunRecord>();
            for (int next = 1; next < payloads.size(); next += 2) {
                var order = RecordFormat.order(payloads.get(next));
                runs.add(new RunRecord(
                        order.id(), order.container(), order.order(), RecordFormat.progress(payloads.get(next + 1))));
            }
            return runs;
        } catch (IOException | IllegalArgumentException unknown) {
            throw new CorruptCheckpointException(file, String.valueOf(unknown.getMessage()));
        }
    }

    private static void writeSynced(Path file, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            DurableFiles.writeAt(channel, 0, bytes);
            channel.force(false);
        }
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
        known.put(
                run.container(),
                new Known((long) order.length + progress.length, run.progress().withoutData()));
    }

    /** The file is gone; that may become durable later: a run that comes back is seen to be over. */
    void remove(Uuid container) throws IOException {
        known.remove(container);
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
        known.put(order.container(), new Known(at, null));
        return new RunRecord(order.id(), order.container(), order.order(), progress);
    }
}
