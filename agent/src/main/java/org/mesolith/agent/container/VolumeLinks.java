package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskSpec;

/**
 * Shows persistent volumes, and directories of sandboxes, in a sandbox: a link at the path that the task asked for. Any
 * thread.
 */
final class VolumeLinks {
    private static final Path INSIDE = Path.of("/sandbox");

    private VolumeLinks() {}

    /** Why what this task asks for cannot be shown, or null. */
    static @Nullable String problem(TaskSpec spec) {
        var places = new ArrayList<>(paths(spec.volumes()));
        for (var link : spec.around().links()) {
            var wrong = wrongSource(link);
            if (wrong != null) {
                return wrong;
            }
            places.add(link.path());
        }
        var own = problem(places);
        var around = problem(paths(spec.around().volumes()));
        return own != null || around == null ? own : "Of the executor: " + around;
    }

    private static List<String> paths(List<TaskSpec.Mount> volumes) {
        return volumes.stream().map(TaskSpec.Mount::path).toList();
    }

    /** Why volumes cannot be shown at all of these container paths, or null. */
    static @Nullable String problem(List<String> places) {
        for (int number = 0; number < places.size(); number++) {
            var path = Path.of(places.get(number));
            if (path.isAbsolute()) {
                return "The volume's container path '" + path + "' is absolute: this agent has no images, and shows"
                        + " volumes below the sandbox only; make it relative";
            }
            var place = INSIDE.resolve(path).normalize();
            if (!isBelow(place)) {
                return "The volume's container path '" + path + "' does not lie below the sandbox";
            }
            for (int other = 0; other < places.size(); other++) {
                var around = places.get(other);
                if (other != number && place.startsWith(INSIDE.resolve(around).normalize())) {
                    return "The volume's container path '" + path + "' lies within that of another volume, '" + around
                            + "'";
                }
            }
        }
        return null;
    }

    private static @Nullable String wrongSource(TaskSpec.SandboxLink link) {
        var path = Path.of(link.source());
        var source = INSIDE.resolve(path).normalize();
        if (path.isAbsolute() || !isBelow(source)) {
            return "The path '" + link.source() + "' of a SANDBOX_PATH does not lie below the sandbox"
                    + (link.ofParent() ? " of the executor" : "") + "; name a directory in it, relative";
        }
        var place = INSIDE.resolve(link.path()).normalize();
        boolean loops = !link.ofParent() && (place.startsWith(source) || source.startsWith(place));
        return loops
                ? "The path '" + link.source() + "' of a SANDBOX_PATH and its container path '" + link.path()
                        + "' lie within each other"
                : null;
    }

    private static boolean isBelow(Path place) {
        return place.startsWith(INSIDE) && !place.equals(INSIDE);
    }

    /**
     * Makes the links, and the directories of volumes that are used for the first time; harmless when all is there.
     *
     * @param owner who gets a volume that is not shared, null for the agent's own user
     * @throws IOException also when something else is at the place of a link
     */
    static void make(Path sandbox, List<TaskSpec.Mount> volumes, Path workDir, @Nullable UserPrincipal owner)
            throws IOException {
        for (var volume : volumes) {
            link(sandbox, volume.path(), data(volume, workDir, owner));
        }
    }

    /**
     * The directory of a volume, made when it is used for the first time.
     *
     * @param owner who gets it unless it is shared, null for the agent's own user
     */
    static Path data(TaskSpec.Mount volume, Path workDir, @Nullable UserPrincipal owner) throws IOException {
        var data = Files.createDirectories(Path.of(volume.volume().below(workDir.toString())));
        if (!volume.shared()) {
            give(data, owner);
        }
        return data;
    }

    /** Where a container path without {@link #problem} is, from the sandbox on. */
    static Path inSandbox(String path) {
        return INSIDE.relativize(INSIDE.resolve(path).normalize());
    }

    /**
     * Links to directories of the same sandbox; those that are not there are made.
     *
     * @param owner who gets them, null for the agent's own user
     */
    static void linkToSelf(Path sandbox, List<TaskSpec.SandboxLink> links, @Nullable UserPrincipal owner)
            throws IOException {
        for (var link : links) {
            if (!link.ofParent()) {
                var source = sandbox.resolve(link.source()).normalize();
                refuseLinksAbove(sandbox, source);
                if (!Files.isDirectory(source)) {
                    give(Files.createDirectories(source), owner);
                }
                link(sandbox, link.path(), source);
            }
        }
    }

    /**
     * Links to directories of the sandbox around; those that are not there are made where nobody but the agent may
     * write: elsewhere a task could have them made behind a link of its own.
     *
     * @param parent the sandbox around, the agent's own
     * @param owner who gets them, null for the agent's own user
     */
    static void linkToParent(Path sandbox, Path parent, List<TaskSpec.SandboxLink> links, @Nullable UserPrincipal owner)
            throws IOException {
        for (var link : links) {
            if (link.ofParent()) {
                var source = parent.resolve(link.source()).normalize();
                makeOurs(parent, source, owner);
                link(sandbox, link.path(), source);
            }
        }
    }

    private static void makeOurs(Path parent, Path source, @Nullable UserPrincipal owner) throws IOException {
        var ours = Files.getOwner(parent, LinkOption.NOFOLLOW_LINKS);
        var at = parent;
        for (var name : parent.relativize(source)) {
            var above = at;
            at = at.resolve(name);
            if (Files.exists(at)) {
                continue;
            }
            boolean safe = Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(above, LinkOption.NOFOLLOW_LINKS).equals(ours);
            if (!safe || Files.isSymbolicLink(at)) {
                throw new IOException("the executor's directory '" + parent.relativize(at)
                        + "' is not there, and the agent does not make directories where tasks may write: let a task"
                        + " make it first");
            }
            Files.createDirectory(at);
            Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
            if (at.equals(source)) {
                give(at, owner);
            }
        }
    }

    private static void link(Path sandbox, String path, Path target) throws IOException {
        var link = sandbox.resolve(path).normalize();
        refuseLinksAbove(sandbox, link);
        Files.createDirectories(link.getParent());
        if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(target)) {
            Files.createSymbolicLink(link, target);
        }
    }

    private static void refuseLinksAbove(Path sandbox, Path place) throws IOException {
        for (var above = place.getParent(); above != null && !above.equals(sandbox); above = above.getParent()) {
            if (Files.isSymbolicLink(above)) {
                throw new IOException(above + " is a link: no volume can be shown behind it");
            }
        }
    }

    private static void give(Path directory, @Nullable UserPrincipal owner) throws IOException {
        if (owner != null) {
            Files.setAttribute(directory, "posix:owner", owner, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
