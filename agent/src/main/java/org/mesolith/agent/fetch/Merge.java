package org.mesolith.agent.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Moves what was fetched from one directory into another: directories are joined, files and links replaced, as if it
 * had been unpacked there. Nothing is ever moved through a link.
 */
final class Merge {
    private static final List<String> LOGS = List.of("stdout", "stderr");

    private Merge() {}

    /**
     * @throws FetchException for the place of a task's own output
     */
    static void checkPlace(Path inSandbox) throws FetchException {
        if (LOGS.contains(inSandbox.toString())) {
            throw new FetchException("it would replace the task's own " + inSandbox
                    + "; say with output_file how the file is to be called");
        }
    }

    /**
     * @throws FetchException when a directory is where a file would go, or the other way round
     */
    static void into(Path sandbox, Path staged) throws IOException {
        for (var entry : list(staged)) {
            checkPlace(entry.getFileName());
        }
        join(staged, sandbox);
    }

    private static void join(Path from, Path to) throws IOException {
        for (var entry : list(from)) {
            var place = to.resolve(entry.getFileName());
            boolean directory = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
            boolean taken = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
            boolean joins = taken && Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
            if (taken && directory != joins) {
                throw new FetchException("in the sandbox there is " + (joins ? "a directory" : "a file")
                        + " where it has " + (directory ? "a directory" : "a file") + ": " + place.getFileName());
            }
            if (joins) {
                join(entry, place);
            } else {
                Files.move(entry, place, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }
}
