package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.agent.core.TaskExit;
import org.mesolith.model.Uuid;

/**
 * What supervisors wrote down: who started, and how it ended.
 *
 * @param dir one for all, so that one watch sees all
 */
record Marks(Path dir) {
    private Path started(Uuid container) {
        return dir.resolve(container + ".started");
    }

    private Path exit(Uuid container) {
        return dir.resolve(container + ".exit");
    }

    /** The container that a file of the directory speaks of, as text, or null. */
    static @Nullable String containerOf(Path file) {
        var name = file.getFileName().toString();
        int dot = name.indexOf('.');
        return dot < 0 ? null : name.substring(0, dot);
    }

    /** Every container that has left a mark. */
    List<Uuid> all() throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(dir, "????????-????-????-????-????????????.{started,exit}")) {
            for (var file : files) {
                names.add(String.valueOf(containerOf(file)));
            }
        }
        return names.stream()
                .map(UUID::fromString)
                .map(name -> new Uuid(name.getMostSignificantBits(), name.getLeastSignificantBits()))
                .toList();
    }

    /** The supervisor that started this container; null when none did, or none ever will. */
    @Nullable
    ProcessMark supervisor(Uuid container) throws IOException {
        var parts = read(started(container)).split(" ");
        return parts.length == 3 ? new ProcessMark(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]) : null;
    }

    /** True when no supervisor can start this container any more. */
    boolean isClaimed(Uuid container) throws IOException {
        return Files.exists(started(container)) && read(started(container)).isEmpty();
    }

    /** How it ended; null while it has not. */
    @Nullable
    TaskExit ending(Uuid container) throws IOException {
        var text = read(exit(container));
        int blank = text.indexOf(' ');
        if (blank < 0) {
            return null;
        }
        var rest = text.substring(blank + 1);
        return switch (text.substring(0, blank)) {
            case "status" -> new TaskExit.Status(Integer.parseInt(rest));
            case "signal" -> new TaskExit.Signal(Integer.parseInt(rest));
            case "failed" -> new TaskExit.NotStarted(rest);
            default -> new TaskExit.Unknown("The supervisor wrote '" + text + "'");
        };
    }

    /**
     * Takes the mark away from every supervisor, so that this container never starts. The file stays empty: that needs
     * no room on a full disk. A supervisor's mark is never empty, because it appears as a whole.
     *
     * @return false when one was faster
     */
    boolean claim(Uuid container) throws IOException {
        try {
            Files.createFile(started(container));
            return true;
        } catch (FileAlreadyExistsException taken) {
            return read(started(container)).isEmpty();
        }
    }

    void remove(Uuid container) throws IOException {
        Files.deleteIfExists(started(container));
        Files.deleteIfExists(exit(container));
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException absent) {
            return "";
        }
    }
}
