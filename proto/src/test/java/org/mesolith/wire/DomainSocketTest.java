package org.mesolith.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mesolith.wire.Eventually.eventually;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client sees of the server over a Unix domain socket. */
@Timeout(60)
final class DomainSocketTest {
    private static final String GET = "GET /%s HTTP/1.1\r\nHost: h\r\n\r\n";

    @TempDir
    private Path directory;

    private final BlockingQueue<HttpRequest> seen = new ArrayBlockingQueue<>(10);
    private final BlockingQueue<Outbox> streams = new ArrayBlockingQueue<>(10);

    private DomainSocket socket() {
        return new DomainSocket(directory.resolve("agent.sock"), "rw-rw-rw-");
    }

    private HttpAnswer answer(HttpRequest request) {
        seen.add(request);
        return request.path().equals("/stream")
                ? new HttpAnswer.Streaming(200, Headers.NONE, streams::add)
                : HttpAnswer.text(200, "over the socket " + request.body().utf8());
    }

    private static HttpAnswer overTheNetwork(HttpRequest request) {
        return HttpAnswer.text(404, "no " + request.path());
    }

    private HttpServer start(Transport transport) throws IOException {
        var server = HttpServerTest.start(HttpServerTest.SETTINGS, DomainSocketTest::overTheNetwork, transport);
        try {
            server.alsoAt(socket(), this::answer);
        } catch (IOException refused) {
            server.close();
            throw refused;
        }
        return server;
    }

    private SocketChannel call(String text) throws IOException {
        var caller = SocketChannel.open(UnixDomainSocketAddress.of(socket().path()));
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            caller.write(bytes);
        }
        return caller;
    }

    /** Reads until this has come, and nothing more is waited for. */
    private static String readUntil(SocketChannel caller, String end) throws IOException {
        var all = new StringBuilder();
        var in = Channels.newInputStream(caller);
        for (int next = in.read(); next >= 0; next = in.read()) {
            all.append((char) next);
            if (all.toString().endsWith(end)) {
                return all.toString();
            }
        }
        return all + "<end>";
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void whoMayWriteTheFileIsAnsweredByTheHandlerOfTheSocket(Transport transport) throws Exception {
        try (var server = start(transport);
                var caller = call("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
                var other = new RawClient(server.address())) {
            assertThat(readUntil(caller, "abc")).startsWith("HTTP/1.1 200 ").endsWith("over the socket abc");
            var request = seen.poll(30, TimeUnit.SECONDS);
            assertThat(request).isNotNull();
            assertThat(request.remoteAddress().getAddress().isLoopbackAddress()).isTrue();
            assertThat(request.remoteAddress().getPort()).isZero();
            assertThat(other.get("/x").answer().text()).isEqualTo("no /x");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket().path())))
                    .isEqualTo("rw-rw-rw-");
            assertThat(server.stats().connectionsOpen()).isEqualTo(2);
        }
        assertThat(socket().path()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aStreamGoesOutAndEndsWithItsReader(Transport transport) throws Exception {
        try (var server = start(transport)) {
            Outbox stream;
            try (var caller = call(GET.formatted("stream"))) {
                stream = streams.poll(30, TimeUnit.SECONDS);
                assertThat(stream).isNotNull();
                assertThat(stream.offer("one".getBytes(StandardCharsets.UTF_8))).isTrue();
                assertThat(readUntil(caller, "one\r\n")).contains("Transfer-Encoding: chunked");
                var large = new byte[1 << 20];
                while (stream.offer(large)) {
                    assertThat(stream.queuedBytes()).isLessThanOrEqualTo(16 << 20);
                }
            }
            eventually("the end of the stream", () -> !stream.isOpen());
            eventually("the end of the connection", () -> server.stats().connectionsOpen() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aClosedServerEndsItsStreams(Transport transport) throws Exception {
        try (var server = start(transport);
                var caller = call(GET.formatted("stream"))) {
            assertThat(streams.poll(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(readUntil(caller, "\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            server.close(Duration.ZERO);
            assertThat(readUntil(caller, "\n")).isEqualTo("<end>");
        }
    }

    @Test
    void theFileOfAServerThatIsGoneIsReplacedAndThatOfALiveOneIsNot() throws Exception {
        try (var gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            gone.bind(UnixDomainSocketAddress.of(socket().path()));
            assertThatThrownBy(() -> start(Transport.best()).close())
                    .hasMessage("cannot listen on " + socket().path()
                            + ": another process listens there; name a path for this one alone");
        }
        assertThat(Files.exists(socket().path())).isTrue();
        try (var server = start(Transport.best());
                var caller = call(GET.formatted("again"))) {
            assertThat(readUntil(caller, "over the socket ")).startsWith("HTTP/1.1 200 ");
            assertThat(server.stats().connectionsOpen()).isEqualTo(1);
        }
    }

    @Test
    void whatIsNoSocketStays() throws Exception {
        Files.writeString(socket().path(), "precious");
        assertThatThrownBy(() -> start(Transport.best()).close())
                .hasMessageContaining("there is something that is no socket, and it stays");
        assertThat(socket().path()).hasContent("precious");
    }

    @Test
    void aPathThatTheKernelCannotTakeIsRefused() {
        var name = "a".repeat(106);
        assertThat(DomainSocket.problem(Path.of("/" + name))).isNull();
        assertThat(DomainSocket.problem(Path.of("/" + name + "b")))
                .isEqualTo("the path of a domain socket has 107 bytes at most, and '/" + name
                        + "b' has 108; name a shorter one");
        assertThat(DomainSocket.problem(Path.of("relative"))).contains("is not absolute");
        assertThatThrownBy(() -> new DomainSocket(Path.of("relative"), "rw-------"))
                .hasMessageContaining("is not absolute");
    }
}
