package org.mesolith.agent.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/** Archives, good and evil. */
public final class Packed {
    private Packed() {}

    /** Writes an archive. */
    interface Maker {
        void make(TarArchiveOutputStream tar) throws IOException;
    }

    /** Files by name and text, in turn. */
    public static byte[] tarGz(String... namesAndTexts) {
        return packed("gz", tar(tar -> {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                file(tar, namesAndTexts[i], namesAndTexts[i + 1]);
            }
        }));
    }

    static byte[] tar(Maker maker) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            maker.make(tar);
        } catch (IOException inMemory) {
            throw new java.io.UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    static void file(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        entry.setMode(name.endsWith(".sh") ? 0104777 : 0100644);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** The name of a file that never comes. */
    static void longName(TarArchiveOutputStream tar, int letters) throws IOException {
        var entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
        entry.setSize(letters);
        tar.putArchiveEntry(entry);
        tar.write("n".repeat(letters).getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
    }

    static void special(TarArchiveOutputStream tar, String name, byte kind, String target) throws IOException {
        var entry = new TarArchiveEntry(name, kind, true);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    static byte[] packed(String how, byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = switch (how) {
            case "gz" -> new GZIPOutputStream(bytes);
            case "bz2" -> new BZip2CompressorOutputStream(bytes);
            case "xz" -> new XZCompressorOutputStream(bytes);
            default -> bytes;
        }) {
            out.write(plain);
        } catch (IOException inMemory) {
            throw new java.io.UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    /** One file, and a link if {@code target} is not null. */
    static byte[] zip(String name, String text, String link, String target) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipArchiveOutputStream(bytes)) {
            var entry = new ZipArchiveEntry(name);
            entry.setUnixMode(0100755);
            zip.putArchiveEntry(entry);
            zip.write(text.getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
            if (!link.isEmpty()) {
                var second = new ZipArchiveEntry(link);
                second.setUnixMode(0120777);
                zip.putArchiveEntry(second);
                zip.write(target.getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        } catch (IOException inMemory) {
            throw new java.io.UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }
}
