package org.mesolith.agent.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentReply;
import org.mesolith.model.AgentId;
import org.mesolith.wire.Body;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.Query;

/** {@code /files/browse}, {@code /files/read}, {@code /files/download}: the older way to the files of sandboxes. */
final class FilesDoor {
    /** Largest file that is given in one answer; larger ones are read part by part. */
    private static final long DOWNLOAD_MAX = 256 << 20;

    private final SandboxFiles files;

    FilesDoor(SandboxFiles files) {
        this.files = files;
    }

    /** Answers one of the three, or null for another path. */
    @Nullable
    HttpAnswer answer(String path, Query query, @Nullable AgentId agent) {
        try {
            return switch (path) {
                case "/files/browse" -> browse(query, agent);
                case "/files/read" -> read(query, agent);
                case "/files/download" -> download(query, agent);
                default -> null;
            };
        } catch (SandboxFiles.Refused refused) {
            return HttpAnswer.text(refused.status(), String.valueOf(refused.getMessage()) + "\n");
        }
    }

    private SandboxFiles.Found find(Query query, @Nullable AgentId agent) throws SandboxFiles.Refused {
        return files.find(query.first("path").orElse(""), agent);
    }

    private HttpAnswer browse(Query query, @Nullable AgentId agent) throws SandboxFiles.Refused {
        var shown = files.list(find(query, agent)).stream().map(FilesDoor::show).toList();
        return Answers.json(JsonText.of(shown), query);
    }

    private static Map<String, Object> show(AgentReply.Files.File file) {
        var all = new LinkedHashMap<String, Object>();
        all.put("path", file.path());
        all.put("nlink", file.links());
        all.put("size", file.size());
        all.put("mtime", file.changed().getEpochSecond());
        all.put("mode", mode(file.mode()));
        all.put("uid", file.user());
        all.put("gid", file.group());
        return all;
    }

    /** As {@code ls -l} shows it. */
    static String mode(int mode) {
        var text = new StringBuilder();
        text.append(
                switch (mode & 0xf000) {
                    case 0x4000 -> 'd';
                    case 0xa000 -> 'l';
                    case 0x2000 -> 'c';
                    case 0x6000 -> 'b';
                    case 0x1000 -> 'p';
                    case 0xc000 -> 's';
                    default -> '-';
                });
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode & (1 << bit)) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return text.toString();
    }

    private HttpAnswer read(Query query, @Nullable AgentId agent) throws SandboxFiles.Refused {
        var found = find(query, agent);
        long offset = number(query, "offset");
        long length = number(query, "length");
        var part = files.read(found, offset < 0 ? Long.MAX_VALUE : offset, length < 0 ? Long.MAX_VALUE : length);
        var all = new LinkedHashMap<String, Object>();
        all.put("data", new String(part.data(), StandardCharsets.UTF_8));
        all.put("offset", offset < 0 ? part.size() : offset);
        return Answers.json(JsonText.of(all), query);
    }

    /** The number of a parameter, -1 when it is absent. */
    private static long number(Query query, String name) throws SandboxFiles.Refused {
        var text = query.first(name).orElse("-1");
        try {
            long number = Long.parseLong(text);
            if (number >= -1) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // answered below, like a number out of bounds
        }
        throw new SandboxFiles.Refused(400, "Cannot read '" + text + "' as " + name + ": give -1 or more");
    }

    private HttpAnswer download(Query query, @Nullable AgentId agent) throws SandboxFiles.Refused {
        var found = find(query, agent);
        try (var channel = files.open(found)) {
            long size = channel.size();
            if (size > DOWNLOAD_MAX) {
                return HttpAnswer.text(
                        413,
                        "The file has " + size + " bytes, " + DOWNLOAD_MAX
                                + " are given at once: read it part by part with /files/read\n");
            }
            var buffer = ByteBuffer.allocate((int) size);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            var bytes = java.util.Arrays.copyOf(buffer.array(), buffer.position());
            var name = String.valueOf(found.real().getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
            return new HttpAnswer.Full(
                    200,
                    Headers.of(
                            "Content-Type",
                            "application/octet-stream",
                            "Content-Disposition",
                            "attachment; filename=" + name),
                    Body.of(bytes),
                    true);
        } catch (IOException unreadable) {
            throw new SandboxFiles.Refused(500, "Cannot read '" + found.shown() + "': " + unreadable.getMessage());
        }
    }
}
