package org.mesolith.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * The head of an answer, and its body as a stream that ends where the body ends.
 *
 * @param status the status code
 * @param headers by lower-case name; of several with one name the last
 * @param body to be read before the next request on the same connection
 */
public record HttpReply(int status, Map<String, String> headers, InputStream body) {

    private static final int TEXT_BYTES_MAX = 64 * 1024;

    /** The value of a header, or the empty string. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The body as text, cut after 64 KiB; for error texts. */
    public String text() throws IOException {
        return new String(body.readNBytes(TEXT_BYTES_MAX), StandardCharsets.UTF_8).strip();
    }

    /** Reads the rest of the body away, so that the connection can carry another request. */
    public void drain() throws IOException {
        var unused = body.skip(Long.MAX_VALUE);
        while (body.read() >= 0) {
            unused = body.skip(Long.MAX_VALUE);
        }
    }
}
