package org.mesolith.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A client that sends exactly the bytes it is told and reads answers by the letter. */
final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    RawClient(InetSocketAddress server) throws IOException {
        this(server, 0);
    }

    /** With a small receive buffer, so that a reader who does not read is felt soon; 0 for the usual one. */
    RawClient(InetSocketAddress server, int receiveBytes) throws IOException {
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        socket.connect(server, 30_000);
        in = new BufferedInputStream(socket.getInputStream(), 8192);
    }

    record Answer(int status, Headers headers, Body content) {
        byte[] body() {
            return content.bytes();
        }

        String text() {
            return content.utf8();
        }

        String header(String name) {
            return headers.first(name).orElse("");
        }

        String unzipped() throws IOException {
            try (var unzip = new GZIPInputStream(new ByteArrayInputStream(body()))) {
                return new String(unzip.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    RawClient get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    Answer answer() throws IOException {
        return answer(false);
    }

    /** The next answer; to a HEAD request one without body. */
    Answer answer(boolean toHead) throws IOException {
        Answer head = head();
        byte[] body;
        if (toHead || head.status() == 204 || head.status() == 304 || head.status() < 200) {
            body = new byte[0];
        } else if (head.header("Transfer-Encoding").equals("chunked")) {
            body = chunks();
        } else if (head.headers().contains("Content-Length")) {
            body = in.readNBytes(Integer.parseInt(head.header("Content-Length")));
        } else {
            body = in.readAllBytes();
        }
        return new Answer(head.status(), head.headers(), Body.of(body));
    }

    /** Status and headers only. */
    Answer head() throws IOException {
        String[] first = line().split(" ", 3);
        List<Headers.Field> fields = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            fields.add(new Headers.Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new Answer(Integer.parseInt(first[1]), new Headers(fields), Body.EMPTY);
    }

    private byte[] chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
            all.writeBytes(chunk);
        }
        return all.toByteArray();
    }

    /** The next chunk of a stream; empty at its end. */
    byte[] chunk() throws IOException {
        int size = Integer.parseInt(line(), 16);
        byte[] chunk = in.readNBytes(size);
        if (chunk.length < size || !line().isEmpty()) {
            throw new EOFException("stream cut in a chunk of " + size + " bytes");
        }
        return chunk;
    }

    byte[] read(int count) throws IOException {
        return in.readNBytes(count);
    }

    /** Whether the server closes, orderly or not, before the socket's timeout. */
    boolean isClosedByServer() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed by the server after '" + line + "'");
            }
            line.append((char) c);
        }
        if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
            throw new IOException("line does not end in CR LF: " + line);
        }
        return line.substring(0, line.length() - 1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
