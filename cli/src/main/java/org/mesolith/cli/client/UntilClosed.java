package org.mesolith.cli.client;

import java.io.IOException;
import java.io.InputStream;

/** A body that ends when the server closes the connection. */
final class UntilClosed extends InputStream {

    private final InputStream inner;

    UntilClosed(InputStream inner) {
        this.inner = inner;
    }

    @Override
    public int read() throws IOException {
        return inner.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return inner.read(into, offset, length);
    }
}
