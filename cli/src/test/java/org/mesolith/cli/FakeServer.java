package org.mesolith.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that answers byte by byte what the test says. Each connection carries one request. */
public final class FakeServer implements AutoCloseable {

    /** Given a request, writes an answer; may throw to break the connection. */
    public interface Script {
        /** Answers one request. */
        void answer(Request request, OutputStream out) throws IOException;
    }

    /** A request as it arrived. */
    public record Request(String line, List<String> headers, String body) {

        /** The path and query. */
        public String target() {
            return line.split(" ", -1)[1];
        }
    }

    private final ServerSocket server;
    private final Script script;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** A server that answers by this script until it is closed. */
    public FakeServer(Script script) throws IOException {
        this.script = script;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon(true).start(this::serve);
    }

    /** One that gives the same JSON to everybody. */
    public static FakeServer json(int status, String json) throws IOException {
        return new FakeServer((_, out) -> out.write(answer(status, "", json)));
    }

    /** A whole answer with a length; {@code header} is a line or empty. */
    public static byte[] answer(int status, String header, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " x\r\n" + (header.isEmpty() ? "" : header + "\r\n")
                + "Connection: close\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(bytes);
        return whole.toByteArray();
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** What was asked so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> handle(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void handle(Socket socket) {
        try (socket) {
            Request request = read(new BufferedInputStream(socket.getInputStream()));
            requests.add(request);
            script.answer(request, socket.getOutputStream());
        } catch (IOException meant) {
            return; // The script broke the connection, or the client did.
        }
    }

    private static Request read(InputStream in) throws IOException {
        String first = line(in);
        var headers = new ArrayList<String>();
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            headers.add(line);
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        return new Request(first, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("no more");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
