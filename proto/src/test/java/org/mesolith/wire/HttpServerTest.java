package org.mesolith.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mesolith.wire.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client sees of the server, over real sockets. */
final class HttpServerTest {
    static final ServerSettings SETTINGS =
            ServerSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private static final String BIG = "a line of text that is worth compressing\n".repeat(100);

    private final Map<String, CountDownLatch> latches = new ConcurrentHashMap<>();
    private HttpServer server = HttpServerTest.start(SETTINGS, this::answer, Transport.best());

    static HttpServer start(ServerSettings settings, HttpHandler handler, Transport transport) {
        try {
            return HttpServer.start(settings, handler, transport);
        } catch (IOException cannotBind) {
            throw new UncheckedIOException(cannotBind);
        }
    }

    @BeforeEach
    void fresh() {
        latches.clear();
    }

    @AfterEach
    void close() {
        latches.values().forEach(CountDownLatch::countDown);
        server.close();
    }

    private void restart(ServerSettings settings) {
        server.close();
        server = start(settings, this::answer, Transport.best());
    }

    /** All deadlines long but one, so that a slow machine meets no other than the one that is tested. */
    static ServerSettings.Deadlines impatientFor(String what) {
        Function<String, Duration> time = name -> name.equals(what) ? Duration.ofMillis(250) : Duration.ofSeconds(30);
        return new ServerSettings.Deadlines(
                time.apply("head"),
                time.apply("body"),
                time.apply("call"),
                Duration.ofMillis(50),
                time.apply("idle"),
                time.apply("write"),
                time.apply("end"));
    }

    private CountDownLatch latch(String name) {
        return latches.computeIfAbsent(name, any -> new CountDownLatch(1));
    }

