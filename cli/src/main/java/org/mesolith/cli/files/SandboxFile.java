package org.mesolith.cli.files;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;

/** One file in the sandbox of a task, read piece by piece from its agent (READ_FILE: exact bytes). One thread. */
public final class SandboxFile implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final int PIECE_BYTES = 64 * 1024;

    private final HostPort agent;
    private final String path;
    private @Nullable HttpConnection connection;

    /**
     * The file of a task.
     *
     * @param executorId of a task without executor of its own: the task's id
     * @param name {@code stdout} or {@code stderr}
     */
    public SandboxFile(HostPort agent, String frameworkId, String executorId, String name) {
        this.agent = agent;
        this.path = "/frameworks/" + frameworkId + "/executors/" + executorId + "/runs/latest/" + name;
    }

    /**
     * A piece of the file.
     *
     * @param size of the file now
     * @param data from the asked offset; empty at the end
     */
    public record Piece(long size, byte[] data) {}

    /** Reads up to 64 KiB from {@code offset}. {@link IOException} also if the file is not there. */
    public Piece read(long offset) throws IOException {
        JsonObject call = JsonObject.of(
                "type", "READ_FILE", "read_file", JsonObject.of("path", path, "offset", offset, "length", PIECE_BYTES));
        HttpReply reply = exchange(HttpRequest.post("/api/v1", Json.bytes(call)));
        if (reply.status() != 200) {
            String why = reply.text();
            reply.drain();
            throw new IOException("agent " + agent + " answered " + reply.status() + " for " + path + ": " + why);
        }
        JsonObject answer = Json.readObject(reply.body().readAllBytes());
        try {
            return new Piece(
                    answer.whole("read_file.size", 0), Base64.getDecoder().decode(answer.text("read_file.data")));
        } catch (IllegalArgumentException notBase64) {
            throw new IOException("agent " + agent + " sent data that is not base64", notBase64);
        }
    }

    /** The path for messages, as a URL of the agent. */
    public String url() {
        return "http://" + agent + "/files/download?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        HttpConnection current = connection;
        if (current != null) {
            current.close();
        }
        connection = null;
    }

    /**
     * A kept connection may have been closed by the agent meanwhile: then once more on a new one. Reading twice is
     * harmless.
     */
    private HttpReply exchange(HttpRequest request) throws IOException {
        HttpConnection kept = connection;
        if (kept != null && kept.isReusable()) {
            try {
                return kept.exchange(request, Deadline.after(ANSWER_MAX));
            } catch (IOException stale) {
                kept.close();
            }
        }
        HttpConnection fresh = HttpConnection.openAgent(agent, Deadline.after(ANSWER_MAX));
        connection = fresh;
        return fresh.exchange(request, Deadline.after(ANSWER_MAX));
    }
}
