package org.mesolith.raft;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.MemberAddress;

/**
 * Makes connections to other members anew when nothing comes over them although the other one can be reached.
 *
 * <p>A connection whose state was lost on the way, in a firewall that was started again for example, stays open at both
 * ends and is silent for ever. Ratis asks only every ten minutes whether the other end still lives, and sees nothing of
 * a process that was started again: so a leader would be without a follower, and who stands for election without
 * votes, for as long.
 *
 * <p>And a connection that was refused is tried again only after a second, then after two, and so on: masters that are
 * all started at one moment would wait for each other although they run. So while no leader is known, a member that
 * could not be reached is looked for all the time, and its connection is made anew as soon as it can be.
 *
 * <p>Followers have little to say to each other. Whoever stands for election may find that its connection to one that
 * was started again meanwhile is a dead one, and would have to wait for the next round, and the next. So they greet each
 * other, and a connection over which no answer comes is made anew; and when a leader was lost and there is none a moment
 * later, all connections are made anew once.
 */
final class SilentLinks {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");
    private static final Duration CONNECT_MAX = Duration.ofSeconds(1);

    private record Standstill(long match, long since) {}

    /** What is known of another member since no leader was known. */
    private enum Reach {
        ASKED,
        REFUSED,
        THERE
    }

    private final RatisNode node;
    private final MemberAddress self;
    private final Duration patience;
    private final Duration moment;
    private final AtomicBoolean looking = new AtomicBoolean();

    /** When a connection was made anew for the last time; only the housekeeping thread. */
    private final SortedMap<String, Long> tried = new TreeMap<>();

    /** Followers that have not all that this leader has, and since when they have no more; only the same thread. */
    private final SortedMap<String, Standstill> standstills = new TreeMap<>();

    /** Since when no leader is known; only the housekeeping thread. */
    private long leaderlessSince;

    private boolean leaderless;

    /** Whether one was known before; only the housekeeping thread. */
    private boolean hadLeader;

    /** Empty while a leader is known. */
    private final Map<String, Reach> reach = new ConcurrentHashMap<>();

    SilentLinks(MemberCore core) {
        this.node = core.node();
        this.self = core.self();
        // By then ordinary elections are over, and a leader that hears no majority has stepped down.
        this.patience = core.settings().elections().silenceMax().multipliedBy(2);
        // An election among members that hear each other takes a fifth of it, on a busy machine too.
        this.moment = core.settings().elections().silenceMin().multipliedBy(3).dividedBy(2);
    }

    /** Every now and then; the housekeeping thread. Does not block. */
    void look() {
        long now = System.nanoTime();
        lookForOthers();
        var due = new ArrayList<MemberAddress>();
        for (var member : silent(now)) {
            Long last = tried.get(member.member());
            if (last == null || now - last >= patience.toNanos()) {
                due.add(member);
            }
        }
        if (due.isEmpty() || !looking.compareAndSet(false, true)) {
            return;
        }
        due.forEach(member -> tried.put(member.member(), now));
        // A connection to a machine that is down takes its time.
        Thread.ofVirtual().name("raft-silent-links").start(() -> {
            try {
                due.forEach(this::makeAnew);
            } finally {
                looking.set(false);
            }
        });
    }

    private void lookForOthers() {
        if (node.division() == null || node.leader() != null) {
            reach.clear();
            return;
        }
        for (var member : others()) {
            var before = reach.get(member.member());
            if (before == null || before == Reach.REFUSED) {
                reach.put(member.member(), Reach.ASKED);
                Thread.ofVirtual().name("raft-look-for-" + member.member()).start(() -> lookFor(member, before));
            }
        }
    }

    private void lookFor(MemberAddress member, @Nullable Reach before) {
        boolean there = accepts(member);
        // Unless a leader was found meanwhile.
        boolean counts = reach.replace(member.member(), Reach.ASKED, there ? Reach.THERE : Reach.REFUSED);
        if (counts && there && before == Reach.REFUSED) {
            LOG.log(
                    System.Logger.Level.INFO,
                    member.raftAuthority() + " can be reached now: the connection to it is made anew");
            node.addresses().reconnect(member);
        }
    }

    private List<MemberAddress> others() {
        return node.members().stream()
                .filter(member -> !member.member().equals(self.member()))
                .toList();
    }

    private List<MemberAddress> silent(long now) {
        var division = node.division();
        if (division == null) {
            leaderless = false;
            return List.of();
        }
        var others = others();
        if (node.leads()) {
            hadLeader = true;
            leaderless = false;
            var heard = GroupView.heard(division);
            return others.stream()
                    .filter(member -> {
                        var follower = heard.get(member.member());
                        return follower != null
                                && (takesNothing(follower, now)
                                        || follower.silence().compareTo(patience) >= 0);
                    })
                    .toList();
        }
        standstills.clear();
        var leader = node.leader();
        if (leader != null) {
            hadLeader = true;
            leaderless = false;
            return others.stream()
                    .filter(member -> !member.member().equals(leader.member()))
                    .filter(member -> node.greetings().isSilent(member.member()))
                    .toList();
        }
        if (!leaderless) {
            leaderless = true;
            leaderlessSince = now;
        }
        var wait = hadLeader ? moment : patience;
        return now - leaderlessSince >= wait.toNanos() ? others : List.of();
    }

    /**
     * Signs of life go over a connection of their own: a follower may send them and get no entry. One that is brought a
     * snapshot is left in peace.
     */
    private boolean takesNothing(GroupView.Follower follower, long now) {
        if (follower.match() >= follower.newest() || follower.needsSnapshot()) {
            standstills.remove(follower.member());
            return false;
        }
        var before = standstills.get(follower.member());
        if (before == null || before.match() != follower.match()) {
            standstills.put(follower.member(), new Standstill(follower.match(), now));
            return false;
        }
        return now - before.since() >= patience.toNanos();
    }

    private static boolean accepts(MemberAddress member) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(member.host(), member.raftPort()), (int) CONNECT_MAX.toMillis());
            return true;
        } catch (IOException away) {
            return false;
        }
    }

    private void makeAnew(MemberAddress member) {
        if (!accepts(member)) {
            return; // It is down or cut off: then silence is no fault of the connection.
        }
        LOG.log(
                System.Logger.Level.INFO,
                "no answer came from " + member.raftAuthority() + ", or it took nothing, or no leader was found,"
                        + " although it can be reached: the connection to it is made anew");
        node.addresses().reconnect(member);
    }
}
