package org.mesolith.process.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run has done to the machine that does not end with its processes: file systems that are mounted, groups of
 * processes. Each is written into a file of the run's directory before it is done, so it can be undone by whoever finds
 * that file: the run at its end, its shutdown hook, or {@code meso chaos clean} after the controller has died.
 *
 * <p>The file is not trusted: only what lies below the directory of the run is unmounted and detached, and only groups
 * that bear our name are removed. Any thread.
 */
public final class UndoList {

    /** The name of the file, in the directory of the run. */
    public static final String FILE = "undo";

    private static final String MOUNT = "mount";
    private static final String CGROUP = "cgroup";
    private static final int TRIES = 100;
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private final Path directory;

    /** The list of the run in this directory, which exists. */
    public UndoList(Path directory) throws IOException {
        this.directory = directory.toRealPath();
    }

    /** A file system is about to be mounted here, below the directory of the run. */
    void mounting(Path place) {
        write(MOUNT, place);
    }

    /** A control group is about to be made here. */
    void grouping(Path group) {
        write(CGROUP, group);
    }

    private void write(String kind, Path path) {
        String line = kind + " " + path + "\n";
        try (var file = FileChannel.open(
                directory.resolve(FILE),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND)) {
            file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            file.force(true);
        } catch (IOException failed) {
            throw new IllegalStateException("cannot write " + directory.resolve(FILE), failed);
        }
    }

    /**
     * Undoes all of it, the newest first; what was undone before is passed over. The processes of the run have to be
     * gone, else they keep what they use.
     *
     * @return one line for each thing that was undone
     * @throws IllegalStateException naming what could not be undone; the rest is undone, and the list stays
     */
    public List<String> undo() {
        var done = new ArrayList<String>();
        var failed = new ArrayList<String>();
        for (String line : lines().reversed()) {
            int blank = line.indexOf(' ');
            if (blank < 0) {
                continue; // Cut off by the end of the controller: what it was about to do was not begun.
            }
            Path path = Path.of(line.substring(blank + 1)).normalize();
            try {
                switch (line.substring(0, blank)) {
                    case MOUNT -> unmount(path, done);
                    case CGROUP -> Cgroup.remove(path, done);
                    default -> failed.add("unknown to this version: " + line);
                }
            } catch (IllegalStateException stays) {
                failed.add(String.valueOf(stays.getMessage()));
            }
        }
        detach(done, failed);
        if (!failed.isEmpty()) {
            throw new IllegalStateException("not undone: " + String.join("; ", failed));
        }
        try {
            Files.deleteIfExists(directory.resolve(FILE));
        } catch (IOException stays) {
            throw new IllegalStateException("cannot remove " + directory.resolve(FILE), stays);
        }
        return done;
    }

    private List<String> lines() {
        Path file = directory.resolve(FILE);
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            throw new IllegalStateException("cannot read " + file, unreadable);
        }
    }

    private void unmount(Path place, List<String> done) {
        if (!place.startsWith(directory)) {
            throw new IllegalStateException(place + " is not below " + directory + " and stays as it is");
        }
        for (int attempt = 0; isMounted(place); attempt++) {
            if (attempt == TRIES) {
                // Somebody works there still: it goes with the last of them.
                Tool.run("umount", "-l", place.toString());
            } else {
                try {
                    Tool.run("umount", place.toString());
                } catch (IllegalStateException busy) {
                    java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
                    continue;
                }
            }
            done.add("unmounted " + place);
        }
    }

    /** Devices of images of ours that are still attached: a controller that died between two steps leaves one. */
    private void detach(List<String> done, List<String> failed) {
        Path devices = Path.of("/sys/block");
        if (!Files.isDirectory(devices)) {
            return;
        }
        try (Stream<Path> all = Files.list(devices)) {
            for (Path device : all.toList()) {
                Path backing = device.resolve("loop/backing_file");
                if (Files.exists(backing)
                        && Path.of(Files.readString(backing).strip()).startsWith(directory)) {
                    String name = "/dev/" + device.getFileName();
                    Tool.run("losetup", "-d", name);
                    done.add("detached " + name);
                }
            }
        } catch (IOException | IllegalStateException stays) {
            failed.add(String.valueOf(stays.getMessage()));
        }
    }

    /** True if a file system is mounted exactly here. */
    static boolean isMounted(Path place) {
        try {
            return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                    .map(line -> line.split(" ", 3))
                    .anyMatch(words -> words.length > 2 && unescaped(words[1]).equals(place.toString()));
        } catch (IOException unknown) {
            throw new IllegalStateException("cannot read /proc/self/mounts", unknown);
        }
    }

    private static String unescaped(String path) {
        return OCTAL.matcher(path)
                .replaceAll(code -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(code.group(1), 8))));
    }
}
