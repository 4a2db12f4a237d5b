package org.mesolith.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;
import org.mesolith.state.Digest;
import org.mesolith.statecodec.MalformedBytesException;
import org.mesolith.statecodec.UnknownFormatException;
import org.mesolith.store.RocksStore;
import org.mesolith.store.StorageException;

/** Directories in which backups are really opened, and nothing else is done with them. */
public final class Scratch {
    /** Where the store keeps its live database below its own directory. */
    private static final String LIVE = "live";

    private Scratch() {}

    /**
     * Extracts a backup below a directory that does not exist yet, opens the database, reads everything and compares
     * it with the manifest. The directory is removed again.
     *
     * @throws BackupRefusedException saying what does not fit
     */
    public static BackupFile.Content verify(Path file, char @Nullable [] passphrase, Path scratch) throws IOException {
        try {
            var live = Files.createDirectories(scratch.resolve(LIVE));
            var content =
                    BackupFile.extract(file, passphrase, (part, bytes) -> Files.copy(bytes, live.resolve(part.name())));
            compare(content.manifest(), scratch);
            return content;
        } finally {
            DurableFiles.deleteTree(scratch);
        }
    }

    private static void compare(Manifest manifest, Path scratch) throws BackupRefusedException {
        try (var store = RocksStore.open(scratch)) {
            var loaded = store.load();
            var registry = loaded.registry();
            var counted = Long.toHexString(Digest.recount(registry));
            var cluster = registry.cluster();
            if (!counted.equals(manifest.digest())
                    || loaded.applied().term() != manifest.term()
                    || loaded.applied().index() != manifest.index()
                    || !cluster.clusterId().equals(manifest.clusterId())
                    || cluster.epoch() != manifest.epoch()
                    || cluster.epochId() != manifest.epochId()) {
                throw new BackupRefusedException("the database in the backup is cluster " + cluster.clusterId()
                        + " at epoch " + cluster.epoch() + ", index "
                        + loaded.applied().index() + " with digest "
                        + counted + "; the manifest says " + manifest.clusterId() + ", " + manifest.epoch() + ", "
                        + manifest.index() + " and " + manifest.digest() + ": do not use this backup");
            }
        } catch (UnknownFormatException newer) {
            throw new BackupRefusedException(
                    "a newer version wrote this backup: " + newer.getMessage() + "; use that version", newer);
        } catch (StorageException | MalformedBytesException unreadable) {
            throw new BackupRefusedException(
                    "the database in the backup cannot be opened: " + unreadable.getMessage(), unreadable);
        }
    }
}
