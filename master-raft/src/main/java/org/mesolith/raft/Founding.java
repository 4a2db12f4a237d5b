package org.mesolith.raft;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.ratis.protocol.RaftGroup;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Halt;
import org.mesolith.base.Limits;
import org.mesolith.log.ClusterControl.Bootstrap;
import org.mesolith.log.MemberAddress;

/**
 * How this member came to its group: once in its life, by an explicit bootstrap of members that are all empty.
 *
 * <p>The identity says so before Ratis makes its storage, and says more after: a member whose storage was made and is
 * gone must not start, one that never had it may. Only the housekeeping thread writes.
 */
final class Founding {
    private final MemberCore core;
    private volatile Identity identity;

    Founding(MemberCore core) {
        this.core = core;
        this.identity = core.files().identity();
    }

    Identity identity() {
        return identity;
    }

    /** Ratis has its storage now: from here on an empty one is refused. */
    void storageMade() throws IOException {
        if (identity.stage() == Identity.Stage.BOOTSTRAPPING) {
            keep(identity.bootstrapped());
        }
    }

    /** This member becomes a founder of a group whose storage lies ready. Blocks while Ratis opens it. */
    void restore(String clusterId, String groupId, List<MemberAddress> founders) throws IOException {
        keep(identity.restoring(clusterId, groupId, founders));
        RestoredGroup.putInPlace(core.settings(), groupId);
        keep(identity.bootstrapped());
        core.node().found(Peers.group(groupId, founders));
    }

    private void keep(Identity now) throws IOException {
        core.files().identityFile().write(now);
        identity = now;
    }

    /** Blocks while the storage is made. */
    Bootstrap bootstrap(String clusterId, String groupId, List<MemberAddress> founders) {
        var sorted = founders.stream().sorted().toList();
        var complaint = complaint(clusterId, groupId, sorted);
        if (complaint != null) {
            return new Bootstrap.Refused(complaint);
        }
        if (identity.stage() != Identity.Stage.EMPTY) {
            return identity.sameBootstrap(clusterId, groupId, sorted)
                    ? new Bootstrap.Done(true)
                    : new Bootstrap.Refused("member " + identity.memberId() + " belongs to cluster "
                            + identity.clusterId() + " since its bootstrap; a member is bootstrapped once. To make a"
                            + " new cluster start it with an empty data directory");
        }
        return enter(identity.bootstrapping(clusterId, groupId, sorted), Peers.group(groupId, sorted));
    }

    /** Blocks while the storage is made. */
    Bootstrap join(String clusterId, String groupId) {
        var complaint = complaint(clusterId, groupId);
        if (complaint != null) {
            return new Bootstrap.Refused(complaint);
        }
        if (identity.stage() != Identity.Stage.EMPTY) {
            return identity.clusterId().equals(clusterId) && identity.groupId().equals(groupId)
                    ? new Bootstrap.Done(true)
                    : new Bootstrap.Refused("member " + identity.memberId() + " belongs to cluster "
                            + identity.clusterId() + ", not to " + clusterId
                            + "; a member joins once. Start it with an empty data directory to make it a new member");
        }
        return enter(identity.joining(clusterId, groupId), Peers.group(groupId, List.of()));
    }

    private Bootstrap enter(Identity entering, RaftGroup group) {
        try {
            keep(entering);
            core.node().found(group);
            storageMade();
            return new Bootstrap.Done(false);
        } catch (IOException | RuntimeException failed) {
            // Half founded: a restart goes on from what the identity says.
            core.ending().end(Halt.Code.STORAGE, "joining the group failed half way: " + failed, failed);
            return new Bootstrap.Refused("joining the group failed half way and goes on after a restart: " + failed);
        }
    }

    private static @Nullable String complaint(String clusterId, String groupId) {
        if (clusterId.isBlank() || clusterId.length() > Limits.ID_CHARS_MAX || !printable(clusterId)) {
            return "a cluster id has 1 to " + Limits.ID_CHARS_MAX + " printable characters";
        }
        try {
            UUID.fromString(groupId);
        } catch (IllegalArgumentException wrong) {
            return "the group id '" + groupId + "' is not a UUID";
        }
        return null;
    }

    @Nullable
    String complaint(String clusterId, String groupId, List<MemberAddress> founders) {
        var ids = complaint(clusterId, groupId);
        return ids != null ? ids : complaint(founders);
    }

    private @Nullable String complaint(List<MemberAddress> founders) {
        if (founders.isEmpty() || founders.size() > IdentityFile.FOUNDERS_MAX) {
            return "a cluster is made of 1 to " + IdentityFile.FOUNDERS_MAX + " members, not " + founders.size();
        }
        var names = new TreeSet<String>();
        var addresses = new TreeSet<String>();
        for (var founder : founders) {
            if (!printable(founder.member())
                    || !printable(founder.host())
                    || founder.host().isBlank()) {
                return "a founder's name or host is empty or not printable";
            }
            if (!names.add(founder.member()) || !addresses.add(founder.raftAuthority())) {
                return "two founders share the name or address of " + founder;
            }
        }
        return founders.contains(core.self())
                ? null
                : "this member is " + core.self() + ", which is not among the founders " + founders;
    }

    private static boolean printable(String text) {
        return text.chars().allMatch(c -> c > ' ' && c != 0x7f);
    }
}
