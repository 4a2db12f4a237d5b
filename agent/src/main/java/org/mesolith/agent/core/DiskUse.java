package org.mesolith.agent.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run was found to keep on disk: the sizes of its files, links not followed.
 *
 * @param at when it was measured
 * @param sandboxBytes in its sandbox, those of the tasks of a built-in executor included
 * @param volumes its persistent volumes, each with the bytes in it
 * @param whole false when not everything could be looked at: then it keeps at least so much
 */
public record DiskUse(Instant at, long sandboxBytes, List<DiskShare.Volume> volumes, boolean whole) {
    public DiskUse {
        volumes = List.copyOf(volumes);
    }

    /** The bytes in a volume, null when it was not looked at. */
    public @Nullable Long in(VolumePath path) {
        for (var volume : volumes) {
            if (volume.path().equals(path)) {
                return volume.bytes();
            }
        }
        return null;
    }
}
