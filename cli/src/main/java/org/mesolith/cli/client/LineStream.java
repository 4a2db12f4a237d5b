package org.mesolith.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The body of an answer that is one JSON document a line. One thread. */
public final class LineStream {
    private static final int LINE_BYTES_MAX = 1 << 20;

    private final InputStream body;
    private final String who;

    /** @param who sends it, for messages */
    public LineStream(HttpReply reply, String who) {
        this.body = reply.body();
        this.who = who;
    }

    /** The next document; {@link java.io.EOFException} when the answer breaks off or is over. */
    public JsonObject next() throws IOException {
        var line = Lines.read(body, LINE_BYTES_MAX, who, StandardCharsets.UTF_8);
        return Json.readObject(line.getBytes(StandardCharsets.UTF_8));
    }
}
