package org.mesolith.agent.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Disk;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;

/**
 * Where a persistent volume keeps its data.
 *
 * @param root directory of the disk it is on, null for the agent's work directory
 * @param whole the volume is the whole disk: its root stays when the data go
 * @param role that the volume is reserved for
 */
public record VolumePath(@Nullable String root, boolean whole, String role, String id) {
    /** Of every volume among these, in their order. */
    public static List<VolumePath> of(Resources resources) {
        var paths = new ArrayList<VolumePath>();
        for (var volume : resources.persistentVolumes()) {
            paths.add(of(volume));
        }
        return paths;
    }

    /** Of one persistent volume. */
    public static VolumePath of(Resource volume) {
        var disk = volume.disk();
        var source = disk == null ? null : disk.source();
        var role = volume.kind().reservedRole();
        var id = disk == null ? null : disk.persistenceId();
        boolean whole = source != null && source.type() == Disk.SourceType.MOUNT;
        return new VolumePath(
                source == null ? null : source.root(), whole, role == null ? "" : role, id == null ? "" : id);
    }

    /**
     * The directory with the volume's data.
     *
     * @param workDir the agent's, absolute
     */
    public String below(String workDir) {
        var parts = new ArrayList<String>();
        parts.add(root == null ? workDir : root);
        parts.addAll(directories());
        return String.join("/", parts);
    }

    /** Names of directories below the root, outermost first; a role's slashes become spaces, as in Mesos. */
    public List<String> directories() {
        return whole ? List.of() : List.of("volumes", "roles", role.replace('/', ' '), id);
    }
}
