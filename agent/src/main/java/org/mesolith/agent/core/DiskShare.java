package org.mesolith.agent.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run may keep on disk.
 *
 * @param bytes in its sandbox; 0 when it has none of its own
 * @param volumes its persistent volumes
 */
public record DiskShare(long bytes, List<Volume> volumes) {
    /** No disk at all. */
    public static final DiskShare NONE = new DiskShare(0, List.of());

    public DiskShare {
        volumes = List.copyOf(volumes);
    }

    /** A persistent volume and its size, or what is in it. */
    public record Volume(VolumePath path, long bytes) {}

    /** Both together; a volume that both have, as a shared one, counts once. */
    public DiskShare plus(DiskShare other) {
        var all = new ArrayList<>(volumes);
        other.volumes.stream().filter(volume -> !all.contains(volume)).forEach(all::add);
        return new DiskShare(bytes + other.bytes, all);
    }
}
