package org.mesolith.model;

/**
 * Says which leadership speaks: on every order to an agent, every offer and every agent checkpoint.
 *
 * <p>The cluster must be the same, else the order is refused and reported. Then (epoch, term) decide: an older one is
 * refused. An equal epoch with another epoch id comes from a second restore of one backup and is refused and reported.
 *
 * @param clusterId drawn once, when the cluster is made
 * @param epoch raised by a restore or a quorum recovery, starts at 1
 * @param epochId random number drawn when the epoch was raised
 * @param term Raft term of the leadership
 */
public record Fence(String clusterId, long epoch, long epochId, long term) {
    /** How an order's fence stands to the newest one seen. */
    public enum Verdict {
        /** As new as the newest seen, or newer: obey and remember it. */
        CURRENT,
        /** Sent by a leader that has been replaced and does not know it. */
        STALE,
        /** Another cluster's. */
        OTHER_CLUSTER,
        /** The same epoch number drawn twice. */
        OTHER_EPOCH
    }

    /** Judges an order that carries {@code order} by a receiver whose newest fence is this one. */
    public Verdict judge(Fence order) {
        if (!clusterId.equals(order.clusterId)) {
            return Verdict.OTHER_CLUSTER;
        }
        if (order.epoch == epoch && order.epochId != epochId) {
            return Verdict.OTHER_EPOCH;
        }
        boolean older = order.epoch < epoch || (order.epoch == epoch && order.term < term);
        return older ? Verdict.STALE : Verdict.CURRENT;
    }
}
