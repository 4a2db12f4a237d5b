package org.mesolith.state.row;

import org.mesolith.model.Fence;

/**
 * The cluster about itself.
 *
 * @param clusterId drawn once; empty before the cluster is made
 * @param epoch raised by a restore or a quorum recovery; 0 before the cluster is made
 * @param epochId drawn when the epoch was raised
 * @param featureLevel number of the level the cluster agreed on
 * @param needs the oldest version of the software that knows the level; empty when the cluster began with it
 */
public record ClusterRow(String clusterId, long epoch, long epochId, int featureLevel, String needs) {
    /** Before the cluster is made. */
    public static final ClusterRow NONE = new ClusterRow("", 0, 0, 0);

    private static final int ID_CLUSTER_CHARS = 8;
    private static final int ID_EPOCH_DIGITS = 4;

    /** Of a cluster that has the level it began with. */
    public ClusterRow(String clusterId, long epoch, long epochId, int featureLevel) {
        this(clusterId, epoch, epochId, featureLevel, "");
    }

    /** What ids that are made in this epoch begin with. */
    public String idPrefix() {
        var digits = Long.toString(epoch);
        return clusterId.substring(0, Math.min(ID_CLUSTER_CHARS, clusterId.length()))
                + "-"
                + "0".repeat(Math.max(0, ID_EPOCH_DIGITS - digits.length()))
                + digits;
    }

    public boolean exists() {
        return !clusterId.isEmpty();
    }

    /** The fence of a leadership of this cluster. */
    public Fence fence(long term) {
        return new Fence(clusterId, epoch, epochId, term);
    }
}
