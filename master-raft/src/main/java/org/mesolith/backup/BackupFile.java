package org.mesolith.backup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;

/**
 * The content of a backup: the manifest, then the files of the database in its order and, where the past is in it,
 * those of a snapshot and of the log; compressed, in sealed chunks. Memory is bounded by a chunk, however large the
 * backup is.
 */
public final class BackupFile {
    /** A manifest of {@link Manifest#FILES_MAX} files is smaller. */
    private static final int MANIFEST_BYTES_MAX = 64 << 20;

    /** End of the name of a backup that is being written. */
    static final String PARTIAL = ".partial";

    private static final int BUFFER_BYTES = 64 << 10;

    private BackupFile() {}

    /** Where the files of a backup come from. */
    @FunctionalInterface
    public interface Source {
        /** The content of a file, from its beginning; closed by the caller. */
        InputStream open(Manifest.Part file) throws IOException;
    }

    /** Where the files of a backup go. */
    @FunctionalInterface
    public interface Sink {
        /** Takes a whole file: reads {@code content} to its end. */
        void take(Manifest.Part file, InputStream content) throws IOException;

        /** The same for a file of {@link Manifest.Past}; without an interest in the past it is only checked. */
        default void takePast(Manifest.Part file, InputStream content) throws IOException {
            content.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** What {@link #read} found. */
    public record Content(Manifest manifest, boolean encrypted) {}

    /**
     * Writes a whole backup and closes the stream.
     *
     * @param passphrase null for a backup that is not encrypted
     * @throws BackupRefusedException when a file is not what the manifest says
     */
    public static void write(OutputStream to, Manifest manifest, Source source, char @Nullable [] passphrase)
            throws IOException {
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try (var sealed = new SealedOutput(new BufferedOutputStream(to, BUFFER_BYTES), passphrase);
                var output = new DataOutputStream(new DeflaterOutputStream(sealed, deflater, BUFFER_BYTES))) {
            var json = ManifestJson.write(manifest);
            output.writeInt(json.length);
            output.write(json);
            for (var file : all(manifest)) {
                try (var content = new Checked(source.open(file), file)) {
                    content.transferTo(output);
                    content.checkEnd();
                }
            }
        } finally {
            deflater.end();
        }
    }

    /**
     * Writes a whole backup into a file that appears when it is complete and on the disk. A trial that fails leaves
     * nothing, one whose process dies a file whose name ends with {@link #PARTIAL}.
     *
     * @return its bytes
     */
    public static long save(Path target, Manifest manifest, Source source, char @Nullable [] passphrase)
            throws IOException {
        var partial = target.resolveSibling(target.getFileName() + PARTIAL);
        try {
            write(Files.newOutputStream(partial), manifest, source, passphrase);
            DurableFiles.sync(partial);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(partial);
            throw failed;
        }
        DurableFiles.syncParent(target);
        return Files.size(target);
    }

    /** Reads the manifest only; what follows is not looked at. */
    public static Content show(Path file, char @Nullable [] passphrase) throws IOException {
        return read(file, passphrase, null);
    }

    /**
     * Reads a whole backup, checking every byte of it.
     *
     * @throws BackupRefusedException when it is damaged, encrypted under another passphrase, or of a newer format
     */
    public static Content extract(Path file, char @Nullable [] passphrase, Sink sink) throws IOException {
        return read(file, passphrase, sink);
    }

    private static Content read(Path file, char @Nullable [] passphrase, @Nullable Sink sink) throws IOException {
        try (var sealed =
                        new SealedInput(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES), passphrase);
                var input = new DataInputStream(new InflaterInputStream(sealed))) {
            int length = input.readInt();
            if (length < 0 || length > MANIFEST_BYTES_MAX) {
                throw new BackupRefusedException("the backup is damaged: its manifest has " + length + " bytes");
            }
            var manifest = ManifestJson.read(input.readNBytes(length));
            if (sink != null) {
                take(manifest.files(), input, sink);
                var past = manifest.past();
                if (past != null) {
                    take(past.files(), input, sink::takePast);
                }
                if (input.read() >= 0 || sealed.read() >= 0) {
                    throw new BackupRefusedException("the backup is damaged: bytes follow its last file");
                }
            }
            return new Content(manifest, sealed.encrypted());
        } catch (EOFException | ZipException broken) {
            throw new BackupRefusedException("the backup is damaged: " + broken.getMessage(), broken);
        }
    }

    private static void take(List<Manifest.Part> files, InputStream input, Sink sink) throws IOException {
        for (var part : files) {
            var content = new Checked(new Bounded(input, part.bytes()), part);
            sink.take(part, content);
            content.checkEnd();
        }
    }

    private static List<Manifest.Part> all(Manifest manifest) {
        var past = manifest.past();
        var all = new ArrayList<>(manifest.files());
        if (past != null) {
            all.addAll(past.files());
        }
        return all;
    }

    /** Notices at its end whether the bytes that passed are those of the manifest. */
    private static final class Checked extends InputStream {
        private final InputStream below;
        private final Manifest.Part part;
        private final java.security.MessageDigest digest = Sha256.make();
        private long passed;

        Checked(InputStream below, Manifest.Part part) {
            this.below = below;
            this.part = part;
        }

        @Override
        public int read() throws IOException {
            int single = below.read();
            if (single >= 0) {
                digest.update((byte) single);
                passed++;
            }
            return single;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int part0 = below.read(into, offset, length);
            if (part0 > 0) {
                digest.update(into, offset, part0);
                passed += part0;
            }
            return part0;
        }

        void checkEnd() throws BackupRefusedException {
            var found = HexFormat.of().formatHex(digest.digest());
            if (passed != part.bytes() || !found.equals(part.sha256())) {
                throw new BackupRefusedException("the file " + part.name() + " in the backup has " + passed
                        + " bytes and checksum " + found + ", the manifest says " + part.bytes() + " and "
                        + part.sha256());
            }
        }

        @Override
        public void close() throws IOException {
            below.close();
        }
    }

    /** So many bytes of a stream that goes on; closing it leaves the stream open. */
    private static final class Bounded extends InputStream {
        private final InputStream below;
        private long left;

        Bounded(InputStream below, long left) {
            this.below = below;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            var single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int part = below.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(part, 0);
            return part;
        }
    }
}
