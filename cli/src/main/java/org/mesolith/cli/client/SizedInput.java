package org.mesolith.cli.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of known length. */
final class SizedInput extends InputStream {

    private final InputStream inner;
    private long left;

    SizedInput(InputStream inner, long length) {
        this.inner = inner;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = inner.read(into, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the connection was closed " + left + " bytes before the end of the answer");
        }
        left -= count;
        return count;
    }
}
