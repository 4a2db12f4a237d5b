package org.mesolith.cli.command.debug;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** A tar.gz in the format ustar that every tar reads: plain files with names up to 100 bytes. */
final class Archive implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;

    private final OutputStream out;

    /** Closes what it writes to. */
    Archive(OutputStream file) throws IOException {
        this.out = new GZIPOutputStream(file, 64 * 1024);
    }

    /** Adds a file that only its owner may read. */
    void add(String name, byte[] content, Instant at) throws IOException {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length > NAME_BYTES) {
            throw new IOException("the name is longer than " + NAME_BYTES + " bytes: " + name);
        }
        var head = new byte[BLOCK];
        put(head, 0, path);
        put(head, 100, octal(0600, 7));
        put(head, 108, octal(0, 7));
        put(head, 116, octal(0, 7));
        put(head, 124, octal(content.length, 11));
        put(head, 136, octal(at.getEpochSecond(), 11));
        Arrays.fill(head, 148, 156, (byte) ' ');
        head[156] = '0';
        put(head, 257, "ustar\u000000".getBytes(StandardCharsets.US_ASCII));
        int sum = 0;
        for (byte one : head) {
            sum += one & 0xff;
        }
        put(head, 148, octal(sum, 6));
        head[154] = 0;
        out.write(head);
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static byte[] octal(long value, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "o", value).getBytes(StandardCharsets.US_ASCII);
    }

    private static void put(byte[] head, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }

    @Override
    public void close() throws IOException {
        try (out) {
            out.write(new byte[2 * BLOCK]);
        }
    }
}
