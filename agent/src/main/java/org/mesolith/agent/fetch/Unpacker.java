package org.mesolith.agent.fetch;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks archives into {@link UnpackedTree}s; few at a time, because some need much memory. Any thread. */
final class Unpacker {
    private static final int AT_A_TIME_MAX = 2;

    /** Enough for everything that {@code xz -9} makes. */
    private static final int XZ_KIB_MAX = 72 * 1024;

    /** Of the names and other remarks before a file in a tar; a longer one would fill the memory. */
    private static final long REMARK_BYTES_MAX = 1 << 20;

    private final Semaphore places = new Semaphore(AT_A_TIME_MAX, true);
    private final int entriesMax;
    private final long bytesMax;

    Unpacker(int entriesMax, long bytesMax) {
        this.entriesMax = entriesMax;
        this.bytesMax = bytesMax;
    }

    /**
     * Unpacks.
     *
     * @param name of the archive; a single packed file is called so without its ending
     * @param into an existing directory, entered by nobody else
     * @throws FetchException for an archive that is damaged, too large, or would write elsewhere
     */
    void unpack(Path archive, Archive how, String name, Path into, Pace pace) throws IOException, InterruptedException {
        int needed = how.packing().equals("xz") ? AT_A_TIME_MAX : 1;
        pace.rest();
        places.acquire(needed);
        pace.begin(-1);
        try {
            var tree = new UnpackedTree(into, entriesMax, bytesMax, pace);
            switch (how) {
                case TAR, TAR_GZ, TAR_BZ2, TAR_XZ -> {
                    try (var in = plain(archive, how)) {
                        tar(in, tree);
                    }
                }
                case GZ -> {
                    try (var in = plain(archive, how)) {
                        tree.file(name.substring(0, name.length() - ".gz".length()), 0, in);
                    }
                }
                case ZIP -> Zip.unpack(archive, tree);
            }
            tree.finish();
        } catch (FetchException | java.io.InterruptedIOException | java.nio.file.FileSystemException known) {
            throw known;
        } catch (MemoryLimitException large) {
            throw new FetchException("it needs more memory to be unpacked than " + XZ_KIB_MAX / 1024
                    + " MiB; pack it with" + " a smaller dictionary");
        } catch (IOException | IllegalArgumentException damaged) {
            throw new FetchException("it cannot be unpacked: " + damaged.getMessage());
        } finally {
            pace.rest();
            places.release(needed);
        }
    }

    private static InputStream plain(Path archive, Archive how) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(archive), Pace.CHUNK);
        try {
            return switch (how.packing()) {
                case "gz" -> new GZIPInputStream(in, Pace.CHUNK);
                case "bz2" -> new BZip2CompressorInputStream(in, true);
                case "xz" ->
                    XZCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .setMemoryLimitKiB(XZ_KIB_MAX)
                            .get();
                default -> in;
            };
        } catch (IOException damaged) {
            in.close();
            throw damaged;
        }
    }

    private static void tar(InputStream packed, UnpackedTree tree) throws IOException {
        var bounded = new Bounded(packed);
        try (var tar = new TarArchiveInputStream(bounded)) {
            bounded.left = REMARK_BYTES_MAX;
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                bounded.left = Long.MAX_VALUE;
                tarEntry(entry, tar, tree);
                bounded.left = REMARK_BYTES_MAX;
            }
        }
    }

    private static void tarEntry(TarArchiveEntry entry, InputStream content, UnpackedTree tree) throws IOException {
        var name = entry.getName();
        if (entry.isDirectory()) {
            tree.directory(name, entry.getMode());
        } else if (entry.isSymbolicLink()) {
            tree.symbolicLink(name, entry.getLinkName());
        } else if (entry.isLink()) {
            tree.hardLink(name, entry.getLinkName());
        } else if (entry.isFile() && !entry.isFIFO() && !entry.isCharacterDevice() && !entry.isBlockDevice()) {
            tree.file(name, entry.getMode(), content);
        } else {
            throw new FetchException("its entry '" + name + "' is a device, a pipe or the like, which is not unpacked");
        }
    }

    /** Ends with an error when more is read than is left. */
    private static final class Bounded extends FilterInputStream {
        private long left = REMARK_BYTES_MAX;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return spent(super.read(), 1);
        }

        @Override
        public int read(byte[] buffer, int from, int count) throws IOException {
            int read = super.read(buffer, from, count);
            return spent(read, read);
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            spent(0, skipped);
            return skipped;
        }

        private int spent(int result, long bytes) throws IOException {
            if (result >= 0) {
                left -= bytes;
                if (left < 0) {
                    throw new FetchException(
                            "its names and remarks before one file are longer than " + REMARK_BYTES_MAX + " bytes");
                }
            }
            return result;
        }
    }
}