    private HttpAnswer answer(HttpRequest request) throws InterruptedException {
        return switch (request.path()) {
            case "/hello" ->
                HttpAnswer.text(200, "hello " + request.query().first("name").orElse("you"));
            case "/echo" -> HttpAnswer.of(200, "application/octet-stream", request.body());
            case "/big" -> HttpAnswer.text(200, BIG);
            case "/huge" -> HttpAnswer.of(200, "text/plain", Body.of(new byte[20 << 20]));
            case "/empty" -> HttpAnswer.empty(202);
            case "/broken" -> throw new IllegalStateException("broken on purpose");
            case "/wrong" -> HttpAnswer.empty(200).with("Content-Length", "7");
            case "/wait" -> {
                latch("entered").countDown();
                latch("go").await();
                yield HttpAnswer.text(200, "waited");
            }
            default -> HttpAnswer.text(404, request.path());
        };
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aConnectionServesOneRequestAfterTheOther(Transport transport) throws Exception {
        try (var other = start(SETTINGS, this::answer, transport);
                var client = new RawClient(other.address())) {
            assertThat(client.get("/hello?name=a%20b+c").answer().text()).isEqualTo("hello a b c");
            assertThat(client.get("/none%C3%A4").answer().text()).isEqualTo("/noneä");
            var answer = client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nxyz")
                    .answer();
            assertThat(answer.text()).isEqualTo("xyz");
            assertThat(answer.header("content-LENGTH")).isEqualTo("3");
            assertThat(answer.header("Date")).endsWith(" GMT");
            assertThat(client.get("/empty").answer().header("Content-Length")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void anAnswerLargerThanTheSocketTakesArrivesWhole(Transport transport) throws Exception {
        try (var other = start(SETTINGS, this::answer, transport);
                var client = new RawClient(other.address())) {
            assertThat(client.get("/huge").answer().body()).hasSize(20 << 20);
            assertThat(client.get("/hello").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\nHEAD /big HTTP/1.1\r\nHost: h\r\n\r\n");
            client.get("/hello").get("/empty");
            assertThat(latch("entered").await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.stats().callsUnderWay()).isEqualTo(1);
            latch("go").countDown();
            assertThat(client.answer().text()).isEqualTo("waited");
            assertThat(client.answer(true).header("Content-Length")).isEqualTo(Integer.toString(BIG.length()));
            assertThat(client.answer().text()).isEqualTo("hello you");
            assertThat(client.answer().status()).isEqualTo(202);
        }
    }

    @Test
    void thousandsOfPipelinedRequestsBeyondTheBoundWaitInTheSocket() throws Exception {
        try (var client = new RawClient(server.address())) {
            var sender = Thread.ofVirtual().start(() -> {
                try {
                    client.send("GET /empty HTTP/1.1\r\nHost: h\r\n\r\n".repeat(4_000));
                } catch (IOException cut) {
                    throw new UncheckedIOException(cut);
                }
            });
            for (int i = 0; i < 4_000; i++) {
                assertThat(client.answer().status()).isEqualTo(202);
            }
            sender.join();
        }
    }

    @Test
    void aClientThatClosesItsHalfStillGetsItsAnswer() throws Exception {
        for (Transport transport : Transport.values()) {
            try (var other = start(SETTINGS, this::answer, transport);
                    var client = new RawClient(other.address())) {
                client.get("/hello").get("/big").halfClose();
                assertThat(client.answer().text()).isEqualTo("hello you");
                assertThat(client.answer().text()).isEqualTo(BIG);
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void aCallKnowsWhetherItsClientHasLeft() throws Exception {
        for (Transport transport : Transport.values()) {
            var calls = new ArrayBlockingQueue<HttpRequest>(2);
            var go = new CountDownLatch(1);
            HttpHandler waits = request -> {
                calls.add(request);
                go.await();
                return HttpAnswer.text(200, "");
            };
            try (var other = start(SETTINGS, waits, transport);
                    var leaves = new RawClient(other.address());
                    var stays = new RawClient(other.address())) {
                leaves.get("/");
                var first = calls.take();
                stays.get("/");
                var second = calls.take();
                assertThat(first.callerLeft().getAsBoolean()).isFalse();
                leaves.halfClose();
                eventually("left", () -> first.callerLeft().getAsBoolean());
                assertThat(second.callerLeft().getAsBoolean()).isFalse();
                stays.reset();
                eventually("gone", () -> second.callerLeft().getAsBoolean());
                go.countDown();
            }
        }
    }

    @Test
    void aClientThatGoesAwayDuringItsCallIsForgotten() throws Exception {
        for (Transport transport : Transport.values()) {
            latches.clear();
            try (var other = start(SETTINGS, this::answer, transport)) {
                try (var client = new RawClient(other.address())) {
                    client.get("/wait");
                    assertThat(latch("entered").await(30, TimeUnit.SECONDS)).isTrue();
                    client.reset();
                }
                eventually("connection gone", () -> other.stats().connectionsOpen() == 0);
                assertThat(other.stats().callsUnderWay()).isEqualTo(1);
                latch("go").countDown();
                eventually("call ended", () -> other.stats().callsUnderWay() == 0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 |                         | stays  |",
                "HTTP/1.1 | Connection: close       | closes | close",
                "HTTP/1.1 | connection: foo, CLOSE  | closes | close",
                "HTTP/1.0 |                         | closes | close",
                "HTTP/1.0 | Connection: keep-alive  | stays  | keep-alive",
            })
    void theConnectionStaysAsLongAsTheClientWants(String version, String header, String then, String told)
            throws Exception {
        try (var client = new RawClient(server.address())) {
            String line = header == null ? "" : header + "\r\n";
            client.send("GET /hello " + version + "\r\nHost: h\r\n" + line + "\r\n");
            assertThat(client.answer().header("Connection")).isEqualTo(told == null ? "" : told);
            if (then.equals("closes")) {
                assertThat(client.isClosedByServer()).isTrue();
            } else {
                assertThat(client.get("/hello").answer().status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip                   | gzip",
                "deflate, GZIP;q=0.5    | gzip",
                "x-gzip                 | gzip",
                "*                      | gzip",
                "gzip;q=0, *            |",
                "gzip; q=0.000          |",
                "*;q=0                  |",
                "identity               |",
                "deflate, br            |",
                "gzip;q=nonsense        |",
            })
    void anAnswerIsCompressedOnlyWhereTheClientAcceptsGzip(String accepted, String coding) throws Exception {
        try (var client = new RawClient(server.address())) {
            client.send("GET /big HTTP/1.1\r\nHost: h\r\nAccept-Encoding: " + accepted + "\r\n\r\n");
            var answer = client.answer();
            assertThat(answer.header("Content-Encoding")).isEqualTo(coding == null ? "" : coding);
            assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
            assertThat(coding == null ? answer.text() : answer.unzipped()).isEqualTo(BIG);
        }
    }

    @Test
    void aSmallAnswerIsNotCompressed() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.send("GET /hello HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("hello you");
        }
    }

    @Test
    void anAbsoluteTargetIsRoutedByItsPath() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.send("GET http://other:5050/hello?name=x HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("hello x");
            client.send("GET HTTP://other:5050 HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("/");
        }
    }

    @Test
    void aClientThatWaitsFor100IsToldToGoOn() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-Continue\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(100);
            assertThat(client.send("abc").answer().text()).isEqualTo("abc");
        }
    }

    @Test
    void aChunkedBodyWithTrailersIsPutTogether() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.send("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n");
            client.send("3\r\nabc\r\n0a\r\n0123456789\r\n0\r\nDigest: x\r\n\r\n")
                    .get("/hello");
            assertThat(client.answer().text()).isEqualTo("abc0123456789");
            assertThat(client.answer().text()).isEqualTo("hello you");
        }
    }

    @ParameterizedTest
    @CsvSource({"/broken", "/wrong"})
    void aHandlerThatFailsIsA500AndTheConnectionGoesOn(String path) throws Exception {
        try (var client = new RawClient(server.address())) {
            assertThat(client.get(path).answer().status()).isEqualTo(500);
            assertThat(client.get("/hello").answer().status()).isEqualTo(200);
            assertThat(server.stats().callsFailed()).isEqualTo(1);
        }
    }

    @Test
    void aHandlerBeyondItsDeadlineIsInterruptedAndTheCallerGets504() throws Exception {
        restart(SETTINGS.with(impatientFor("call")));
        try (var client = new RawClient(server.address())) {
            var answer = client.get("/wait").answer();
            assertThat(answer.status()).isEqualTo(504);
            assertThat(client.isClosedByServer()).isTrue();
            eventually("handler interrupted", () -> server.stats().callsUnderWay() == 0);
            assertThat(server.stats().callsLate()).isEqualTo(1);
        }
    }

    @Test
    void oneCallTooManyGets503AndTheConnectionGoesOn() throws Exception {
        var limits = new ServerSettings.Limits(100, 1, 1 << 16, 1 << 20, path -> 1 << 16);
        restart(SETTINGS.with(limits));
        try (var first = new RawClient(server.address());
                var second = new RawClient(server.address())) {
            first.get("/wait");
            assertThat(latch("entered").await(30, TimeUnit.SECONDS)).isTrue();
            var refused = second.get("/hello").answer();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            latch("go").countDown();
            assertThat(first.answer().text()).isEqualTo("waited");
            eventually("room again", () -> server.stats().callsUnderWay() == 0);
            assertThat(second.get("/hello").answer().status()).isEqualTo(200);
            assertThat(server.stats().callsRefused()).isEqualTo(1);
        }
    }

    @Test
    void bodiesBeyondTheCommonBudgetGet503() throws Exception {
        var limits = new ServerSettings.Limits(100, 10, 1 << 16, 1 << 17, path -> 1 << 20);
        restart(SETTINGS.with(limits));
        try (var client = new RawClient(server.address());
                var later = new RawClient(server.address())) {
            client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 200000\r\n\r\n");
            client.send(new byte[150_000]);
            assertThat(client.answer().status()).isEqualTo(503);
            eventually("budget given back", () -> server.budget().held() == 0);
            later.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n");
            assertThat(later.send(new byte[100_000]).answer().body()).hasSize(100_000);
            eventually("budget given back", () -> server.budget().held() == 0);
        }
    }

    @Test
    void oneConnectionTooManyIsClosedAtOnce() throws Exception {
        var limits = new ServerSettings.Limits(1, 10, 1 << 16, 1 << 20, path -> 1 << 16);
        restart(SETTINGS.with(limits));
        try (var first = new RawClient(server.address())) {
            assertThat(first.get("/hello").answer().status()).isEqualTo(200);
            try (var second = new RawClient(server.address())) {
                assertThat(second.isClosedByServer()).isTrue();
            }
            assertThat(first.get("/hello").answer().status()).isEqualTo(200);
            assertThat(server.stats().connectionsRefused()).isEqualTo(1);
        }
        eventually("room again", () -> server.stats().connectionsOpen() == 0);
        try (var third = new RawClient(server.address())) {
            assertThat(third.get("/hello").answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "head, GET /hello HTTP/1.1~Host: h~X: ",
        "body, POST /echo HTTP/1.1~Host: h~Content-Length: 1000~~ab",
        "body, POST /echo HTTP/1.1~Host: h~Transfer-Encoding: chunked~~400~ab",
    })
    void aClientThatDripsIsCutAtAnAbsoluteDeadline(String what, String begin) throws Exception {
        restart(SETTINGS.with(impatientFor(what)));
        try (var client = new RawClient(server.address())) {
            client.send(begin.replace("~", "\r\n"));
            var dripping = Thread.ofVirtual().start(() -> drip(client));
            assertThat(client.answer().status()).isEqualTo(408);
            dripping.interrupt();
            dripping.join();
        }
    }

    private static void drip(RawClient client) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                client.send("x");
                LockSupport.parkNanos(30_000_000);
            }
        } catch (IOException cut) {
            // What is waited for: the server does not listen for ever.
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        restart(SETTINGS.with(impatientFor("idle")));
        try (var client = new RawClient(server.address())) {
            assertThat(client.get("/hello").answer().status()).isEqualTo(200);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aClientThatDoesNotTakeItsAnswerIsCut() throws Exception {
        restart(SETTINGS.with(impatientFor("write")));
        try (var client = new RawClient(server.address(), 4 << 10)) {
            client.get("/huge");
            eventually(
                    "cut",
                    () -> server.stats().callsStarted() == 1 && server.stats().connectionsOpen() == 0);
        }
    }

    @Test
    void aClosingServerLetsCallsFinishAndTakesNoMore() throws Exception {
        try (var busy = new RawClient(server.address());
                var idle = new RawClient(server.address())) {
            idle.get("/hello").answer();
            busy.get("/wait").get("/hello");
            assertThat(latch("entered").await(30, TimeUnit.SECONDS)).isTrue();
            var closing = Thread.ofVirtual().start(() -> server.close(Duration.ofSeconds(30)));
            assertThat(idle.isClosedByServer()).isTrue();
            latch("go").countDown();
            var answer = busy.answer();
            assertThat(answer.text()).isEqualTo("waited");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(busy.isClosedByServer()).isTrue();
            busy.halfClose();
            closing.join();
            assertThatThrownBy(() -> new RawClient(server.address()).close()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aClosingServerInterruptsCallsThatOutstayTheGrace() throws Exception {
        try (var client = new RawClient(server.address())) {
            client.get("/wait");
            assertThat(latch("entered").await(30, TimeUnit.SECONDS)).isTrue();
            server.close(Duration.ofMillis(50));
            assertThat(client.answer().status()).isEqualTo(503);
            eventually("handler interrupted", () -> server.stats().callsUnderWay() == 0);
        }
    }

    @Test
    void anAddressInUseIsRefusedByName() {
        assertThatThrownBy(() -> HttpServer.start(ServerSettings.at(server.address()), this::answer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Integer.toString(server.address().getPort()));
    }
}
