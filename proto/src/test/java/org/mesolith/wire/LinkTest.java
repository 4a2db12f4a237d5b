package org.mesolith.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mesolith.wire.Eventually.eventually;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The agents' link, both ends and each against a peer that misbehaves. */
final class LinkTest {
    private static final LinkSettings LINK =
            new LinkSettings(64 << 10, 256 << 10, Duration.ofSeconds(60), Duration.ofSeconds(30));
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String UPGRADE =
            "GET /agent-link HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: mesolith-link/1\r\n\r\n";

    private final BlockingQueue<Link> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private HttpServer server =
            HttpServerTest.start(HttpServerTest.SETTINGS.with(LINK), this::answer, Transport.best());
    private LinkClient client = LinkClient.start(LINK);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private HttpAnswer answer(HttpRequest request) {
        return switch (request.path()) {
            case "/follower" -> HttpAnswer.text(307, "not the leader").with("Location", "//leader:5050/agent-link");
            case "/deaf" -> new HttpAnswer.Upgraded(Link.PROTOCOL, opened::add);
            case "/broken" ->
                new HttpAnswer.Upgraded(Link.PROTOCOL, link -> {
                    link.onClosed(ends::add);
                    throw new IllegalStateException("broken on purpose");
                });
            default ->
                new HttpAnswer.Upgraded(
                        Link.PROTOCOL,
                        Headers.of("X-Who", request.headers().first("X-Agent").orElse("")),
                        link -> {
                            link.onClosed(ends::add);
                            link.onFrame(received::add);
                            opened.add(link);
                        });
        };
    }

    private Link dial(String path) throws Exception {
        var dial = client.connect(server.address(), path, Headers.of("X-Agent", "a1"), SOON);
        assertThat(dial).isInstanceOf(LinkDial.Connected.class);
        return ((LinkDial.Connected) dial).link();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(30, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] frame(long number, String text) {
        return ByteBuffer.allocate(12 + text.length())
                .putInt(text.length())
                .putLong(number)
                .put(bytes(text))
                .array();
    }

    private void restart(Transport transport) {
        client.close();
        server.close();
        server = HttpServerTest.start(HttpServerTest.SETTINGS.with(LINK), this::answer, transport);
        client = LinkClient.start(LINK, transport);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void framesGoBothWaysInTheirOrder(Transport transport) throws Exception {
        restart(transport);
        var back = new LinkedBlockingQueue<byte[]>();
        Link agent = dial("/agent-link");
        agent.onFrame(back::add);
        Link master = next(opened);
        var random = new Random(Long.getLong("seed", 7));
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            var frame = new byte[1 + random.nextInt(i % 50 == 0 ? 64 << 10 : 300)];
            random.nextBytes(frame);
            sent.add(frame);
        }
        for (byte[] frame : sent) {
            while (!agent.send(frame)) {
                LockSupport.parkNanos(100_000);
            }
            while (!master.send(frame)) {
                LockSupport.parkNanos(100_000);
            }
        }
        for (byte[] frame : sent) {
            assertThat(next(received)).isEqualTo(frame);
            assertThat(next(back)).isEqualTo(frame);
        }
        assertThat(server.stats().linksOpen()).isEqualTo(1);
        agent.close("agent stops");
        assertThat(next(ends)).isEqualTo("the peer closed the link");
        assertThat(agent.isOpen()).isFalse();
        assertThat(agent.send(bytes("late"))).isFalse();
        eventually("link gone", () -> server.stats().linksOpen() == 0);
        assertThat(server.stats().connectionsOpen()).isZero();
    }

    @Test
    void whatWasSentBeforeACloseArrives() throws Exception {
        Link agent = dial("/agent-link");
        for (int i = 0; i < 3; i++) {
            assertThat(agent.send(new byte[64 << 10])).isTrue();
        }
        agent.close("done");
        agent.close("again");
        for (int i = 0; i < 3; i++) {
            assertThat(next(received)).hasSize(64 << 10);
        }
        agent.onClosed(ends::add);
        assertThat(List.of(next(ends), next(ends))).containsExactlyInAnyOrder("done", "the peer closed the link");
    }

    @Test
    void aPeerThatIsNotTheLeaderRefuses() throws Exception {
        var dial = client.connect(server.address(), "/follower", Headers.NONE, SOON);
        assertThat(dial).isInstanceOfSatisfying(LinkDial.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(307);
            assertThat(refused.headers().first("location")).contains("//leader:5050/agent-link");
            assertThat(refused.body().utf8()).isEqualTo("not the leader");
        });
    }

    @Test
    void aRequestThatDoesNotAskForTheLinkGets426() throws Exception {
        try (var raw = new RawClient(server.address())) {
            var answer = raw.get("/agent-link").answer();
            assertThat(answer.status()).isEqualTo(426);
            assertThat(answer.header("Upgrade")).isEqualTo(Link.PROTOCOL);
            assertThat(opened).isEmpty();
        }
    }

