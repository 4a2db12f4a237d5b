package org.mesolith.cli.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection to one server. One request at a time, one thread at a time; {@link #close()} may come from
 * any thread and ends a read that waits.
 *
 * <p>Errors: {@link IOException} for everything, {@link java.net.SocketTimeoutException} at the deadline.
 */
public final class HttpConnection implements AutoCloseable {

    private static final int HEAD_BYTES_MAX = 64 * 1024;
    private static final long IDLE_NANOS = 1_000_000_000L;

    private final HostPort server;

    /** Value of the header Authorization; null to say nothing. */
    private final @Nullable String name;

    private final Socket socket;
    private final TimedInput timed;
    private final InputStream input;
    private boolean reusable = true;
    private long usedAtNanos = System.nanoTime();

    private HttpConnection(HostPort server, Socket socket, @Nullable String name) throws IOException {
        this.server = server;
        this.name = name;
        this.socket = socket;
        this.timed = new TimedInput(socket);
        this.input = new BufferedInputStream(timed, 16 * 1024);
    }

    /** Connects to a master; each request says who is asking, when {@code MESO_CREDENTIAL} says it. */
    public static HttpConnection open(HostPort server, Deadline deadline) throws IOException {
        return open(server, deadline, OwnCredential.header());
    }

    /** Connects to an agent; each request says who is asking, when {@code MESO_AGENT_CREDENTIAL} says it. */
    public static HttpConnection openAgent(HostPort agent, Deadline deadline) throws IOException {
        return open(agent, deadline, OwnCredential.agentsHeader());
    }

    /** Connects, and does not say who is asking: an agent need not know an operator's secret. */
    public static HttpConnection openUnnamed(HostPort server, Deadline deadline) throws IOException {
        return open(server, deadline, null);
    }

    private static HttpConnection open(HostPort server, Deadline deadline, @Nullable String name) throws IOException {
        var address = new InetSocketAddress(server.host(), server.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException("no address known for the name " + server.host());
        }
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, deadline.socketTimeoutMillis());
            return new HttpConnection(server, socket, name);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /** Where this connection leads to. */
    public HostPort server() {
        return server;
    }

    /** True while another request may follow on this connection. One that idled is looked at: servers close those. */
    public boolean isReusable() {
        return reusable && !socket.isClosed() && (System.nanoTime() - usedAtNanos < IDLE_NANOS || isQuiet());
    }

    /** False if the server has closed the connection, or sent what nobody asked for. Takes a millisecond. */
    private boolean isQuiet() {
        try {
            socket.setSoTimeout(1);
            socket.getInputStream().read();
            return false; // The end, or bytes that belong to no request.
        } catch (SocketTimeoutException quiet) {
            return true;
        } catch (IOException broken) {
            return false;
        }
    }

    /**
     * Sends a request and reads the head of its answer. The body is read under the same deadline.
     *
     * @throws IOException also when only the answer is missing: the request may have been carried out
     */
    public HttpReply exchange(HttpRequest request, Deadline deadline) throws IOException {
        timed.use(deadline);
        usedAtNanos = System.nanoTime();
        reusable = false;
        byte[] head = (name == null ? request : request.with("Authorization: " + name)).head(server);
        byte[] whole = new byte[head.length + request.body().length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(request.body(), 0, whole, head.length, request.body().length);
        socket.getOutputStream().write(whole);
        return readReply();
    }

    /** From now on reads of the current body wait as long as this deadline says. */
    public void use(Deadline deadline) {
        timed.use(deadline);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            reusable = false; // Nothing else to do: the descriptor is released in any case.
        }
    }

    private HttpReply readReply() throws IOException {
        String statusLine = readLine();
        int status = parseStatus(statusLine);
        while (status == 100) {
            readHeaders();
            statusLine = readLine();
            status = parseStatus(statusLine);
        }
        Map<String, String> headers = readHeaders();
        InputStream body = bodyOf(status, headers);
        boolean keepsOpen = statusLine.startsWith("HTTP/1.1")
                && !headers.getOrDefault("connection", "").equalsIgnoreCase("close");
        reusable = keepsOpen && !(body instanceof UntilClosed);
        return new HttpReply(status, headers, body);
    }

    private InputStream bodyOf(int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return new SizedInput(input, 0);
        }
        String coding = headers.getOrDefault("transfer-encoding", "");
        if (coding.equalsIgnoreCase("chunked")) {
            return new ChunkedInput(input);
        }
        if (!coding.isEmpty()) {
            throw new ProtocolException(
                    server + " answered with the transfer encoding `" + coding + "`, which meso does not know");
        }
        String length = headers.get("content-length");
        if (length == null) {
            return new UntilClosed(input);
        }
        try {
            return new SizedInput(input, Long.parseUnsignedLong(length));
        } catch (NumberFormatException notANumber) {
            throw new IOException(server + " answered with the content length `" + length + "`", notANumber);
        }
    }

    private int parseStatus(String line) throws IOException {
        if (line.length() >= 12 && line.startsWith("HTTP/1.") && line.charAt(8) == ' ') {
            try {
                return Integer.parseInt(line.substring(9, 12));
            } catch (NumberFormatException notANumber) {
                throw new IOException(server + " does not speak HTTP: `" + line + "`", notANumber);
            }
        }
        throw new ProtocolException(server + " does not speak HTTP: `" + line + "`");
    }

    private Map<String, String> readHeaders() throws IOException {
        var headers = new LinkedHashMap<String, String>();
        int bytes = 0;
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            bytes += line.length();
            if (bytes > HEAD_BYTES_MAX) {
                throw new ProtocolException(
                        server + " answered with more than " + HEAD_BYTES_MAX + " bytes of headers");
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private String readLine() throws IOException {
        return Lines.read(input, HEAD_BYTES_MAX, server.toString(), StandardCharsets.ISO_8859_1);
    }
}
