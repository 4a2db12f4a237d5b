package org.mesolith.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mesolith.wire.Eventually.eventually;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams: what is offered arrives in order, who does not read costs a known amount, every end is an end. */
final class OutboxTest {
    private static final Outbox.Bounds SMALL = new Outbox.Bounds(100, 256 << 10);
    private static final ServerSettings SETTINGS =
            HttpServerTest.SETTINGS.with(new Outbox.Bounds(100_000, 1 << 20)).with(HttpServerTest.impatientFor("none"));

    private final BlockingQueue<Outbox> opened = new LinkedBlockingQueue<>();
    private final AtomicInteger closed = new AtomicInteger();
    private HttpServer server = HttpServerTest.start(SETTINGS, this::answer, Transport.best());

    @AfterEach
    void close() {
        server.close();
    }

    private HttpAnswer answer(HttpRequest request) {
        Headers headers = Headers.of("Content-Type", "application/json");
        Optional<Outbox.Bounds> bounds = request.path().equals("/small") ? Optional.of(SMALL) : Optional.empty();
        return new HttpAnswer.Streaming(200, headers, bounds, outbox -> {
            if (request.path().equals("/broken")) {
                throw new IllegalStateException("broken on purpose");
            }
            outbox.onClosed(closed::incrementAndGet);
            outbox.offer(bytes("first."));
            opened.add(outbox);
        });
    }

