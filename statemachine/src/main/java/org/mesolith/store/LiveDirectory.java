package org.mesolith.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.mesolith.base.DurableFiles;

/**
 * The directory of the live database, and how it is replaced so that a crash leaves either the old or the new one.
 *
 * <p>The new one is built beside it, then both change names. A crash between the two renames is finished at the next
 * start.
 */
final class LiveDirectory {
    private final Path parent;
    private final Path live;
    private final Path next;
    private final Path old;

    /**
     * @param parent a directory of our own; created when missing
     */
    LiveDirectory(Path parent) {
        this.parent = parent;
        this.live = parent.resolve("live");
        this.next = parent.resolve("live.next");
        this.old = parent.resolve("live.old");
    }

    Path path() {
        return live;
    }

    /** Finishes or undoes what a crash has left. */
    void recover() throws IOException {
        Files.createDirectories(parent);
        if (!Files.exists(live) && Files.exists(next) && Files.exists(old)) {
            Files.move(next, live, StandardCopyOption.ATOMIC_MOVE);
        }
        DurableFiles.deleteTree(next);
        DurableFiles.deleteTree(old);
        DurableFiles.sync(parent);
    }

    /** Puts a copy of the checkpoint in place of the live directory. The database must be closed. */
    void replaceBy(Path checkpoint) throws IOException {
        DurableFiles.deleteTree(next);
        DurableFiles.deleteTree(old);
        copy(checkpoint);
        Files.move(live, old, StandardCopyOption.ATOMIC_MOVE);
        Files.move(next, live, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.sync(parent);
        DurableFiles.deleteTree(old);
    }

    private void copy(Path checkpoint) throws IOException {
        Files.createDirectories(next);
        try (var files = Files.list(checkpoint)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                copyFile(file, next.resolve(file.getFileName()));
            }
        }
        DurableFiles.sync(next);
    }

    /** Table files never change, so a link is as good as a copy; the others are written to later. */
    private static void copyFile(Path from, Path to) throws IOException {
        if (from.getFileName().toString().endsWith(".sst")) {
            try {
                Files.createLink(to, from);
                return;
            } catch (FileSystemException | UnsupportedOperationException _) {
                // Another file system, or one without links: copy.
            }
        }
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.sync(to);
    }
}
