package org.mesolith.backup;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link SealedOutput} wrote. Bytes are handed out only after their chunk was checked; a truncated, changed
 * or lengthened file ends with {@link BackupRefusedException}. One thread.
 */
final class SealedInput extends InputStream {
    private final DataInputStream below;
    private final Seal seal;
    private byte[] chunk = new byte[0];
    private int at;
    private long number;
    private boolean ended;

    SealedInput(InputStream below, char @Nullable [] passphrase) throws IOException {
        this.below = new DataInputStream(below);
        try {
            this.seal = Seal.open(this.below, passphrase);
        } catch (EOFException short0) {
            throw new BackupRefusedException("the backup is truncated: it ends within its head", short0);
        }
    }

    boolean encrypted() {
        return seal.encrypts();
    }

    @Override
    public int read() throws IOException {
        var single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == chunk.length) {
            if (ended) {
                return -1;
            }
            next();
        }
        int part = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, into, offset, part);
        at += part;
        return part;
    }

    private void next() throws IOException {
        try {
            int head = below.readInt();
            boolean last = (head & SealedOutput.LAST) != 0;
            int length = head & ~SealedOutput.LAST;
            if (length > SealedOutput.CHUNK_BYTES) {
                throw damaged();
            }
            var closed = new byte[length + seal.overhead()];
            below.readFully(closed);
            var content = seal.open(closed, number, last);
            if (content == null) {
                throw damaged();
            }
            chunk = content;
            at = 0;
            number++;
            ended = last;
            if (last && below.read() >= 0) {
                throw new BackupRefusedException("the backup is damaged: bytes follow its end");
            }
        } catch (EOFException cut) {
            throw new BackupRefusedException(
                    "the backup is truncated: chunk " + number + " is incomplete; use another copy", cut);
        }
    }

    private BackupRefusedException damaged() {
        return new BackupRefusedException(
                "the backup is damaged: chunk " + number + " is not what was written; use another copy");
    }

    @Override
    public void close() throws IOException {
        below.close();
    }
}
