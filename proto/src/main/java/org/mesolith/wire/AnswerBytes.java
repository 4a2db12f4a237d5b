package org.mesolith.wire;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Writes heads of answers. */
final class AnswerBytes {
    /** What only the server may set: a handler's idea of them would break the framing. */
    private static final List<String> OURS = List.of("Date", "Content-Length", "Transfer-Encoding", "Connection");

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    /** {@code 100 Continue}, whole. */
    static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private record Date(long second, String text) {}

    private static final class Clock {
        private volatile Date date = new Date(0, "");

        String text() {
            long second = Instant.now().getEpochSecond();
            Date known = date;
            if (known.second() != second) {
                known = new Date(
                        second, HTTP_DATE.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)));
                date = known;
            }
            return known.text();
        }
    }

    private static final Clock CLOCK = new Clock();

    private AnswerBytes() {}

    /**
     * Checks what a handler wants to send.
     *
     * @throws IllegalArgumentException if it sets a field that is the server's
     */
    static void check(Headers headers) {
        for (String name : OURS) {
            if (headers.contains(name)) {
                throw new IllegalArgumentException("header " + name + " is set by the server, not by a handler");
            }
        }
    }

    /** Status line, the server's own fields, then these; with the empty line at the end. */
    static byte[] head(int status, Headers own, Headers given) {
        var text = new StringBuilder(256);
        text.append("HTTP/1.1 ").append(status).append(' ');
        text.append(HttpResponseStatus.valueOf(status).reasonPhrase()).append("\r\n");
        append(text, "Date", CLOCK.text());
        own.fields().forEach(field -> append(text, field.name(), field.value()));
        given.fields().forEach(field -> append(text, field.name(), field.value()));
        text.append("\r\n");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }
}
