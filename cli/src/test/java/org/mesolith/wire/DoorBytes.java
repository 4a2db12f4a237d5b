package org.mesolith.wire;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The reader of the HTTP door for the fuzzer: it is not public. */
public final class DoorBytes {
    private static final int BODY_BYTES_MAX = 1 << 12;
    private static final int HELD_BYTES_MAX = 1 << 16;

    private DoorBytes() {}

    /**
     * Reads them in pieces of this size.
     *
     * @throws IllegalStateException when memory is still held at the end
     */
    public static void take(int piece, byte[] bytes) {
        var budget = new Gather.Budget(HELD_BYTES_MAX);
        var reader = new RequestReader(_ -> BODY_BYTES_MAX, budget);
        var in = Unpooled.buffer();
        boolean open = true;
        for (int at = 0; at < bytes.length && open; at += piece) {
            in.writeBytes(bytes, at, Math.min(piece, bytes.length - at));
            open = read(reader, in);
        }
        reader.close();
        in.release();
        if (budget.held() != 0) {
            throw new IllegalStateException(budget.held() + " bytes are still held");
        }
    }

    private static boolean read(RequestReader reader, io.netty.buffer.ByteBuf in) {
        while (true) {
            switch (reader.next(in)) {
                case RequestReader.Step.NeedsMore() -> {
                    return true;
                }
                case RequestReader.Step.WantsContinue() -> {}
                case RequestReader.Step.Refused(var status, var text) -> {
                    if (status < 400 || status > 505 || text.isBlank() || status == 500) {
                        throw new IllegalStateException("refused with " + status + " " + text);
                    }
                    return false;
                }
                case RequestReader.Step.Complete(var _, var body) -> {
                    body.finish();
                    body.release();
                }
            }
        }
    }

    /** Requests as clients send them. */
    public static List<byte[]> seeds() {
        return List.of(
                lines("GET / HTTP/1.1", "Host: a", "", "GET /state?x=%20 HTTP/1.0", "", ""),
                lines("POST /api/v1 HTTP/1.1", "Host: a:1", "Content-Length: 5", "", "abcdeGET / HTTP/1.0", "", ""),
                lines(
                        "POST http://a:1/api/v1 HTTP/1.1",
                        "Host: a:1",
                        "Transfer-Encoding: chunked",
                        "Expect: 100-continue",
                        "Connection: close",
                        "",
                        "3",
                        "abc",
                        "0",
                        "A: b",
                        "",
                        ""),
                lines("GET / HTTP/1.1", "Host: [::1]:5050", "Connection: Upgrade", "Upgrade: mesolith-link", "", ""));
    }

    private static byte[] lines(String... lines) {
        return String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }
}
