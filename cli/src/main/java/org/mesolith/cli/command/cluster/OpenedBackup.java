package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mesolith.backup.BackupFile;
import org.mesolith.backup.Manifest;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * The files of a backup, checked and decrypted into a directory that only this user may read; closing removes them.
 *
 * @param file it came from
 */
public record OpenedBackup(Path file, Manifest manifest, Path directory) implements AutoCloseable {
    /**
     * Reads and checks a whole backup. Fails when there is none, or it is not to be trusted.
     *
     * @param secret null for one that is not encrypted
     * @param directory that does not exist yet
     */
    public static OpenedBackup open(Path file, char @Nullable [] secret, Path directory) throws IOException {
        return open(file, secret, directory, (part, bytes) -> Files.copy(bytes, directory.resolve(part.name())));
    }

    /**
     * The same, and what is in it of the past.
     *
     * @param past does not exist yet; the log comes to lie in {@code current}, the snapshot in {@code snapshot}; the
     *     caller removes it
     */
    public static OpenedBackup openWithPast(Path file, char @Nullable [] secret, Path directory, Path past)
            throws IOException {
        Path log = Files.createDirectories(past.resolve("current"));
        Path snapshot = Files.createDirectories(past.resolve("snapshot"));
        return open(file, secret, directory, new BackupFile.Sink() {
            @Override
            public void take(Manifest.Part part, InputStream content) throws IOException {
                Files.copy(content, directory.resolve(part.name()));
            }

            @Override
            public void takePast(Manifest.Part part, InputStream content) throws IOException {
                Files.copy(
                        content,
                        part.name().startsWith(Manifest.Past.SNAPSHOT)
                                ? snapshot.resolve(part.name().substring(Manifest.Past.SNAPSHOT.length()))
                                : log.resolve(part.name()));
            }
        });
    }

    private static OpenedBackup open(Path file, char @Nullable [] secret, Path directory, BackupFile.Sink sink)
            throws IOException {
        if (Files.exists(directory)) {
            throw new Failure(ExitCode.USAGE, directory + " exists; name an empty --scratch directory");
        }
        Files.createDirectories(directory);
        var opened = new Opening(directory);
        try {
            var content = BackupReading.read(file, from -> BackupFile.extract(from, secret, sink));
            opened.keep();
            return new OpenedBackup(file, content.manifest(), directory);
        } finally {
            opened.close();
        }
    }

    @Override
    public void close() throws IOException {
        new Opening(directory).close();
    }

    /** A directory that is removed unless it is kept. */
    private static final class Opening implements AutoCloseable {
        private final Path directory;
        private boolean kept;

        Opening(Path directory) {
            this.directory = directory;
        }

        void keep() {
            kept = true;
        }

        @Override
        public void close() throws IOException {
            if (kept) {
                return;
            }
            try (var files = Files.newDirectoryStream(directory)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }
}
