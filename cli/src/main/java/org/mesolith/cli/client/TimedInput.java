package org.mesolith.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** The bytes of a socket under a deadline that the reader may replace. */
final class TimedInput extends InputStream {

    private final Socket socket;
    private final InputStream inner;
    private volatile Deadline deadline = Deadline.eachRead(java.time.Duration.ofSeconds(10));

    TimedInput(Socket socket) throws IOException {
        this.socket = socket;
        this.inner = socket.getInputStream();
    }

    void use(Deadline next) {
        deadline = next;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        socket.setSoTimeout(deadline.socketTimeoutMillis());
        return inner.read(into, offset, length);
    }

    @Override
    public int available() throws IOException {
        return inner.available();
    }
}
