package org.mesolith.agent.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.SandboxPath;
import org.mesolith.api.AgentReply;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Ids;

/**
 * The files of sandboxes, and nothing else of this machine, under the names that Mesos gives them:
 * {@code /frameworks/F/executors/E/runs/latest/…} and the real path. No name and no link leads out of a sandbox.
 */
final class SandboxFiles {
    /** Most that one read gives, bytes: 16 pages. */
    static final int READ_MAX = 64 << 10;

    /** Entries of a directory that are shown. */
    private static final int LIST_MAX = 10_000;

    /** A path that cannot be answered. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;

        Refused(int status, String why) {
            super(why);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** A file that was found; {@code shown} is the name it was asked for by. */
    record Found(Path real, String shown) {}

    private final Path workDir;

    SandboxFiles(Path workDir) {
        this.workDir = workDir;
    }

    /**
     * Finds a file.
     *
     * @param agent null before the first registration: there is nothing then
     */
    Found find(String path, @Nullable AgentId agent) throws Refused {
        if (path.isEmpty()) {
            throw new Refused(400, "Expecting 'path=value' in query.");
        }
        var parts = new ArrayList<>(Arrays.asList(path.replaceAll("/+$", "").split("/+")));
        if (!parts.isEmpty() && parts.getFirst().isEmpty()) {
            parts.removeFirst();
        }
        var below = virtual(parts, agent);
        if (below == null) {
            throw new Refused(404, "There is no file '" + path + "'");
        }
        var sandbox = workDir.resolve(String.join("/", below.subList(0, 8)));
        return new Found(inside(sandbox, String.join("/", below.subList(8, below.size())), path), path);
    }

    /** The parts below the work directory, at least the eight that name a run; null when the path names no run. */
    private @Nullable List<String> virtual(List<String> parts, @Nullable AgentId agent) {
        List<String> below;
        if (parts.size() >= 6 && parts.getFirst().equals("frameworks") && agent != null) {
            below = new ArrayList<>(List.of("slaves", agent.value()));
            below.addAll(parts);
        } else {
            var base = new ArrayList<String>();
            workDir.forEach(part -> base.add(part.toString()));
            if (parts.size() < base.size() + 8 || !parts.subList(0, base.size()).equals(base)) {
                return null;
            }
            below = parts.subList(base.size(), parts.size());
        }
        for (int place : new int[] {1, 3, 5, 7}) {
            if (Ids.problem(below.get(place)) != null) {
                return null;
            }
        }
        var shape = SandboxPath.runs(
                new AgentId(below.get(1)), new FrameworkId(below.get(3)), new ExecutorId(below.get(5)));
        return below.subList(0, 7).equals(shape) ? below : null;
    }

    /** The real path, which lies in the sandbox whatever links it contains. */
    private static Path inside(Path sandbox, String rest, String asked) throws Refused {
        try {
            var root = sandbox.toRealPath();
            var real = root.resolve(rest).normalize();
            if (!real.startsWith(root) || !real.toRealPath().startsWith(root)) {
                throw new Refused(400, "The path '" + asked + "' leads out of the sandbox");
            }
            return real.toRealPath();
        } catch (NoSuchFileException absent) {
            throw new Refused(404, "There is no file '" + asked + "'");
        } catch (IOException unreadable) {
            throw new Refused(500, "Cannot look at '" + asked + "': " + unreadable.getMessage());
        }
    }

    /** What is in a directory, by name; nothing for a file. */
    List<AgentReply.Files.File> list(Found found) throws Refused {
        if (!Files.isDirectory(found.real())) {
            return List.of();
        }
        var shown = found.shown().replaceAll("/+$", "");
        try (Stream<Path> entries = Files.list(found.real())) {
            return entries.limit(LIST_MAX)
                    .sorted()
                    .map(entry -> describe(entry, shown + "/" + entry.getFileName()))
                    .flatMap(Stream::ofNullable)
                    .toList();
        } catch (IOException unreadable) {
            throw new Refused(500, "Cannot list '" + found.shown() + "': " + unreadable.getMessage());
        }
    }

    private static AgentReply.Files.@Nullable File describe(Path entry, String shown) {
        try {
            Map<String, Object> all = Files.readAttributes(
                    entry, "unix:nlink,size,lastModifiedTime,mode,owner,group", LinkOption.NOFOLLOW_LINKS);
            return new AgentReply.Files.File(
                    shown,
                    number(all, "nlink").intValue(),
                    number(all, "size").longValue(),
                    all.get("lastModifiedTime") instanceof FileTime time ? time.toInstant() : java.time.Instant.EPOCH,
                    number(all, "mode").intValue(),
                    String.valueOf(all.get("owner")),
                    String.valueOf(all.get("group")));
        } catch (IOException vanished) {
            return null;
        }
    }

    private static Number number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number number ? number : 0;
    }

    /**
     * Part of a file.
     *
     * @param offset behind the end gives nothing
     */
    AgentReply.FilePart read(Found found, long offset, long length) throws Refused {
        try (var channel = open(found)) {
            long size = channel.size();
            if (offset >= size) {
                return new AgentReply.FilePart(size, new byte[0]);
            }
            var buffer = ByteBuffer.allocate((int) Math.min(Math.min(length, READ_MAX), size - offset));
            int read = 0;
            while (buffer.hasRemaining() && read >= 0) {
                read = channel.read(buffer, offset + buffer.position());
            }
            return new AgentReply.FilePart(size, Arrays.copyOf(buffer.array(), buffer.position()));
        } catch (IOException unreadable) {
            throw new Refused(500, "Cannot read '" + found.shown() + "': " + unreadable.getMessage());
        }
    }

    /** Opens a plain file; a pipe or device could hold the reader for ever. */
    FileChannel open(Found found) throws Refused, IOException {
        if (Files.isDirectory(found.real())) {
            throw new Refused(400, "Cannot read a directory: '" + found.shown() + "'");
        }
        if (!Files.isRegularFile(found.real(), LinkOption.NOFOLLOW_LINKS)) {
            throw new Refused(400, "Not a plain file: '" + found.shown() + "'");
        }
        return FileChannel.open(found.real(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }
}
