package org.mesolith.master;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpHandler;
import org.mesolith.wire.HttpRequest;

/**
 * Writes down the calls that this master refuses before they reach the log: one JSON document a line in a file of its
 * own, bounded in size and in lines a second. Any thread.
 */
final class RefusedCalls implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(RefusedCalls.class.getName());
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int TEXT_CHARS_MAX = 500;
    private static final int LINES_PER_SECOND_MAX = 100;

    private final HttpHandler inner;
    private final Path file;
    private final Path former;
    private final long bytesMax;
    private final ReentrantLock lock = new ReentrantLock();

    // ---- with the lock
    private long bytes;
    private long second;
    private int linesInSecond;
    private long left;
    private boolean failed;

    /**
     * @param inner answers
     * @param directory where {@code refused.jsonl} lies, and {@code refused.1.jsonl}, the file before it
     * @param bytesMax size at which a new file is begun
     */
    RefusedCalls(HttpHandler inner, Path directory, long bytesMax) throws IOException {
        this.inner = inner;
        this.file = directory.resolve("refused.jsonl");
        this.former = directory.resolve("refused.1.jsonl");
        this.bytesMax = bytesMax;
        this.bytes = Files.exists(file) ? Files.size(file) : 0;
    }

    @Override
    public HttpAnswer answer(HttpRequest request) throws InterruptedException {
        var answer = inner.answer(request);
        if (answer instanceof HttpAnswer.Full full && REFUSALS.contains(full.status())) {
            note(request, full);
        }
        return answer;
    }

    private void note(HttpRequest request, HttpAnswer.Full answer) {
        lock.lock();
        try {
            long now = System.nanoTime() / 1_000_000_000L;
            linesInSecond = now == second ? linesInSecond + 1 : 1;
            second = now;
            if (linesInSecond > LINES_PER_SECOND_MAX) {
                left++;
                return;
            }
            write(line(request, answer));
            left = 0;
            failed = false;
        } catch (IOException refused) {
            if (!failed) {
                LOG.log(System.Logger.Level.WARNING, "refused calls cannot be written to " + file, refused);
            }
            failed = true;
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] line) throws IOException {
        if (bytes + line.length > bytesMax && Files.exists(file)) {
            Files.move(file, former, StandardCopyOption.REPLACE_EXISTING);
            bytes = 0;
        }
        Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        bytes += line.length;
    }

    private byte[] line(HttpRequest request, HttpAnswer.Full answer) throws IOException {
        var line = new ByteArrayOutputStream();
        try (var json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("time", Instant.now().toString());
            json.writeStringField(
                    "address", request.remoteAddress().getAddress().getHostAddress());
            json.writeStringField("claimed", cut(claimed(request)));
            json.writeStringField("method", request.method());
            json.writeStringField("target", cut(request.target()));
            json.writeNumberField("status", answer.status());
            json.writeStringField("message", cut(answer.body().utf8()));
            if (left > 0) {
                json.writeNumberField("left_out_before", left);
            }
            json.writeEndObject();
        }
        line.write('\n');
        return line.toByteArray();
    }

    /** The name that the caller gave, right or wrong; never the secret. */
    private static String claimed(HttpRequest request) {
        var given = request.headers().first("Authorization").orElse("");
        if (!given.regionMatches(true, 0, "Basic ", 0, "Basic ".length())) {
            return "";
        }
        try {
            var text = new String(
                    Base64.getDecoder()
                            .decode(given.substring("Basic ".length()).strip()),
                    StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? "" : text.substring(0, colon);
        } catch (IllegalArgumentException noBase64) {
            return "";
        }
    }

    private static String cut(String text) {
        return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX);
    }
}
