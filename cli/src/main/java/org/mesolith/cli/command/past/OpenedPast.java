package org.mesolith.cli.command.past;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;
import org.mesolith.cli.command.cluster.OpenedBackup;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.raft.LogFiles;
import org.mesolith.replay.Replay;
import org.mesolith.replay.ReplayRefusedException;
import org.mesolith.replay.Sources;

/**
 * Backups and a log, opened for one command.
 *
 * @param directory of ours, removed at the end
 */
record OpenedPast(Sources sources, Path directory) implements AutoCloseable {
    /** Fails with {@link ExitCode#FAILED} when the parts do not belong together, or are not to be trusted. */
    static OpenedPast open(List<Path> backups, @Nullable Path log, char @Nullable [] secret, @Nullable Path scratch)
            throws IOException {
        return open(backups, log == null ? null : files(log), secret, scratch);
    }

    /** A backup, and a log without the snapshots that lie with it. */
    static OpenedPast openOne(Path backup, Path log, char @Nullable [] secret, @Nullable Path scratch)
            throws IOException {
        var found = files(log);
        return open(List.of(backup), new LogFiles(found.group(), List.of(), found.parts()), secret, scratch);
    }

    private static OpenedPast open(
            List<Path> backups, @Nullable LogFiles log, char @Nullable [] secret, @Nullable Path scratch)
            throws IOException {
        var laid = scratch == null ? Files.createTempDirectory("meso-past") : scratch.resolve("meso-past");
        boolean done = false;
        try {
            var copies = new ArrayList<Sources.Copy>();
            for (Path file : backups) {
                var opened = OpenedBackup.open(file, secret, laid.resolve("backup-" + copies.size()));
                var manifest = opened.manifest();
                copies.add(
                        new Sources.Copy("backup " + file, manifest.groupId(), manifest.index(), opened.directory()));
            }
            var past = new OpenedPast(new Sources(copies, log, laid.resolve("work")), laid);
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
