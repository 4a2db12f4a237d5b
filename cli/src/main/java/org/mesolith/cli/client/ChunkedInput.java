package org.mesolith.cli.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/** A body in chunks. A read returns what has come: it never waits for a chunk to be complete. */
final class ChunkedInput extends InputStream {

    private static final int LINE_BYTES_MAX = 8192;

    private final InputStream inner;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedInput(InputStream inner) {
        this.inner = inner;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = inner.read(into, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the connection was closed in the middle of an answer");
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (ended) {
            return;
        }
        if (!first && !line().isEmpty()) {
            throw new ProtocolException("a chunk of the answer does not end where it should");
        }
        first = false;
        String size = line();
        int extension = size.indexOf(';');
        try {
            left = Long.parseLong((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
        } catch (NumberFormatException notANumber) {
            throw new IOException("the answer has a chunk of the size `" + size + "`", notANumber);
        }
        if (left < 0) {
            throw new ProtocolException("the answer has a chunk of a negative size");
        }
        if (left == 0) {
            ended = true;
            String trailer = line();
            while (!trailer.isEmpty()) { // Trailers say nothing that we use.
                trailer = line();
            }
        }
    }

    private String line() throws IOException {
        return Lines.read(inner, LINE_BYTES_MAX, "the server", StandardCharsets.ISO_8859_1);
    }
}
