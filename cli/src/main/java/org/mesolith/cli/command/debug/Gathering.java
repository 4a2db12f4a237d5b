package org.mesolith.cli.command.debug;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;

/**
 * Fills an archive and keeps the list of what is in it, what is not, and why. One thread.
 */
final class Gathering {
    private final Archive archive;
    private final Redaction redaction;
    private final long bytesMax;
    private final Deadline deadline;
    private final List<JsonObject> contents = new ArrayList<>();
    private final List<JsonObject> missing = new ArrayList<>();
    private final Set<HostPort> silent = new HashSet<>();
    private long bytes;

    /**
     * @param bytesMax of all files together, before they are compressed
     * @param deadline after which nothing more is asked
     */
    Gathering(Archive archive, Redaction redaction, long bytesMax, Deadline deadline) {
        this.archive = archive;
        this.redaction = redaction;
        this.bytesMax = bytesMax;
        this.deadline = deadline;
    }

    /** Reads a page into the archive, or writes down why not. */
    void take(Fetch fetch, Page page) throws IOException {
        String from = page.at() + page.path();
        if (deadline.hasPassed()) {
            miss(page.file(), from, "the time of the bundle was over");
            return;
        }
        if (silent.contains(page.at())) {
            miss(page.file(), from, "not asked: it did not answer before");
            return;
        }
        Fetch.Got got;
        try {
            got = fetch.get(page);
        } catch (Fetch.Refused refused) {
            miss(page.file(), from, refused.getMessage());
            return;
        } catch (IOException broken) {
            silent.add(page.at());
            miss(page.file(), from, String.valueOf(broken.getMessage()));
            return;
        }
        add(page.file(), from, got.text(), got.isCut());
    }

    /** Adds a text, without its secrets. */
    void add(String file, String from, String text, boolean isCut) throws IOException {
        var redacted = redaction.of(text);
        byte[] content = redacted.text().getBytes(StandardCharsets.UTF_8);
        if (bytes + content.length > bytesMax) {
            miss(file, from, content.length + " bytes more than the size of the bundle allows; --max-size raises it");
            return;
        }
        bytes += content.length;
        archive.add(file, content, Instant.now());
        contents.add(JsonObject.of(
                "file", file, "from", from, "bytes", content.length, "cut", isCut, "redacted", redacted.count()));
    }

    /** Writes down what is not in the archive. */
    void miss(String file, String from, String why) {
        missing.add(JsonObject.of(
                "file", file, "from", from, "why", redaction.of(why).text()));
    }

    List<JsonObject> contents() {
        return List.copyOf(contents);
    }

    List<JsonObject> missing() {
        return List.copyOf(missing);
    }
}
