package org.mesolith.backup;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes bytes as sealed chunks; {@link #close} writes the last one and closes what is below. One thread. */
final class SealedOutput extends OutputStream {
    /** Content of a chunk: what is held in memory. */
    static final int CHUNK_BYTES = 1 << 20;

    /** Set in the length of the last chunk. */
    static final int LAST = 1 << 31;

    private final DataOutputStream below;
    private final Seal seal;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int filled;
    private long number;
    private boolean closed;

    SealedOutput(OutputStream below, char @Nullable [] passphrase) throws IOException {
        this.below = new DataOutputStream(below);
        this.seal = Seal.make(passphrase);
        this.below.write(seal.head());
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == CHUNK_BYTES) {
                put(false);
            }
            int part = Math.min(left, CHUNK_BYTES - filled);
            System.arraycopy(bytes, from, chunk, filled, part);
            filled += part;
            from += part;
            left -= part;
        }
    }

    private void put(boolean last) throws IOException {
        var sealed = seal.close(chunk, filled, number, last);
        below.writeInt(last ? filled | LAST : filled);
        below.write(sealed);
        number++;
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try (below) {
                put(true);
                below.flush();
            }
        }
    }
}
