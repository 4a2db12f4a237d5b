package org.mesolith.agent.http;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.SandboxPath;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Ids;
import org.mesolith.pages.FileReads;
import org.mesolith.pages.FileRefusedException;

/**
 * The files of sandboxes, and nothing else of this machine, under the names that Mesos gives them:
 * {@code /frameworks/F/executors/E/runs/latest/…} and the real path. No name and no link leads out of a sandbox.
 */
final class SandboxFiles {
    private final Path workDir;

    SandboxFiles(Path workDir) {
        this.workDir = workDir;
    }

    /**
     * Finds a file.
     *
     * @param agent null before the first registration: there is nothing then
     */
    FileReads.Found find(String path, @Nullable AgentId agent) throws FileRefusedException {
        if (path.isEmpty()) {
            throw new FileRefusedException(400, "Expecting 'path=value' in query.");
        }
        var below = virtual(parts(path), agent);
        if (below == null) {
            throw new FileRefusedException(404, "There is no file '" + path + "'");
        }
        var sandbox = workDir.resolve(String.join("/", below.subList(0, 8)));
        return new FileReads.Found(inside(sandbox, String.join("/", below.subList(8, below.size())), path), path);
    }

    /**
     * Whose sandbox a name leads into.
     *
     * @param run id of the container, or {@link SandboxPath#LATEST}
     */
    record Place(FrameworkId framework, ExecutorId executor, String run) {}

    /** The sandbox that a name leads into; null when it names none. */
    @Nullable
    Place placeOf(String path, @Nullable AgentId agent) {
        var below = virtual(parts(path), agent);
        return below == null
                ? null
                : new Place(new FrameworkId(below.get(3)), new ExecutorId(below.get(5)), below.get(7));
    }

    private static List<String> parts(String path) {
        var parts = new ArrayList<>(Arrays.asList(path.replaceAll("/+$", "").split("/+")));
        if (!parts.isEmpty() && parts.getFirst().isEmpty()) {
            parts.removeFirst();
        }
        return parts;
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
    private static Path inside(Path sandbox, String rest, String asked) throws FileRefusedException {
        try {
            var root = sandbox.toRealPath();
            var real = root.resolve(rest).normalize();
            if (!real.startsWith(root) || !real.toRealPath().startsWith(root)) {
                throw new FileRefusedException(400, "The path '" + asked + "' leads out of the sandbox");
            }
            return real.toRealPath();
        } catch (NoSuchFileException absent) {
            throw new FileRefusedException(404, "There is no file '" + asked + "'");
        } catch (IOException unreadable) {
            throw new FileRefusedException(500, "Cannot look at '" + asked + "': " + unreadable.getMessage());
        }
    }
}
