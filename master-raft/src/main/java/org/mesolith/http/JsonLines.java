package org.mesolith.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.mesolith.wire.Outbox;

/** JSON documents, one a line, gathered into frames for a stream. One thread. */
final class JsonLines {
    static final String CONTENT_TYPE = "application/x-ndjson";

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int FRAME_BYTES = 32 << 10;

    private final Outbox outbox;
    private final Patience patience;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    /** How long a full outbox is waited for. */
    interface Patience {
        /** Waits a moment; false when it is over. */
        boolean waitMore() throws InterruptedException;

        /** Something was taken. */
        void reset();
    }

    JsonLines(Outbox outbox, Patience patience) {
        this.outbox = outbox;
        this.patience = patience;
    }

    static byte[] line(JsonText.Writer writer) {
        var bytes = new ByteArrayOutputStream();
        write(bytes, writer);
        return bytes.toByteArray();
    }

    private static void write(ByteArrayOutputStream bytes, JsonText.Writer writer) {
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            writer.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        bytes.write('\n');
    }

    /** Adds a line; false when the reader is gone or too slow. */
    boolean add(JsonText.Writer writer) throws InterruptedException {
        write(waiting, writer);
        return waiting.size() < FRAME_BYTES || flush();
    }

    /** Hands over what waits; false when the reader is gone or too slow. */
    boolean flush() throws InterruptedException {
        if (waiting.size() == 0) {
            return outbox.isOpen();
        }
        var frame = waiting.toByteArray();
        waiting.reset();
        patience.reset();
        while (!outbox.offer(frame)) {
            if (!outbox.isOpen() || !patience.waitMore()) {
                return false;
            }
        }
        return true;
    }
}
