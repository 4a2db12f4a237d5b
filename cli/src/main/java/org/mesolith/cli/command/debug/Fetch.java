package org.mesolith.cli.command.debug;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;

/**
 * Reads pages of masters and agents, each over a connection of its own, within a time and a size.
 *
 * @param pageMax longest time that one page may take
 */
record Fetch(Duration pageMax) {
    /** The largest page that is kept; of a longer one the beginning. */
    static final int PAGE_BYTES_MAX = 8 * 1024 * 1024;

    /** What is kept of a log. */
    static final int LOG_BYTES_MAX = 256 * 1024;

    private static final long AUDIT_ROWS_MAX = 2_000;
    private static final long READ_BYTES_MAX = 64L * 1024 * 1024;

    /**
     * What was read.
     *
     * @param isCut true when there is more of it
     */
    record Got(String text, boolean isCut) {}

    /** Somebody answered, but not with the page. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    Got get(Page page) throws IOException {
        boolean isAgent = page.file().startsWith("agents/");
        return switch (page.what()) {
            case WHOLE -> whole(page.at(), page.path(), isAgent);
            case LOG_TAIL -> logTail(page, isAgent);
            case AUDIT_TAIL -> whole(page.at(), page.path() + "?from=" + firstOfAudit(page), isAgent);
            case TAIL -> tail(page);
        };
    }

    private HttpConnection open(HostPort at, Deadline deadline, boolean isAgent) throws IOException {
        return isAgent ? HttpConnection.openAgent(at, deadline) : HttpConnection.open(at, deadline);
    }

    private Got whole(HostPort at, String path, boolean isAgent) throws IOException {
        var deadline = Deadline.after(pageMax);
        try (var connection = open(at, deadline, isAgent)) {
            var body = accepted(connection.exchange(HttpRequest.get(path), deadline));
            byte[] bytes = body.readNBytes(PAGE_BYTES_MAX);
            return new Got(new String(bytes, StandardCharsets.UTF_8), body.read() >= 0);
        }
    }

    private Got logTail(Page page, boolean isAgent) throws IOException {
        String path = "/files/read?path=" + page.path();
        long size = Json.readObject(
                        whole(page.at(), path + "&offset=-1", isAgent).text().getBytes(StandardCharsets.UTF_8))
                .whole("offset", 0);
        long from = Math.max(0, size - LOG_BYTES_MAX);
        var said = whole(page.at(), path + "&offset=" + from + "&length=" + LOG_BYTES_MAX, isAgent);
        return new Got(
                Json.readObject(said.text().getBytes(StandardCharsets.UTF_8)).text("data"), from > 0);
    }

    /** The first row says how many there are. */
    private long firstOfAudit(Page page) throws IOException {
        var deadline = Deadline.after(pageMax);
        try (var connection = open(page.at(), deadline, false)) {
            var body = accepted(connection.exchange(HttpRequest.get(page.path()), deadline));
            var line = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8), 4_096).readLine();
            var chain = Json.readObject((line == null ? "{}" : line).getBytes(StandardCharsets.UTF_8));
            long first = chain.whole("from", 1);
            return Math.max(first, first + chain.whole("rows", 0) - AUDIT_ROWS_MAX);
        }
    }

    /** Whole lines, the last ones. */
    private Got tail(Page page) throws IOException {
        var deadline = Deadline.after(pageMax);
        try (var connection = open(page.at(), deadline, false)) {
            var body = accepted(connection.exchange(HttpRequest.get(page.path()), deadline));
            var kept = new java.util.ArrayDeque<String>();
            long bytes = 0;
            long read = 0;
            boolean isCut = false;
            var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            for (var line = lines.readLine(); line != null && read < READ_BYTES_MAX; line = lines.readLine()) {
                kept.add(line);
                bytes += line.length() + 1L;
                read += line.length() + 1L;
                while (bytes > 4L * LOG_BYTES_MAX) {
                    bytes -= kept.remove().length() + 1L;
                    isCut = true;
                }
            }
            return new Got(String.join("\n", kept) + "\n", isCut);
        }
    }

    private static InputStream accepted(HttpReply reply) throws IOException {
        if (reply.status() != 200) {
            String text = reply.text().lines().findFirst().orElse("");
            throw new Refused("answered " + reply.status() + (text.isEmpty() ? "" : ": " + text));
        }
        return reply.body();
    }
}
