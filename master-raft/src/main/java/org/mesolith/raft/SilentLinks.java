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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * all started at one moment would wait for each other although they run, and a leader for a follower that was started
 * again, while another one is cut off. So a member of whom nothing is heard and that could not be reached is looked for
 * all the time, and its connection is made anew as soon as it can be.
 *
 * <p>Followers have little to say to each other. Whoever stands for election may find that its connection to one that
 * was started again meanwhile is a dead one, and would have to wait for the next round, and the next. So they greet
 * each other, and a connection over which no answer comes is made anew; and when a leader was lost and there is none a
 * moment later, all connections are made anew once.
 */
final class SilentLinks {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");
    private static final Duration CONNECT_MAX = Duration.ofSeconds(1);

    /** One that can be reached and says nothing is looked at so often whether it still can. */
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * A member to whom the connection may be dead.
     *
     * @param patience so long it is left alone after its connection was made anew
     * @param why for people
     */
    private record Suspect(MemberAddress member, Duration patience, String why) {}

    private record Standstill(long match, long since) {}

    /** What is known of another member since nothing was heard of it. */
    private enum Reach {
        ASKED,
        REFUSED,
        THERE
    }

    private record Look(Reach reach, long at) {}

    private final RatisNode node;
    private final MemberAddress self;
    private final Duration silenceMin;
    private final Duration silenceMax;
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

    /** Of those of whom nothing is heard. */
    private final Map<String, Look> reach = new ConcurrentHashMap<>();

    SilentLinks(MemberCore core) {
        this.node = core.node();
        this.self = core.self();
        this.silenceMin = core.settings().elections().silenceMin();
        this.silenceMax = core.settings().elections().silenceMax();
        // By then ordinary elections are over.
        this.patience = silenceMax.multipliedBy(2);
        // An election among members that hear each other takes a fifth of it, on a busy machine too.
        this.moment = silenceMin.multipliedBy(3).dividedBy(2);
    }

    /** Every now and then; the housekeeping thread. Does not block. */
    void look() {
        long now = System.nanoTime();
        lookForOthers(now);
        var due = new ArrayList<Suspect>();
        for (var suspect : suspects(now)) {
            Long last = tried.get(suspect.member.member());
            if (last == null || now - last >= suspect.patience.toNanos()) {
                due.add(suspect);
            }
        }
        if (due.isEmpty() || !looking.compareAndSet(false, true)) {
            return;
        }
        due.forEach(suspect -> tried.put(suspect.member.member(), now));
        // A connection to a machine that is down takes its time.
        Thread.ofVirtual().name("raft-silent-links").start(() -> {
            try {
                due.forEach(this::makeAnew);
            } finally {
                looking.set(false);
            }
        });
    }

    private void lookForOthers(long now) {
        var wanted = unheard();
        reach.keySet().retainAll(wanted.stream().map(MemberAddress::member).toList());
        for (var member : wanted) {
            var before = reach.get(member.member());
            boolean due = before == null
                    || before.reach == Reach.REFUSED
                    || (before.reach == Reach.THERE && now - before.at >= AGAIN_NANOS);
            if (due) {
                var asked = new Look(Reach.ASKED, now);
                reach.put(member.member(), asked);
                boolean wasAway = before != null && before.reach == Reach.REFUSED;
                Thread.ofVirtual()
                        .name("raft-look-for-" + member.member())
                        .start(() -> lookFor(member, asked, wasAway));
            }
        }
    }

    /** Whose connection may be one that was refused a while ago: Ratis tries it again when it likes. */
    private List<MemberAddress> unheard() {
        var division = node.division();
        if (division == null) {
            return List.of();
        }
        if (node.leads()) {
            var heard = GroupView.heard(division);
            return others().stream()
                    .filter(member -> {
                        var follower = heard.get(member.member());
                        return follower != null && follower.silence().compareTo(silenceMin) >= 0;
                    })
                    .toList();
        }
        var leader = node.leader();
        return leader == null
                ? others()
                : others().stream()
                        .filter(member -> isUngreeted(member, leader))
                        .toList();
    }

    private boolean isUngreeted(MemberAddress member, MemberAddress leader) {
        return !member.member().equals(leader.member()) && node.greetings().isSilent(member.member());
    }

    private void lookFor(MemberAddress member, Look asked, boolean wasAway) {
        boolean there = accepts(member);
        var found = new Look(there ? Reach.THERE : Reach.REFUSED, System.nanoTime());
        // Unless it was heard meanwhile.
        boolean counts = reach.replace(member.member(), asked, found);
        if (counts && there && wasAway) {
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

    private List<Suspect> suspects(long now) {
        var division = node.division();
        if (division == null) {
            leaderless = false;
            return List.of();
        }
        if (node.leads()) {
            hadLeader = true;
            leaderless = false;
            return suspectsOfLeader(GroupView.heard(division), now);
        }
        standstills.clear();
        var leader = node.leader();
        if (leader != null) {
            hadLeader = true;
            leaderless = false;
            return others().stream()
                    .filter(member -> isUngreeted(member, leader))
                    .map(member -> new Suspect(member, silenceMax, "it did not answer a greeting"))
                    .toList();
        }
        if (!leaderless) {
            leaderless = true;
            leaderlessSince = now;
        }
        var wait = hadLeader ? moment : patience;
        return now - leaderlessSince < wait.toNanos()
                ? List.of()
                : others().stream()
                        .map(member -> new Suspect(member, patience, "no leader was found"))
                        .toList();
    }

    private List<Suspect> suspectsOfLeader(SortedMap<String, GroupView.Follower> heard, long now) {
        var suspects = new ArrayList<Suspect>();
        for (var member : others()) {
            var follower = heard.get(member.member());
            if (follower == null) {
                continue;
            }
            boolean takesNothing = takesNothing(follower, now);
            if (follower.silence().compareTo(silenceMax) >= 0) {
                suspects.add(new Suspect(
                        member,
                        patience,
                        "nothing was heard of it for " + follower.silence().toMillis() + " ms"));
            } else if (takesNothing) {
                suspects.add(new Suspect(member, patience, "it took nothing for " + silenceMax.toMillis() + " ms"));
            }
        }
        return suspects;
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
        return now - before.since() >= silenceMax.toNanos();
    }

    private static boolean accepts(MemberAddress member) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(member.host(), member.raftPort()), (int) CONNECT_MAX.toMillis());
            return true;
        } catch (IOException away) {
            return false;
        }
    }

    private void makeAnew(Suspect suspect) {
        if (!accepts(suspect.member)) {
            return; // It is down or cut off: then silence is no fault of the connection.
        }
        LOG.log(
                System.Logger.Level.INFO,
                suspect.member.raftAuthority() + " can be reached, and " + suspect.why
                        + ": the connection to it is made anew");
        node.addresses().reconnect(suspect.member);
    }
}
