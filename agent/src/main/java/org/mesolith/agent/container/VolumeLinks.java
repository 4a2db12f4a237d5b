package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskSpec;

/** Shows persistent volumes in a sandbox: a link at the path that the task asked for. Any thread. */
final class VolumeLinks {
    private VolumeLinks() {}

    /** Why these volumes cannot be shown in a sandbox, or null. */
    static @Nullable String problem(List<TaskSpec.Mount> volumes) {
        var inside = Path.of("/sandbox");
        for (int number = 0; number < volumes.size(); number++) {
            var path = Path.of(volumes.get(number).path());
            if (path.isAbsolute()) {
                return "The volume's container path '" + path + "' is absolute: this agent has no images, and shows"
                        + " volumes below the sandbox only; make it relative";
            }
            var place = inside.resolve(path).normalize();
            if (!place.startsWith(inside) || place.equals(inside)) {
                return "The volume's container path '" + path + "' does not lie below the sandbox";
            }
            for (int other = 0; other < volumes.size(); other++) {
                var around = volumes.get(other).path();
                if (other != number && place.startsWith(inside.resolve(around).normalize())) {
                    return "The volume's container path '" + path + "' lies within that of another volume, '" + around
                            + "'";
                }
            }
        }
        return null;
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
            var data = Files.createDirectories(Path.of(volume.volume().below(workDir.toString())));
            if (owner != null && !volume.shared()) {
                Files.setAttribute(data, "posix:owner", owner, LinkOption.NOFOLLOW_LINKS);
            }
            var link = sandbox.resolve(volume.path()).normalize();
            for (var above = link.getParent(); above != null && !above.equals(sandbox); above = above.getParent()) {
                if (Files.isSymbolicLink(above)) {
                    throw new IOException(above + " is a link: no volume can be shown behind it");
                }
            }
            Files.createDirectories(link.getParent());
            if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(data)) {
                Files.createSymbolicLink(link, data);
            }
        }
    }
}
