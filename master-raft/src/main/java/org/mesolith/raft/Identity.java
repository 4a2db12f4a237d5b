package org.mesolith.raft;

import java.util.List;
import java.util.UUID;
import org.mesolith.base.Check;
import org.mesolith.log.MemberAddress;

/**
 * Who this master is, as kept in its data directory.
 *
 * @param memberId random, drawn when the data directory was made; a new directory is a new member
 * @param stage how far this member has become one
 * @param clusterId empty before the bootstrap
 * @param groupId id of the Raft group; empty before the bootstrap
 * @param founders the members the cluster was made with; empty before the bootstrap, and of a member that joined later
 * @param life how many times the data directory was started; an old copy of it has fewer
 */
record Identity(
        String memberId, Stage stage, String clusterId, String groupId, List<MemberAddress> founders, long life) {
    /** How far a member has become one. */
    enum Stage {
        /** Waits: to be named in a bootstrap, or to be added to a group. */
        EMPTY,
        /** The bootstrap was accepted; the Raft storage may not have been made yet, so this member has never voted. */
        BOOTSTRAPPING,
        /** The storage of a restored group lies ready and is put in its place; this member has never voted in it. */
        RESTORING,
        /** The Raft storage was made: if it is gone now, this member forgot its votes and must not start. */
        BOOTSTRAPPED
    }

    Identity {
        founders = List.copyOf(founders);
        Check.that(stage == Stage.EMPTY || !groupId.isEmpty(), "a member of a group without id");
    }

    static Identity fresh() {
        return new Identity(UUID.randomUUID().toString(), Stage.EMPTY, "", "", List.of(), 0);
    }

    Identity bootstrapping(String cluster, String group, List<MemberAddress> members) {
        return new Identity(memberId, Stage.BOOTSTRAPPING, cluster, group, members, life);
    }

    /** A member of a group that exists already: who the others are is learnt from them. */
    Identity joining(String cluster, String group) {
        return new Identity(memberId, Stage.BOOTSTRAPPING, cluster, group, List.of(), life);
    }

    Identity restoring(String cluster, String group, List<MemberAddress> members) {
        return new Identity(memberId, Stage.RESTORING, cluster, group, members, life);
    }

    Identity bootstrapped() {
        return new Identity(memberId, Stage.BOOTSTRAPPED, clusterId, groupId, founders, life);
    }

    /** The same, started once more. */
    Identity startedAgain() {
        return new Identity(memberId, stage, clusterId, groupId, founders, life + 1);
    }

    /** True when a bootstrap with this content has been accepted before. */
    boolean sameBootstrap(String cluster, String group, List<MemberAddress> members) {
        return clusterId.equals(cluster) && groupId.equals(group) && founders.equals(members);
    }
}
