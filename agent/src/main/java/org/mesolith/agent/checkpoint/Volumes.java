package org.mesolith.agent.checkpoint;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.VolumePath;

/**
 * Directories of persistent volumes.
 *
 * @param workDir absolute; for volumes that are on no disk of their own
 */
public record Volumes(Path workDir) {
    /** Where the volume's data are. */
    public Path of(VolumePath volume) {
        return Path.of(volume.below(workDir.toString()));
    }

    /** Removes the volume's data for good; harmless when there are none. Links are removed, never followed. */
    void wipe(VolumePath volume) throws IOException {
        var top = of(volume);
        if (!Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
                if (failed != null) {
                    throw failed;
                }
                if (!volume.whole() || !directory.equals(top)) {
                    Files.delete(directory);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
