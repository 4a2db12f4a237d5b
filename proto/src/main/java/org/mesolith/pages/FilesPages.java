package org.mesolith.pages;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentReply;
import org.mesolith.codec.legacy.JsonText;
import org.mesolith.wire.Body;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.Query;

/**
 * {@code /files/browse}, {@code /files/read}, {@code /files/download}, {@code /files/debug}: the older way to files.
 */
public final class FilesPages {
    /** What the paths begin with. */
    public static final String PREFIX = "/files/";

    /** All names and where they lie. */
    public static final String DEBUG = "/files/debug";

    /** Largest file that is given in one answer; larger ones are read part by part. */
    private static final long DOWNLOAD_MAX = 256 << 20;

    private FilesPages() {}

    /** What names there are. */
    public interface Names {
        /**
         * The file of this name.
         *
         * @throws FileRefusedException when there is none, or whoever asks may not have it
         */
        FileReads.Found find(String path) throws FileRefusedException;

        /** Names and where they lie; of a directory, what is in it has longer names. */
        SortedMap<String, String> places();
    }

    /** Answers one of the four, or null for another path. */
    public static HttpAnswer.@Nullable Full answer(String path, Query query, Names names) {
        try {
            return switch (path) {
                case "/files/browse" -> browse(query, names);
                case "/files/read" -> read(query, names);
                case "/files/download" -> download(query, names);
                case DEBUG -> json(names.places());
                default -> null;
            };
        } catch (FileRefusedException refused) {
            return HttpAnswer.text(refused.status(), String.valueOf(refused.getMessage()) + "\n");
        }
    }

    private static HttpAnswer.Full json(Object value) {
        return HttpAnswer.of(200, "application/json", Body.of(JsonText.of(value)));
    }

    private static FileReads.Found find(Query query, Names names) throws FileRefusedException {
        var path = query.first("path").orElse("");
        if (path.isEmpty()) {
            throw new FileRefusedException(400, "Expecting 'path=value' in query.");
        }
        return names.find(path);
    }

    private static HttpAnswer.Full browse(Query query, Names names) throws FileRefusedException {
        return json(FileReads.list(find(query, names)).stream()
                .map(FilesPages::show)
                .toList());
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

    private static HttpAnswer.Full read(Query query, Names names) throws FileRefusedException {
        var found = find(query, names);
        long offset = number(query, "offset");
        long length = number(query, "length");
        var part = FileReads.read(found, offset < 0 ? Long.MAX_VALUE : offset, length < 0 ? Long.MAX_VALUE : length);
        var all = new LinkedHashMap<String, Object>();
        all.put("data", new String(part.data(), StandardCharsets.UTF_8));
        all.put("offset", offset < 0 ? part.size() : offset);
        return json(all);
    }

    /** The number of a parameter, -1 when it is absent. */
    private static long number(Query query, String name) throws FileRefusedException {
        var text = query.first(name).orElse("-1");
        try {
            long number = Long.parseLong(text);
            if (number >= -1) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // answered below, like a number out of bounds
        }
        throw new FileRefusedException(400, "Cannot read '" + text + "' as " + name + ": give -1 or more");
    }

    private static HttpAnswer.Full download(Query query, Names names) throws FileRefusedException {
        var found = find(query, names);
        try (var channel = FileReads.open(found)) {
            long size = channel.size();
            if (size > DOWNLOAD_MAX) {
                return HttpAnswer.text(
                        413,
                        "The file has " + size + " bytes, " + DOWNLOAD_MAX
                                + " are given at once: read it part by part with /files/read\n");
            }
            var buffer = ByteBuffer.allocate((int) size);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            var bytes = Arrays.copyOf(buffer.array(), buffer.position());
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
            throw new FileRefusedException(500, "Cannot read '" + found.shown() + "': " + unreadable.getMessage());
        }
    }
}
