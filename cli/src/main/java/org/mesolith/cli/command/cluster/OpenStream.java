package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that stays open when its writer closes it: the file behind it is still to be synced. */
final class OpenStream extends OutputStream {
    private final OutputStream below;

    OpenStream(OutputStream below) {
        this.below = below;
    }

    @Override
    public void write(int single) throws IOException {
        below.write(single);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        below.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        below.flush();
    }
}
