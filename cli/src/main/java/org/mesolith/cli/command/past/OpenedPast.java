package org.mesolith.cli.command.past;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.backup.BackupFile;
import org.mesolith.backup.Manifest;
import org.mesolith.base.DurableFiles;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.command.cluster.BackupFetch;
import org.mesolith.cli.command.cluster.OpenedBackup;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.raft.LogFiles;
import org.mesolith.replay.Replay;
import org.mesolith.replay.ReplayRefusedException;
import org.mesolith.replay.Sources;

/**
 * Backups and a log, opened for one command.
 *
 * @param carrier the backup whose log it is; null when the log came from elsewhere, or there is none
 * @param directory of ours, removed at the end
 */
record OpenedPast(Sources sources, @Nullable Manifest carrier, Path directory) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * What is opened.
     *
     * @param log null for the log that is in the newest of the backups, if there is one in any
     * @param onlyLog whether the registry of a backup is left out, and only its log taken: that registry is to come out
     */
    private record Wish(List<Path> backups, @Nullable LogFiles log, char @Nullable [] secret, boolean onlyLog) {}

    /** A backup with what is in it of the past. */
    private record Opened(
            Path file, OpenedBackup backup, @Nullable LogFiles log) {
        long index() {
            return backup.manifest().index();
        }
    }

    /** Fails with {@link ExitCode#FAILED} when the parts do not belong together, or are not to be trusted. */
    static OpenedPast open(List<Path> backups, @Nullable Path log, char @Nullable [] secret, @Nullable Path scratch)
            throws IOException {
        return open(new Wish(backups, log == null ? null : files(log), secret, false), own(scratch));
    }

    /**
     * A backup, and a log without the snapshots that lie with it.
     *
     * @param log null for the one in the backup
     */
    static OpenedPast openOne(Path backup, @Nullable Path log, char @Nullable [] secret, @Nullable Path scratch)
            throws IOException {
        if (log == null) {
            return open(new Wish(List.of(backup), null, secret, true), own(scratch));
        }
        var found = files(log);
        var alone = new LogFiles(found.group(), List.of(), found.parts());
        return open(new Wish(List.of(backup), alone, secret, false), own(scratch));
    }

    /** What one of these masters still holds, fetched from it. */
    static OpenedPast fetch(List<HostPort> masters, Console console, @Nullable Path scratch) throws IOException {
        var laid = own(scratch);
        boolean done = false;
        try (var fetch = BackupFetch.begin(masters, PATIENCE, true)) {
            if (!fetch.behind().isEmpty()) {
                console.err().println("note: this may lack what was acknowledged last: " + fetch.behind());
            }
            var file = laid.resolve("of-" + fetch.master().toString().replaceAll("[^A-Za-z0-9.]", "-"));
            BackupFile.save(file, fetch.manifest(), fetch::open, null);
            var past = open(new Wish(List.of(file), null, null, false), laid);
            done = true;
            return past;
        } finally {
            if (!done) {
                DurableFiles.deleteTree(laid);
            }
        }
    }

    /** A directory that nobody else has, so that removing it takes away nothing of others. */
    private static Path own(@Nullable Path scratch) throws IOException {
        return scratch == null
                ? Files.createTempDirectory("meso-past")
                : Files.createTempDirectory(Files.createDirectories(scratch), "meso-past");
    }

    private static OpenedPast open(Wish wish, Path laid) throws IOException {
        boolean done = false;
        try {
            var opened = new ArrayList<Opened>();
            for (Path file : wish.backups()) {
                opened.add(opened(file, wish.secret(), laid.resolve("backup-" + opened.size())));
            }
            var newest = wish.log() == null ? newest(opened) : null;
            var copies = new ArrayList<Sources.Copy>();
            for (var one : opened) {
                if (!wish.onlyLog()) {
                    var manifest = one.backup().manifest();
                    copies.add(new Sources.Copy(
                            "backup " + one.file(),
                            manifest.groupId(),
                            manifest.index(),
                            one.backup().directory()));
                }
            }
            var past = new OpenedPast(
                    new Sources(copies, newest == null ? wish.log() : newest.log(), laid.resolve("work")),
                    newest == null ? null : newest.backup().manifest(),
                    laid);
            done = true;
            return past;
        } catch (ReplayRefusedException refused) {
            throw failed(refused);
        } finally {
            if (!done) {
                DurableFiles.deleteTree(laid);
            }
        }
    }

    private static Opened opened(Path file, char @Nullable [] secret, Path directory) throws IOException {
        var below = directory.resolveSibling(directory.getFileName() + "-past");
        var backup = OpenedBackup.openWithPast(file, secret, directory, below);
        var manifest = backup.manifest();
        var past = manifest.past();
        if (past == null) {
            return new Opened(file, backup, null);
        }
        List<LogFiles.Snapshot> snapshots = past.snapshotIndex() < 0
                ? List.of()
                : List.of(new LogFiles.Snapshot(below.resolve("snapshot"), past.snapshotTerm(), past.snapshotIndex()));
        return new Opened(
                file,
                backup,
                new LogFiles(manifest.groupId(), snapshots, files(below).parts()));
    }

    /** Of those that carry a log. */
    private static @Nullable Opened newest(List<Opened> opened) {
        Opened newest = null;
        for (var one : opened) {
            if (one.log() != null && (newest == null || one.index() > newest.index())) {
                newest = one;
            }
        }
        return newest;
    }

    private static LogFiles files(Path log) throws IOException {
        var found = LogFiles.find(log);
        if (found == null) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "there is no log in " + log + "; give the work directory of a master, or a copy of the directory of"
                            + " its group below `raft` in it");
        }
        return found;
    }

    /** The registry at a moment. Fails with {@link ExitCode#FAILED} and the reason when it cannot be had. */
    Replay.Replayed at(Replay.Until until) throws IOException {
        try {
            return sources.at(until);
        } catch (ReplayRefusedException refused) {
            throw failed(refused);
        }
    }

    private static Failure failed(ReplayRefusedException refused) {
        return new Failure(ExitCode.FAILED, refused.sentence() + ". Nothing was changed", refused);
    }

    @Override
    public void close() throws IOException {
        DurableFiles.deleteTree(directory);
    }
}