    private Outbox outbox() throws InterruptedException {
        Outbox outbox = opened.poll(30, TimeUnit.SECONDS);
        assertThat(outbox).isNotNull();
        return outbox;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void restart(Transport transport) {
        restart(SETTINGS, transport);
    }

    private void restart(ServerSettings settings, Transport transport) {
        server.close();
        server = HttpServerTest.start(settings, this::answer, transport);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void framesArriveInTheirOrderHoweverLarge(Transport transport) throws Exception {
        restart(transport);
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        try (var client = new RawClient(server.address())) {
            client.get("/stream");
            var outbox = outbox();
            var expected = new ByteArrayOutputStream();
            expected.writeBytes(bytes("first."));
            var sender = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    var frame = new byte[i % 500 == 499 ? 300_000 : random.nextInt(1_500)];
                    random.nextBytes(frame);
                    expected.writeBytes(frame);
                    while (!outbox.offer(frame)) {
                        LockSupport.parkNanos(100_000);
                    }
                }
                outbox.close();
            });
            var answer = client.answer();
            sender.join();
            assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.body()).isEqualTo(expected.toByteArray());
            assertThat(client.isClosedByServer()).isTrue();
            client.halfClose();
            eventually("closed", () -> closed.get() == 1);
            assertThat(outbox.offer(bytes("late"))).isFalse();
            eventually(
                    "gone",
                    () -> server.stats().connectionsOpen() == 0
                            && server.stats().streamsOpen() == 0);
        }
    }

    @Test
    void aFrameIsSentAtOnceAndIsAChunkHoweverLargeAndHoweverManyWait() throws Exception {
        try (var client = new RawClient(server.address())) {
            assertThat(client.get("/stream").head().status()).isEqualTo(200);
            assertThat(client.chunk()).isEqualTo(bytes("first."));
            var outbox = outbox();
            assertThat(outbox.offer(bytes("second."))).isTrue();
            assertThat(client.chunk()).isEqualTo(bytes("second."));
            var frames = List.of("x".repeat(200_000), "third.", "fourth.", "y".repeat(60_000), "fifth.");
            frames.forEach(frame -> assertThat(outbox.offer(bytes(frame))).isTrue());
            for (var frame : frames) {
                assertThat(client.chunk()).isEqualTo(bytes(frame));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aReaderThatNeverReadsFillsTheOutboxSoonAndIsCutAtTheEnd(Transport transport) throws Exception {
        restart(SETTINGS.with(HttpServerTest.impatientFor("end")), transport);
        try (var client = new RawClient(server.address(), 4 << 10)) {
            client.get("/small");
            var outbox = outbox();
            var frame = new byte[4 << 10];
            long taken = 0;
            Deadline stuck = Deadline.after(Duration.ofMillis(400));
            while (!stuck.hasPassed()) {
                if (outbox.offer(frame)) {
                    taken += frame.length;
                    stuck = Deadline.after(Duration.ofMillis(400));
                } else {
                    LockSupport.parkNanos(1_000_000);
                }
            }
            assertThat(outbox.queuedBytes()).isLessThanOrEqualTo(SMALL.bytesMax());
            assertThat(taken - outbox.queuedBytes())
                    .as("bytes that both kernels and the channel took")
                    .isLessThan(transport == Transport.EPOLL ? 600 << 10 : 1200 << 10);
            assertThat(server.stats().streamsFull()).isEqualTo(1);

            outbox.end(bytes("too slow"));
            assertThat(outbox.isOpen()).isFalse();
            eventually("cut", () -> closed.get() == 1);
            assertThat(outbox.queuedBytes()).isZero();
            eventually("connection gone", () -> server.stats().connectionsOpen() == 0);
            assertThat(server.stats().streamsCut()).isEqualTo(1);
        }
    }

    @Test
    void anEndDropsWhatWaitsButNeverCutsAFrameInTwo() throws Exception {
        try (var client = new RawClient(server.address(), 16 << 10)) {
            client.get("/stream");
            var outbox = outbox();
            var large = bytes("<" + "x".repeat(600_000) + ">");
            assertThat(outbox.offer(large)).isTrue();
            eventually("half of it is on its way", () -> outbox.queuedBytes() < large.length);
            assertThat(outbox.offer(bytes("dropped"))).isTrue();
            outbox.end(bytes("the end"));
            outbox.end(bytes("ignored"));
            var answer = client.answer();
            assertThat(answer.text()).isEqualTo("first." + new String(large, StandardCharsets.UTF_8) + "the end");
            eventually("closed once", () -> closed.get() == 1);
            assertThat(server.stats().streamsCut()).isZero();
        }
    }

    @Test
    void aFrameAboveTheBoundIsTakenByAnEmptyOutboxOnly() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.get("/small").head();
            client.chunk();
            var outbox = outbox();
            assertThat(outbox.offer(new byte[3 << 20])).isTrue();
            assertThat(outbox.offer(new byte[300 << 10])).isFalse();
            int read = 0;
            while (read < 3 << 20) {
                read += client.chunk().length;
            }
            assertThat(read).isEqualTo(3 << 20);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aReaderThatGoesAwayIsNoticedWithoutAWrite(Transport transport) throws Exception {
        restart(transport);
        for (int i = 0; i < 3; i++) {
            try (var client = new RawClient(server.address())) {
                client.get("/stream").head();
                client.chunk();
                if (i == 1) {
                    client.halfClose();
                } else if (i == 2) {
                    client.reset();
                }
            }
            int expected = i + 1;
            eventually("noticed", () -> closed.get() == expected);
            var late = new AtomicInteger();
            outbox().onClosed(late::incrementAndGet);
            assertThat(late.get()).isEqualTo(1);
        }
        assertThat(server.stats().streamsOpen()).isZero();
    }

    @Test
    void aHeadRequestGetsTheHeadAndNoStream() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.send("HEAD /stream HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.answer(true).header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(opened).isEmpty();
        }
    }

    @Test
    void aStreamToAnOldClientEndsWithItsConnection() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.send("GET /stream HTTP/1.0\r\n\r\n");
            outbox().end(bytes("last."));
            var answer = client.answer();
            assertThat(answer.header("Transfer-Encoding")).isEmpty();
            assertThat(answer.text()).endsWith("last.");
        }
    }

    @Test
    void aStreamThatCannotBeOpenedIsCut() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.get("/broken");
            eventually(
                    "gone",
                    () -> server.stats().callsFailed() == 1 && server.stats().connectionsOpen() == 0);
            assertThat(server.stats().streamsOpen()).isZero();
        }
    }

    @Test
    void aClosingServerEndsItsStreams() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.get("/stream").head();
            client.chunk();
            server.close(Duration.ofSeconds(30));
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(closed.get()).isEqualTo(1);
        }
    }

    @Test
    void aThousandStreamsAllGetEveryFrame() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        List<Outbox> outboxes = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                clients.add(new RawClient(server.address()).get("/stream"));
                outboxes.add(outbox());
            }
            var frame = new byte[1_024];
            for (int round = 0; round < 3; round++) {
                outboxes.forEach(outbox -> assertThat(outbox.offer(frame)).isTrue());
            }
            outboxes.forEach(outbox -> outbox.end(bytes("end")));
            for (RawClient client : clients) {
                assertThat(client.answer().text()).endsWith("end");
            }
            eventually("all closed", () -> closed.get() == 1_000);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        assertThat(server.stats().streamsStarted()).isEqualTo(1_000);
        eventually("all gone", () -> server.stats().streamsOpen() == 0);
    }
}
