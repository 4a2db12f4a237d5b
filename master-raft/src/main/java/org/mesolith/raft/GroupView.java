package org.mesolith.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberStatus;
import org.mesolith.log.MemberStatus.Role;
import org.mesolith.log.Snapshots;

/** What this member knows of the group, from Ratis' memory. Any thread. */
final class GroupView {
    private GroupView() {}

    /** Of a member that takes part in no group, or not yet. */
    static ClusterStatus alone(MemberAddress self, Role role) {
        var status = new MemberStatus(self, role, -1, -1, -1, null, null);
        return new ClusterStatus(self, 0, false, null, List.of(status), null);
    }

    static ClusterStatus status(MemberCore core, RaftServer.Division division, Snapshots.@Nullable Taken lastSnapshot) {
        var self = core.self();
        var node = core.node();
        var lags = core.lags();
        var leader = node.leader();
        var members = new ArrayList<MemberStatus>();
        var heard = heard(division);
        var commits = commits(division);
        for (var member : node.members()) {
            members.add(
                    member.member().equals(self.member())
                            ? own(member, division)
                            : other(member, leader, heard.get(member.member()), commits.get(member.member()), lags));
        }
        if (members.stream().noneMatch(member -> member.address().member().equals(self.member()))) {
            members.add(standby(self, division));
        }
        boolean ready = core.leading().term() != 0;
        return new ClusterStatus(self, node.term(), ready, leader, members, lastSnapshot);
    }

    private static MemberStatus own(MemberAddress self, RaftServer.Division division) {
        var info = division.getInfo();
        long commit = division.getRaftLog().getLastCommittedIndex();
        long applied = info.getLastAppliedIndex();
        return new MemberStatus(self, role(info.getCurrentRole()), commit, applied, lag(commit, applied), null, null);
    }

    private static MemberStatus standby(MemberAddress self, RaftServer.Division division) {
        var seen = own(self, division);
        return new MemberStatus(self, Role.STANDBY, seen.commitIndex(), seen.appliedIndex(), seen.lag(), null, null);
    }

    private static MemberStatus other(
            MemberAddress member,
            @Nullable MemberAddress leader,
            @Nullable Follower heard,
            @Nullable Long commit,
            LagClock lags) {
        long committed = commit == null ? -1 : commit;
        if (heard == null) {
            boolean leads = leader != null && leader.member().equals(member.member());
            return new MemberStatus(member, leads ? Role.LEADER : Role.UNKNOWN, committed, -1, -1, null, null);
        }
        return new MemberStatus(
                member,
                Role.FOLLOWER,
                committed,
                heard.match,
                lag(heard.newest, heard.match),
                heard.match < 0 ? null : lags.behind(heard.match),
                heard.silence);
    }

    private static long lag(long newest, long reached) {
        return reached < 0 ? -1 : Math.max(0, newest - reached);
    }

    private static Role role(RaftPeerRole role) {
        return switch (role) {
            case LEADER -> Role.LEADER;
            case FOLLOWER -> Role.FOLLOWER;
            case CANDIDATE -> Role.CANDIDATE;
            case LISTENER -> Role.LISTENER;
            default -> Role.UNKNOWN;
        };
    }

    /**
     * A follower as the leader sees it.
     *
     * @param match up to here it has the leader's log, as it said; -1 when it has said nothing
     * @param newest of the leader's log
     * @param needsSnapshot what it gets next is in the leader's log no more
     */
    record Follower(String member, long match, long newest, boolean needsSnapshot, Duration silence) {}

    /** The followers by member; empty unless this member leads. */
    static SortedMap<String, Follower> heard(RaftServer.Division division) {
        var followers = new TreeMap<String, Follower>();
        var info = division.getInfo();
        long[] match = info.getFollowerMatchIndices();
        long[] next = info.getFollowerNextIndices();
        var infos = info.getRoleInfoProto().getLeaderInfo().getFollowerInfoList();
        // Both come from the same list, but not in one step: a membership change may lie between.
        if (match == null || next == null || match.length != infos.size() || next.length != match.length) {
            return followers;
        }
        long newest = division.getRaftLog().getNextIndex() - 1;
        long oldest = division.getRaftLog().getStartIndex();
        for (int place = 0; place < match.length; place++) {
            var follower = infos.get(place);
            var member = RaftPeerId.valueOf(follower.getId().getId()).toString();
            var silence = Duration.ofMillis(follower.getLastRpcElapsedTimeMs());
            followers.put(member, new Follower(member, match[place], newest, next[place] < oldest, silence));
        }
        return followers;
    }

    private static SortedMap<String, Long> commits(RaftServer.Division division) {
        var commits = new TreeMap<String, Long>();
        for (var commit : division.getCommitInfos()) {
            commits.put(RaftPeerId.valueOf(commit.getServer().getId()).toString(), commit.getCommitIndex());
        }
        return commits;
    }

    /** The snapshots of this member, the newest first. */
    static List<Snapshots.Taken> snapshots(SnapshotStore store) throws IOException {
        var taken = new ArrayList<Snapshots.Taken>();
        for (var found : store.list()) {
            var one = takenIfThere(found);
            if (one != null) {
                taken.add(one);
            }
        }
        return taken;
    }

    /** Null for an old one that was taken away between the two looks. */
    private static Snapshots.@Nullable Taken takenIfThere(SnapshotStore.Found found) throws IOException {
        try {
            return taken(found);
        } catch (NoSuchFileException removed) {
            return null;
        }
    }

    static Snapshots.Taken taken(SnapshotStore.Found found) throws IOException {
        return new Snapshots.Taken(
                found.at().getTerm(),
                found.at().getIndex(),
                Files.getLastModifiedTime(found.directory()).toInstant(),
                DurableFiles.bytesIn(found.directory()));
    }
}