    @Test
    void aPeerThatCannotBeReachedOrDoesNotAnswerIsAFailure() throws Exception {
        InetSocketAddress address;
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            address = new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort());
            assertFailed(client.connect(address, "/agent-link", Headers.NONE, Duration.ofMillis(150)), "150 ms");
        }
        assertFailed(client.connect(address, "/agent-link", Headers.NONE, SOON), "cannot connect");
        var unknown = InetSocketAddress.createUnresolved("no-such-name.invalid", 1);
        assertFailed(client.connect(unknown, "/agent-link", Headers.NONE, SOON), "not known");
    }

    private static void assertFailed(LinkDial dial, String reason) {
        assertThat(dial)
                .isInstanceOfSatisfying(
                        LinkDial.Failed.class,
                        failed -> assertThat(failed.reason()).contains(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "SSH-2.0-something~~~~, not HTTP",
        "HTTP/1.1 101 Switching Protocols~~Upgrade: other~~~~, not mesolith-link/1",
        "HTTP/1.1 200 OK~~Content, closed",
    })
    void aPeerThatAnswersSomethingElseIsAFailure(String answer, String reason) throws Exception {
        try (var socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var peer = Thread.ofVirtual().start(() -> {
                try (var accepted = socket.accept()) {
                    accepted.getInputStream().readNBytes(20);
                    accepted.getOutputStream().write(bytes(answer.replace("~~", "\r\n")));
                    accepted.shutdownOutput();
                    accepted.getInputStream().readAllBytes();
                } catch (IOException cut) {
                    // The client hangs up on such a peer.
                }
            });
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
            assertFailed(client.connect(address, "/agent-link", Headers.NONE, SOON), reason);
            peer.join();
        }
    }

    @Test
    void framesArriveHoweverTheBytesAreCut() throws Exception {
        var all = new ByteArrayOutputStream();
        for (int i = 1; i <= 40; i++) {
            all.writeBytes(frame(i, "frame number " + i));
        }
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        try (var raw = new RawClient(server.address())) {
            assertThat(raw.send(UPGRADE).head().status()).isEqualTo(101);
            var bytes = ByteBuffer.wrap(all.toByteArray());
            while (bytes.hasRemaining()) {
                var piece = new byte[Math.min(bytes.remaining(), 1 + random.nextInt(20))];
                bytes.get(piece);
                raw.send(piece);
            }
            for (int i = 1; i <= 40; i++) {
                assertThat(next(received)).isEqualTo(bytes("frame number " + i));
            }
            assertThat(next(opened).send(bytes("yes"))).isTrue();
            assertThat(raw.read(15)).isEqualTo(frame(1, "yes"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0000000100000000000000026a, frame 2 after frame 0",
        "0000000100000000000000016a0000000100000000000000016a, frame 1 after frame 1",
        "0000000100000000000000016a0000000100000000000000036a, frame 3 after frame 1",
        "000000000000000000000001, frame of 0 bytes",
        "000100010000000000000001, frame of 65537 bytes",
        "ffffffff0000000000000001, frame of 4294967295 bytes",
    })
    void aPeerThatBreaksTheRulesIsCutOff(String hex, String reason) throws Exception {
        try (var raw = new RawClient(server.address())) {
            assertThat(raw.send(UPGRADE).head().status()).isEqualTo(101);
            raw.send(HexFormat.of().parseHex(hex));
            assertThat(next(ends)).contains(reason);
            assertThat(raw.isClosedByServer()).isTrue();
            assertThat(next(opened).isOpen()).isFalse();
        }
    }

    @Test
    void bytesSentBeforeTheUpgradeIsAnsweredAreRefused() throws Exception {
        try (var raw = new RawClient(server.address())) {
            raw.send(UPGRADE + "\0\0\0\1");
            assertThat(raw.isClosedByServer()).isTrue();
            assertThat(next(ends)).contains("before the upgrade");
            assertThat(server.stats().linksStarted()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aPeerThatDoesNotReadMakesSendReturnFalseAndIsCutOnClose(Transport transport) throws Exception {
        restart(transport);
        client.close();
        client = LinkClient.start(
                new LinkSettings(64 << 10, 256 << 10, Duration.ofSeconds(60), Duration.ofMillis(200)), transport);
        Link agent = dial("/deaf");
        agent.onClosed(ends::add);
        var frame = new byte[32 << 10];
        Deadline stuck = Deadline.after(Duration.ofMillis(400));
        while (!stuck.hasPassed()) {
            if (agent.send(frame)) {
                stuck = Deadline.after(Duration.ofMillis(400));
            } else {
                LockSupport.parkNanos(1_000_000);
            }
        }
        assertThat(agent.isOpen()).isTrue();
        assertThat(agent.queuedBytes()).isBetween(200L << 10, LINK.queuedBytesMax());
        agent.close("peer too slow");
        assertThat(next(ends)).isEqualTo("peer too slow");
        assertThat(agent.queuedBytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aPeerThatGoesAwayIsNoticed(Transport transport) throws Exception {
        restart(transport);
        try (var raw = new RawClient(server.address())) {
            assertThat(raw.send(UPGRADE).head().status()).isEqualTo(101);
            next(opened);
            raw.reset();
        }
        next(ends);
        Link agent = dial("/agent-link");
        agent.onClosed(ends::add);
        agent.onFrame(frame -> {});
        next(opened);
        server.close();
        assertThat(List.of(next(ends), next(ends))).as("both ends").hasSize(2);
        assertThat(agent.isOpen()).isFalse();
    }

    @Test
    void aReceiverThatFailsClosesTheLink() throws Exception {
        Link agent = dial("/agent-link");
        agent.onClosed(ends::add);
        agent.onFrame(frame -> {
            throw new IllegalStateException("broken on purpose");
        });
        assertThatThrownBy(() -> agent.onFrame(received::add)).isInstanceOf(IllegalStateException.class);
        assertThat(next(opened).send(bytes("x"))).isTrue();
        assertThat(next(ends) + next(ends)).contains("broken on purpose");
    }

    @Test
    void aLinkThatCannotBeOpenedIsClosed() throws Exception {
        dial("/broken");
        assertThat(next(ends)).isEqualTo("the server failed to open the link");
    }

    @Test
    void aFrameThatNoPeerWouldTakeIsTheSendersMistake() throws Exception {
        Link agent = dial("/agent-link");
        assertThatThrownBy(() -> agent.send(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> agent.send(new byte[(64 << 10) + 1])).isInstanceOf(IllegalArgumentException.class);
    }
}
