package org.mesolith.agent.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Unpacks zip archives. Their list of contents is read as a whole, so its size is looked at first. */
final class Zip {
    private static final int END_BYTES = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int REMARK_BYTES_MAX = 65_535;
    private static final long LIST_BYTES_MAX = 8 << 20;
    private static final long PLACE_IN_ZIP64 = 0xffff_ffffL;

    private Zip() {}

    static void unpack(Path archive, UnpackedTree tree) throws IOException {
        checkList(archive);
        try (SeekableByteChannel channel = Files.newByteChannel(archive);
                var zip = ZipFile.builder().setSeekableByteChannel(channel).get()) {
            var entries = zip.getEntriesInPhysicalOrder();
            while (entries.hasMoreElements()) {
                unpack(zip, entries.nextElement(), tree);
            }
        }
    }

    private static void unpack(ZipFile zip, ZipArchiveEntry entry, UnpackedTree tree) throws IOException {
        var name = entry.getName();
        if (entry.isDirectory()) {
            tree.directory(name, entry.getUnixMode());
            return;
        }
        if (!zip.canReadEntryData(entry)) {
            throw new FetchException("its entry '" + name + "' is encrypted, or packed in a way that is not known");
        }
        if (entry.isUnixSymlink()) {
            tree.symbolicLink(name, zip.getUnixSymlink(entry));
            return;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            tree.file(name, entry.getUnixMode(), in);
        }
    }

    /**
     * @throws FetchException when there is no list, or it would fill the memory
     */
    private static void checkList(Path archive) throws IOException {
        try (var file = FileChannel.open(archive)) {
            int tail = (int) Math.min(file.size(), END_BYTES + REMARK_BYTES_MAX);
            var bytes = ByteBuffer.allocate(tail).order(ByteOrder.LITTLE_ENDIAN);
            long from = file.size() - tail;
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = file.read(bytes, from + bytes.position());
            }
            for (int at = tail - END_BYTES; at >= 0; at--) {
                if (bytes.getInt(at) == END_SIGNATURE) {
                    checkList(from + at, Integer.toUnsignedLong(bytes.getInt(at + 16)));
                    return;
                }
            }
        }
        throw new FetchException("it cannot be unpacked: it is no zip archive, or not a whole one");
    }

    private static void checkList(long end, long listAt) throws FetchException {
        if (listAt == PLACE_IN_ZIP64) {
            throw new FetchException("it is a zip archive of more than 4 GiB, which is not unpacked; use tar");
        }
        if (listAt > end || end - listAt > LIST_BYTES_MAX) {
            throw new FetchException("its list of contents is damaged, or larger than " + LIST_BYTES_MAX + " bytes");
        }
    }
}
