package org.mesolith.cli.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.cli.FakeServer;

final class HttpConnectionTest {

    @Test
    void aChunkedBodyIsTheSameHoweverItIsCut() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var dice = new SplittableRandom(seed);
        var chunks = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        var expected = new StringBuilder();
        for (int count = 0; count < 20; count++) {
            String text = "x".repeat(dice.nextInt(1, 50));
            chunks.append(Integer.toHexString(text.length()))
                    .append(";e=1\r\n")
                    .append(text)
                    .append("\r\n");
            expected.append(text);
        }
        byte[] bytes = chunks.append("0\r\nTrailer: 1\r\n\r\n").toString().getBytes(ISO_8859_1);
        try (var server = new FakeServer((_, out) -> {
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, dice.nextInt(1, 40));
                out.write(bytes, at, length);
                out.flush();
                at += length;
            }
        })) {
            assertThat(bodyOf(server)).as("seed %d", seed).isEqualTo(expected.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.0 200 OK\r\n\r\nabc",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\nContent-Length: 3\n\nabc",
            })
    void everyFormOfAnAnswerIsRead(String answer) throws IOException {
        try (var server = new FakeServer((_, out) -> out.write(answer.getBytes(ISO_8859_1)))) {
            assertThat(bodyOf(server)).isEqualTo("abc");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/1.1 20",
                "",
            })
    void anAnswerThatIsNotWholeIsAnError(String answer) throws IOException {
        try (var server = new FakeServer((_, out) -> out.write(answer.getBytes(ISO_8859_1)))) {
            assertThatThrownBy(() -> bodyOf(server)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aServerThatTricklesIsLeftAtTheDeadlineNotAtTheLastByte() throws IOException {
        try (var server = new FakeServer((_, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(ISO_8859_1));
                    for (int count = 0; count < 10_000; count++) {
                        out.write('x');
                        out.flush();
                        java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
                    }
                });
                var connection = HttpConnection.open(HostPort.parse(server.address()), soon())) {
            assertThatThrownBy(() -> connection.exchange(HttpRequest.get("/"), soon()))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aHeaderCannotCarryALineEnd() {
        assertThatThrownBy(() -> HttpRequest.get("/").with("A: b\r\nC: d"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpRequest.get("/a b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void recordsAreReadAndNonsenseIsNot() throws IOException {
        assertThat(new String(records("3\nabc").next(), ISO_8859_1)).isEqualTo("abc");
        assertThat(records("0\n").next()).isEmpty();
        assertThatThrownBy(() -> records("4\nabc").next()).isInstanceOf(EOFException.class);
        for (String bad : new String[] {"\n", "x\n", "-1\n", "101\n", "99999999999\n", " 1\na"}) {
            assertThatThrownBy(() -> records(bad).next()).as(bad).isInstanceOf(IOException.class);
        }
    }

    private static RecordStream records(String text) {
        return new RecordStream(new ByteArrayInputStream(text.getBytes(ISO_8859_1)), 100);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMillis(300));
    }

    private static String bodyOf(FakeServer server) throws IOException {
        var deadline = Deadline.after(Duration.ofSeconds(10));
        try (var connection = HttpConnection.open(HostPort.parse(server.address()), deadline)) {
            HttpReply reply = connection.exchange(HttpRequest.get("/"), deadline);
            return new String(reply.body().readAllBytes(), ISO_8859_1);
        }
    }
}
