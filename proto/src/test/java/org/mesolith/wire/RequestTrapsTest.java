package org.mesolith.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before any handler sees it. In the tables {@code ~} is CR LF, {@code ^} a tab, {@code _} a space,
 * {@code ¬} LF, {@code ¤} CR. */
final class RequestTrapsTest {
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();
    private static final HttpServer SERVER = HttpServerTest.start(
            HttpServerTest.SETTINGS.with(new ServerSettings.Limits(
                    1_000, 100, 1 << 16, 1 << 24, path -> path.equals("/small") ? 10 : 1_000)),
            request -> {
                SEEN.add(request.method() + " " + request.path());
                return HttpAnswer.text(200, "ok");
            },
            Transport.best());

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @BeforeEach
    void fresh() {
        SEEN.clear();
    }

    private static String bytes(String row) {
        return row.replace("{chunked}", "{post}{coding}")
                .replace("{post}", "POST / HTTP/1.1~Host: h~")
                .replace("{small}", "POST /small HTTP/1.1~Host: h~{coding}")
                .replace("{coding}", "Transfer-Encoding: chunked~~")
                .replace("~", "\r\n")
                .replace('^', '\t')
                .replace('_', ' ')
                .replace('¬', '\n')
                .replace('¤', '\r');
    }

    private static void assertRefused(String request, int status) throws Exception {
        try (var client = new RawClient(SERVER.address())) {
            var answer = client.send(request).answer();
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.text()).isNotBlank();
            client.halfClose();
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(SEEN).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "no request line                | 400 | ~~~",
                "a word only                    | 400 | GET~Host: h~~",
                "no version                     | 400 | GET /~Host: h~~",
                "two spaces                     | 400 | GET  / HTTP/1.1~Host: h~~",
                "space at the end               | 400 | GET / HTTP/1.1_~Host: h~~",
                "tab for a space                | 400 | GET^/ HTTP/1.1~Host: h~~",
                "method not a token             | 400 | G@T / HTTP/1.1~Host: h~~",
                "unknown method                 | 501 | BREW / HTTP/1.1~Host: h~~",
                "method in small letters        | 501 | get / HTTP/1.1~Host: h~~",
                "CONNECT                        | 501 | CONNECT h:80 HTTP/1.1~Host: h~~",
                "HTTP/3.7                       | 505 | GET / HTTP/3.7~Host: h~~",
                "HTTP/2 preface                 | 505 | PRI * HTTP/2.0~~SM~~",
                "version in small letters       | 400 | GET / http/1.1~Host: h~~",
                "TLS hello                      | 400 | \u0016\u0003\u0001\u0002~~",
                "star                           | 400 | OPTIONS * HTTP/1.1~Host: h~~",
                "relative target                | 400 | GET hello HTTP/1.1~Host: h~~",
                "ftp target                     | 400 | GET ftp://h/ HTTP/1.1~Host: h~~",
                "absolute target without host   | 400 | GET http:///x HTTP/1.1~Host: h~~",
                "fragment                       | 400 | GET /a#b HTTP/1.1~Host: h~~",
                "raw byte above ASCII           | 400 | GET /\u00e4 HTTP/1.1~Host: h~~",
                "half an escape                 | 400 | GET /%4 HTTP/1.1~Host: h~~",
                "escape that is none            | 400 | GET /%4g HTTP/1.1~Host: h~~",
                "escaped NUL                    | 400 | GET /%00 HTTP/1.1~Host: h~~",
                "escaped NUL in the query       | 400 | GET /?a=%00 HTTP/1.1~Host: h~~",
                "escaped line feed              | 400 | GET /%0a HTTP/1.1~Host: h~~",
                "escape that is not UTF-8       | 400 | GET /%ff HTTP/1.1~Host: h~~",
                "overlong UTF-8                 | 400 | GET /%c0%af HTTP/1.1~Host: h~~",
                "no Host                        | 400 | GET / HTTP/1.1~~",
                "two Hosts                      | 400 | GET / HTTP/1.1~Host: h~Host: h~~",
                "Host that is none              | 400 | GET / HTTP/1.1~Host: a/b~~",
                "two Hosts in HTTP/1.0          | 400 | GET / HTTP/1.0~Host: h~Host: g~~",
                "folded header                  | 400 | GET / HTTP/1.1~Host: h~X: a~_b~~",
                "folded header by tab           | 400 | GET / HTTP/1.1~Host: h~X: a~^b~~",
                "folded first header            | 400 | GET / HTTP/1.1~_Host: h~~",
                "space before the colon         | 400 | GET / HTTP/1.1~Host : h~~",
                "header without colon           | 400 | GET / HTTP/1.1~Host: h~nonsense~~",
                "header without name            | 400 | GET / HTTP/1.1~Host: h~: x~~",
                "NUL in a header                | 400 | GET / HTTP/1.1~Host: h~X: a\u0000b~~",
                "CR in a header                 | 400 | GET / HTTP/1.1~Host: h~X: a¤b~~",
                "bare LF after the line         | 400 | GET / HTTP/1.1¬Host: h~~",
                "bare LF after a header         | 400 | GET / HTTP/1.1~Host: h¬~",
                "length and chunked             | 400 | {post}Content-Length: 3~Transfer-Encoding: chunked~~",
                "two lengths                    | 400 | {post}Content-Length: 3~Content-Length: 3~~",
                "list of lengths                | 400 | {post}Content-Length: 3, 3~~",
                "length +4                      | 400 | {post}Content-Length: +4~~",
                "length -1                      | 400 | {post}Content-Length: -1~~",
                "empty length                   | 400 | {post}Content-Length:~~",
                "length beyond numbers          | 400 | {post}Content-Length: 99999999999999999999~~",
                "chunked not last               | 400 | {post}Transfer-Encoding: chunked, gzip~~",
                "chunked twice                  | 400 | {post}Transfer-Encoding: chunked, chunked~~",
                "chunked in two headers         | 400 | {post}Transfer-Encoding: chunked~Transfer-Encoding: chunked~~",
                "gzip then chunked              | 501 | {post}Transfer-Encoding: gzip, chunked~~",
                "identity coding                | 400 | {post}Transfer-Encoding: identity~~",
                "empty coding                   | 400 | {post}Transfer-Encoding:~~",
                "chunked in HTTP/1.0            | 400 | POST / HTTP/1.0~Transfer-Encoding: chunked~~",
                "gzipped body                   | 415 | {post}Content-Encoding: gzip~Content-Length: 3~~",
                "another expectation            | 417 | {post}Expect: coffee~Content-Length: 3~~",
                "chunk size 0x3                 | 400 | {chunked}0x3~",
                "chunk size missing             | 400 | {chunked}~",
                "chunk size -1                  | 400 | {chunked}-1~",
                "chunk size with a space        | 400 | {chunked}3_~abc~0~~",
                "chunk size with bare LF        | 400 | {chunked}3¬abc~0~~",
                "chunk extension                | 400 | {chunked}3;a=b~abc~0~~",
                "long chunk extension           | 400 | {chunked}3;aaaaaaaaaaaaa=b~abc~0~~",
                "junk after a chunk             | 400 | {chunked}3~abcX~0~~",
                "folded trailer                 | 400 | {chunked}0~_x: y~~",
                "trailer without colon          | 400 | {chunked}0~xy~~",
                "length over the limit          | 413 | {post}Content-Length: 1001~~",
                "over the limit of the path     | 413 | POST /sm%61ll HTTP/1.1~Host: h~Content-Length: 11~~",
                "over the limit, asking first   | 413 | {post}Content-Length: 1001~Expect: 100-continue~~",
                "chunks over the limit          | 413 | {small}6~abcdef~5~",
                "a chunk beyond numbers         | 413 | {small}ffffffff~",
            })
    void isRefusedAndTheConnectionIsClosed(String what, int status, String request) throws Exception {
        assertRefused(bytes(request), status);
    }

    @Test
    void whatIsTooLongIsRefused() throws Exception {
        assertRefused("GET /" + "a".repeat(RequestReader.LINE_BYTES_MAX) + " HTTP/1.1\r\nHost: h\r\n\r\n", 414);
        assertRefused("GET /" + "a".repeat(RequestReader.LINE_BYTES_MAX), 414);
        String head = "GET / HTTP/1.1\r\nHost: h\r\n";
        assertRefused(head + "X: " + "a".repeat(RequestReader.HEAD_BYTES_MAX), 431);
        assertRefused(head + ("X: " + "a".repeat(1_000) + "\r\n").repeat(25), 431);
        assertRefused(head + "a:b\r\n".repeat(RequestReader.FIELDS_MAX), 431);
        assertRefused("GET /?" + "a&".repeat(1_001) + " HTTP/1.1\r\nHost: h\r\n\r\n", 400);
        String chunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
        assertRefused(chunked + "x: yyyyyyyy\r\n".repeat(400), 431);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "an empty line first   | ~GET / HTTP/1.1~Host: h~~",
                "a header with a tab   | GET / HTTP/1.1~Host:^h^~X: a^b~~",
                "a header of bytes     | GET / HTTP/1.1~Host: h~X: \u00e4\u00ff~~",
                "an empty header       | GET / HTTP/1.1~Host: h~X:~~",
                "an empty Host         | GET / HTTP/1.1~Host:~~",
                "IPv6 Host             | GET / HTTP/1.1~Host: [::1]:5050~~",
                "no Host in HTTP/1.0   | GET / HTTP/1.0~~",
                "mesos' old agent name | GET /slave(1)/state?jsonp=x&& HTTP/1.1~Host: h~~",
                "length 0              | POST / HTTP/1.1~Host: h~Content-Length: 000~~",
                "a body on GET         | GET / HTTP/1.1~Host: h~Content-Length: 2~~ab",
                "identity body         | POST / HTTP/1.1~Host: h~Content-Encoding: Identity~Content-Length: 1~~a",
                "expectation, no body  | GET / HTTP/1.1~Host: h~Expect: 100-continue~~",
            })
    void isAcceptedAllTheSame(String what, String request) throws Exception {
        try (var client = new RawClient(SERVER.address())) {
            assertThat(client.send(bytes(request)).answer().status()).isEqualTo(200);
            assertThat(SEEN).hasSize(1);
        }
    }

    @Test
    void aClientThatIsStillSendingCanReadWhyItWasRefused() throws Exception {
        try (var client = new RawClient(SERVER.address())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            var chunk = new byte[64 << 10];
            for (int i = 0; i < 64; i++) {
                client.send("10000\r\n").send(chunk).send("\r\n");
            }
            assertThat(client.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void aRequestThatEndsEarlyIsDropped() throws Exception {
        try (var client = new RawClient(SERVER.address())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")
                    .halfClose();
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(SEEN).isEmpty();
        }
    }
}
