package org.mesolith.agent.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What comes out of one archive, below one directory: nothing is ever written outside it, nor through a link, and no
 * link leads out of it.
 *
 * <p>Symbolic links are made last. A link may go up with leading {@code ..} only as far as the directory reaches; names
 * behind that may be links themselves, which lead to inside by the same rule.
 */
final class UnpackedTree {
    private final Path root;
    private final long bytesMax;
    private final Pace pace;
    private final Map<Path, String> links = new LinkedHashMap<>();
    private final Map<Path, Integer> directories = new TreeMap<>();
    private int entriesLeft;
    private long bytes;

    UnpackedTree(Path root, int entriesMax, long bytesMax, Pace pace) {
        this.root = root;
        this.entriesLeft = entriesMax;
        this.bytesMax = bytesMax;
        this.pace = pace;
    }

    /**
     * @param mode of Unix; 0 when the archive does not know
     */
    void directory(String name, int mode) throws IOException {
        var place = place(name);
        if (!place.equals(root)) {
            links.remove(place);
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(place);
            }
            directories.put(place, mode);
        }
    }

    void file(String name, int mode, InputStream content) throws IOException {
        var place = placeOfFile(name);
        try (OutputStream out = Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            bytes += copy(content, out);
        }
        // Nobody but the owner may write, whatever the archive says, and no file makes its user somebody else.
        Files.setPosixFilePermissions(place, permissions(mode == 0 ? 0644 : (mode & 0755) | 0600));
    }

    private long copy(InputStream content, OutputStream out) throws IOException {
        try {
            return pace.copy(content, out, bytesMax - bytes);
        } catch (FetchException large) {
            throw new FetchException("what is packed in it is larger than " + bytesMax
                    + " bytes, the agent's limit (--fetcher_size_max)");
        }
    }

    void symbolicLink(String name, String target) throws IOException {
        var place = placeOfFile(name);
        checkTarget(name, place, target);
        links.put(place, target);
    }

    void hardLink(String name, String target) throws IOException {
        var original = resolve(target);
        var place = placeOfFile(name);
        if (!Files.isRegularFile(original, LinkOption.NOFOLLOW_LINKS)) {
            throw new FetchException("its entry '" + name + "' is a hard link to '" + target
                    + "', which is no file before it in the archive");
        }
        Files.createLink(place, original);
    }

    /** Makes what could be in the way earlier: links, and directories that may not be written to. */
    void finish() throws IOException {
        for (var link : links.entrySet()) {
            Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
        }
        for (var directory : directories.entrySet()) {
            int mode = directory.getValue();
            Files.setPosixFilePermissions(directory.getKey(), permissions(mode == 0 ? 0755 : (mode & 0755) | 0700));
        }
    }

    /** Where an entry goes that replaces what an earlier one of its name left. */
    private Path placeOfFile(String name) throws IOException {
        var place = place(name);
        if (place.equals(root) || Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new FetchException("its entry '" + name + "' is a file where there is a directory");
        }
        Files.deleteIfExists(place);
        links.remove(place);
        return place;
    }

    /** Where an entry goes; the directories above it are there. */
    private Path place(String name) throws IOException {
        if (--entriesLeft < 0) {
            throw new FetchException("it holds more entries than " + FetchSettings.ENTRIES_MAX + ", the agent's limit");
        }
        pace.moved();
        var place = resolve(name);
        var above = root;
        for (var part : root.relativize(place)) {
            if (above.equals(place) || part.toString().isEmpty()) {
                break;
            }
            if (links.containsKey(above)) {
                throw new FetchException("its entry '" + name + "' lies behind a link");
            }
            if (!Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
                if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
                    throw new FetchException("its entry '" + name + "' lies below a file");
                }
                Files.createDirectory(above);
                Files.setPosixFilePermissions(above, permissions(0755));
            }
            above = above.resolve(part);
        }
        return place;
    }

    private Path resolve(String name) throws FetchException {
        if (name.startsWith("/")) {
            throw new FetchException("its entry '" + name + "' has an absolute path");
        }
        try {
            var path = Path.of(name);
            for (var part : path) {
                if (part.toString().equals("..")) {
                    throw new FetchException("its entry '" + name + "' has a path with '..'");
                }
            }
            return root.resolve(path).normalize();
        } catch (InvalidPathException wrong) {
            throw new FetchException("the name of one of its entries is no path: " + wrong.getReason());
        }
    }

    private void checkTarget(String name, Path place, String target) throws FetchException {
        if (target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0) {
            throw new FetchException(
                    "its entry '" + name + "' is a link to '" + target + "', which is not below " + "the sandbox");
        }
        int depth = root.relativize(place).getNameCount() - 1;
        boolean leading = true;
        for (var part : target.split("/")) {
            if (!part.equals("..")) {
                leading &= part.isEmpty() || part.equals(".");
                continue;
            }
            if (!leading || --depth < 0) {
                throw new FetchException(
                        "its entry '" + name + "' is a link to '" + target + "', which leads out of the archive");
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var all = EnumSet.noneOf(PosixFilePermission.class);
        var values = PosixFilePermission.values(); // from the owner's right to read to the others' to execute
        for (int i = 0; i < values.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                all.add(values[i]);
            }
        }
        return all;
    }
}
