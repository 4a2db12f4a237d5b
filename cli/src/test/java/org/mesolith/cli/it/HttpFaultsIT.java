package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** Clients that send nonsense, stop in the middle, or do not read. After each of them the master serves the others. */
final class HttpFaultsIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int SMALL_WINDOW = 4096;
    private static final String SCHEDULER = HandFramework.PATH;
    private static final String OPERATOR = "/api/v1";

    @TempDir
    private static Path directory;

    private static ClusterProcess cluster;
    private static Member master;
    private static HandFramework witness;

    @BeforeAll
    static void start() {
        cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(1, 0));
        cluster.start();
        master = cluster.awaitLeader(LONG);
        witness = HandFramework.subscribe(master.address());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void theOthersAreServed() {
        assertThat(Probe.ask(master.address(), OPERATOR, "{\"type\":\"GET_MASTER\"}", SOON)
                        .status())
                .isEqualTo(200);
        assertThat(witness.isOpen()).isTrue();
        reconcile(witness, "witness-" + System.nanoTime(), 1);
    }

    static Stream<Arguments> badBodies() {
        String json = "application/json";
        return Stream.of(
                Arguments.of("a truncated body", 400, SCHEDULER, json, bytes("{\"type\":\"SUBSCRIBE\",\"subsc")),
                Arguments.of("an empty body", 400, OPERATOR, json, bytes("")),
                Arguments.of("a deeply nested body", 400, OPERATOR, json, bytes("[".repeat(200_000))),
                Arguments.of("a deeply nested field", 400, SCHEDULER, json, bytes(nested(5_000))),
                Arguments.of(
                        "bytes that are no UTF-8",
                        400,
                        OPERATOR,
                        json,
                        "{\"type\":\"GET_\u00c3(\"}".getBytes(StandardCharsets.ISO_8859_1)),
                Arguments.of("a body of another type", 400, OPERATOR, json, bytes("[1, 2]")),
                Arguments.of(
                        "a text where an object should be",
                        400,
                        SCHEDULER,
                        json,
                        bytes("{\"type\":\"DECLINE\",\"framework_id\":{\"value\":\"f\"},\"decline\":\"all\"}")),
                Arguments.of(
                        "a number where a list should be",
                        400,
                        OPERATOR,
                        json,
                        bytes("{\"type\":\"UPDATE_WEIGHTS\",\"update_weights\":{\"weight_infos\":7}}")),
                Arguments.of("an unknown enum value", 400, OPERATOR, json, bytes("{\"type\":\"GET_RICH\"}")),
                Arguments.of("an unknown enum value of a scheduler", 400, SCHEDULER, json, bytes("{\"type\":\"FLY\"}")),
                Arguments.of("bytes that are no protobuf", 400, OPERATOR, "application/x-protobuf", bytes("nonsense")),
                Arguments.of("another content type", 415, OPERATOR, "text/plain", bytes("{\"type\":\"GET_HEALTH\"}")),
                Arguments.of("too many bytes", 413, OPERATOR, json, new byte[(8 << 20) + 1]));
    }

    @ParameterizedTest(name = "{0} is refused with {1}")
    @MethodSource("badBodies")
    void aBadBodyIsRefusedAndSaysWhy(String what, int status, String path, String type, byte[] body)
            throws IOException {
        try (Socket socket = connect(0)) {
            send(socket, head(path, type, body.length), body);
            String answer = answer(socket);
            assertThat(answer).as(what).startsWith("HTTP/1.1 " + status + " ");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4))
                    .as(what)
                    .hasSizeGreaterThan(10);
        }
    }

    @Test
    void aRequestThatEndsInTheMiddleOfItsBodyIsForgotten() throws IOException {
        byte[] body = Json.bytes(weight("half"));
        try (Socket socket = connect(0)) {
            send(
                    socket,
                    head(OPERATOR, "application/json", body.length),
                    java.util.Arrays.copyOf(body, body.length - 5));
            assertThat(answer(socket)).isEmpty();
        }
        assertThat(Probe.ask(master.address(), OPERATOR, "{\"type\":\"GET_WEIGHTS\"}", SOON)
                        .body())
                .doesNotContain("half");
    }

    @Test
    void halfOpenConnectionsAreEndedAtADeadlineAndHoldNobodyUp() throws IOException {
        var silent = new ArrayList<Socket>();
        for (int number = 0; number < 200; number++) {
            Socket socket = connect(0);
            socket.getOutputStream().write(bytes("POST /api/v1 HTTP/1.1\r\nHost: half"));
            silent.add(socket);
        }
        theOthersAreServed();
        for (Socket socket : silent) {
            assertThat(rest(socket)).startsWith("HTTP/1.1 408 ");
            socket.close();
        }
    }

    @Test
    void aSlowReaderGetsAllItsAnswersAndHoldsNobodyUp() throws IOException {
        int calls = 300;
        try (Socket socket = connect(SMALL_WINDOW)) {
            for (int number = 1; number <= calls; number++) {
                String last = number == calls ? "Connection: close\r\n" : "";
                socket.getOutputStream().write(bytes("GET /metrics HTTP/1.1\r\nHost: slow\r\n" + last + "\r\n"));
            }
            for (int turn = 0; turn < 5; turn++) {
                theOthersAreServed();
            }
            assertThat(rest(socket).split("HTTP/1.1 200 OK", -1).length).isEqualTo(calls + 1);
        }
    }

    @Test
    void aSubscriberThatNeverReadsIsEndedAndCostsTheOthersNothing() throws IOException {
        byte[] call = Json.bytes(HandFramework.subscription(""));
        try (Socket socket = connect(SMALL_WINDOW)) {
            send(socket, head(SCHEDULER, "application/json", call.length), call);
            String begin = readUntil(socket, "heartbeat_interval_seconds");
            String id = between(begin, "\"framework_id\":{\"value\":\"", "\"");
            String stream = between(begin, "Mesos-Stream-Id: ", "\r\n");
            Waiting.until("the end of the stream that nobody reads", LONG, () -> {
                int status = HandFramework.post(
                                master.address(),
                                questions(id, "never-read", 4_000),
                                SOON,
                                "Mesos-Stream-Id: " + stream)
                        .status();
                return status == 202 ? "its calls are still taken" : "";
            });
            Waiting.until("its framework to be disconnected", SOON, () -> {
                String frameworks = Probe.ask(master.address(), OPERATOR, "{\"type\":\"GET_FRAMEWORKS\"}", SOON)
                        .body();
                return frameworks.contains("\"connected\":false") ? "" : frameworks;
            });
            assertEnds(socket);
            try (HandFramework again = HandFramework.subscribe(master.address(), id)) {
                reconcile(again, "again", 1);
            }
        }
    }

    /** Closed or reset, as what was still unread allows; but over. */
    private static void assertEnds(Socket socket) throws IOException {
        socket.setSoTimeout((int) SOON.toMillis());
        try {
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        } catch (SocketTimeoutException open) {
            throw new AssertionError("the connection is still open", open);
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void aSubscriberThatReadsGetsManyAnswersAtOnce() {
        reconcile(witness, "many", 6_000); // More than frames fit into a stream at once.
    }

    @Test
    void ofTwoSubscribersWithOneFrameworkIdTheOlderIsEnded() {
        HandFramework older = HandFramework.subscribe(master.address());
        try (HandFramework newer = HandFramework.subscribe(master.address(), older.id())) {
            older.awaitEnd(SOON);
            assertThat(older.events().getLast().text("error.message")).isEqualTo("Framework failed over");
            HandFramework.Answer refused = older.call(JsonObject.of("type", "REVIVE"));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("stream ID");
            reconcile(newer, "newer", 1);
            assertThat(newer.isOpen()).isTrue();
        }
    }

    /** Asks about tasks that nobody knows, and waits for the last answer. */
    private static void reconcile(HandFramework framework, String prefix, int tasks) {
        assertThat(framework.call(questions(framework.id(), prefix, tasks)).status())
                .isEqualTo(202);
        framework.awaitUpdate(prefix + "-" + (tasks - 1), "TASK_UNKNOWN");
    }

    private static JsonObject questions(String framework, String prefix, int tasks) {
        var asked = new ArrayList<JsonObject>();
        for (int number = 0; number < tasks; number++) {
            asked.add(JsonObject.of("task_id", JsonObject.of("value", prefix + "-" + number)));
        }
        return JsonObject.of(
                "framework_id",
                JsonObject.of("value", framework),
                "type",
                "RECONCILE",
                "reconcile",
                JsonObject.of("tasks", asked));
    }

    private static JsonObject weight(String role) {
        return JsonObject.of(
                "type",
                "UPDATE_WEIGHTS",
                "update_weights",
                JsonObject.of("weight_infos", List.of(JsonObject.of("role", role, "weight", 2))));
    }

    private static String nested(int levels) {
        return "{\"type\":\"SUBSCRIBE\",\"subscribe\":" + "{\"framework_info\":".repeat(levels) + "{}"
                + "}".repeat(levels + 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A connection; with a window that is full soon, or 0 for the usual one. */
    private static Socket connect(int window) throws IOException {
        HostPort to = HostPort.parse(master.address());
        var socket = new Socket();
        if (window > 0) {
            socket.setReceiveBufferSize(window);
        }
        socket.setSoTimeout((int) LONG.toMillis());
        socket.connect(new InetSocketAddress(to.host(), to.port()));
        return socket;
    }

    private static byte[] head(String path, String type, int length) {
        return bytes("POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Type: " + type
                + "\r\nAccept: application/json\r\nContent-Length: " + length + "\r\n\r\n");
    }

    private static void send(Socket socket, byte[]... parts) throws IOException {
        for (byte[] part : parts) {
            socket.getOutputStream().write(part);
        }
    }

    /** All that comes after a last request. */
    private static String answer(Socket socket) throws IOException {
        socket.shutdownOutput();
        return rest(socket);
    }

    /** All that comes until the server closes. */
    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the stream ended early: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }
}
