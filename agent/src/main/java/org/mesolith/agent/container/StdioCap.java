package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Keeps stdout and stderr of a task below a size: the newest bytes go to {@code stdout.1}, then the file is cut to
 * nothing.
 *
 * <p>Bytes that the task writes between the end of the copy and the cut are lost; the task goes on writing behind the
 * cut, because its files are open for appending. While no agent runs nothing is cut.
 *
 * <p>The sandbox belongs to the task, so links in it are never followed.
 */
final class StdioCap {
    private static final System.Logger LOG = System.getLogger(StdioCap.class.getName());

    private StdioCap() {}

    static void apply(Path sandbox, long bytesMax) {
        cap(sandbox.resolve("stdout"), bytesMax);
        cap(sandbox.resolve("stderr"), bytesMax);
    }

    private static void cap(Path file, long bytesMax) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile() || attributes.size() <= bytesMax) {
                return;
            }
            cut(file, bytesMax);
        } catch (java.nio.file.NoSuchFileException removedByTheTask) {
            LOG.log(System.Logger.Level.TRACE, "no {0}", file);
        } catch (IOException refused) {
            LOG.log(System.Logger.Level.WARNING, "cannot keep " + file + " below " + bytesMax + " bytes", refused);
        }
    }

    private static void cut(Path file, long bytesMax) throws IOException {
        try (var from =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            try {
                keep(from, file.resolveSibling(file.getFileName() + ".1"), bytesMax);
            } catch (IOException full) {
                // The cap protects the disk: when the copy finds no room the old bytes go.
                LOG.log(System.Logger.Level.WARNING, "lost old bytes of " + file, full);
            }
            from.truncate(0);
        }
    }

    private static void keep(FileChannel from, Path old, long bytesMax) throws IOException {
        Files.deleteIfExists(old);
        try (var to = FileChannel.open(old, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long at = Math.max(0, from.size() - bytesMax);
            for (long step = 1; step > 0; at += step) {
                step = from.transferTo(at, 1 << 20, to);
            }
        }
    }
}
