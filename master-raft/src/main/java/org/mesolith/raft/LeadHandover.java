package org.mesolith.raft;

import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.ClusterControl;
import org.mesolith.log.MemberAddress;

/**
 * Hands the lead to another member: one at a time, and only to one that is there and nearly up to date, because writes
 * wait as long as it takes.
 */
final class LeadHandover {
    /**
     * Longest a handover may take. It takes a tenth of a second; a machine without time to spare needs seconds, and
     * writes wait that long should the successor die at this very moment.
     */
    static final Duration MAX = Duration.ofSeconds(10);

    /** The same for a process that is about to end: who has it stopped waits. */
    static final Duration LAST_MAX = Duration.ofSeconds(4);

    /** A follower that has not answered for longer is not asked to lead. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(1);

    /** Entries a successor may lack: it gets them before it stands. */
    private static final long LAG_MAX = 5_000;

    /** How often it is looked for a successor while there is none. */
    private static final Duration LOOK = Duration.ofMillis(20);

    /** Longest that entries on their way are waited for before the lead is handed over all the same. */
    private static final Duration STILL_MAX = Duration.ofSeconds(1);

    private static final Duration STILL_LOOK = Duration.ofMillis(1);

    private final MemberCore core;
    private final AtomicBoolean underWay = new AtomicBoolean();

    LeadHandover(MemberCore core) {
        this.core = core;
    }

    /** Any thread; does not block. Half of the time a member may take to come in reach and up to date. */
    CompletableFuture<ClusterControl.Handover> to(@Nullable MemberAddress target, Duration deadline) {
        var done = new CompletableFuture<ClusterControl.Handover>();
        var bound = deadline.compareTo(MAX) < 0 ? deadline : MAX;
        long lookUntil = System.nanoTime() + bound.toNanos() / 2;
        core.housekeeping().run(() -> begin(target, bound, lookUntil, done));
        return done;
    }

    private void begin(
            @Nullable MemberAddress target,
            Duration bound,
            long lookUntil,
            CompletableFuture<ClusterControl.Handover> done) {
        var node = core.node();
        if (!node.leads()) {
            done.complete(new ClusterControl.Handover.NotLeader(core.leading().other()));
            return;
        }
        var successor = successor(target);
        if (successor == null && node.members().size() > 1 && System.nanoTime() - lookUntil < 0) {
            core.housekeeping().runAfter(LOOK, () -> begin(target, bound, lookUntil, done));
            return;
        }
        if (successor == null) {
            done.complete(new ClusterControl.Handover.Failed(
                    (target == null ? "no other member" : "member " + target.member())
                            + " is in reach and up to date; wait until one is"));
            return;
        }
        if (!underWay.compareAndSet(false, true)) {
            done.complete(new ClusterControl.Handover.Failed("another handover is under way"));
            return;
        }
        // One that has just died was heard a moment ago; writes would wait for it until the bound.
        Thread.ofVirtual().name("raft-handover").start(() -> {
            boolean there = VoterChanges.unreachable(successor) == null;
            core.housekeeping().run(() -> {
                if (there) {
                    core.log().hold(true);
                    transferWhenStill(successor, bound, System.nanoTime() + STILL_MAX.toNanos(), done);
                } else {
                    underWay.set(false);
                    core.housekeeping().runAfter(LOOK, () -> begin(target, bound, lookUntil, done));
                }
            });
        });
    }

    /** What is on its way gets decided here first: its callers would be told that its outcome is unknown. */
    private void transferWhenStill(
            MemberAddress successor, Duration bound, long until, CompletableFuture<ClusterControl.Handover> done) {
        if (core.log().isStill() || System.nanoTime() - until >= 0) {
            transfer(successor, bound, done);
        } else {
            core.housekeeping().runAfter(STILL_LOOK, () -> transferWhenStill(successor, bound, until, done));
        }
    }

    private void transfer(MemberAddress successor, Duration bound, CompletableFuture<ClusterControl.Handover> done) {
        var _ = core.node()
                .transfer(successor, bound)
                .orTimeout(bound.toMillis() + 500, TimeUnit.MILLISECONDS)
                .whenComplete((reply, failure) -> core.housekeeping().run(() -> {
                    underWay.set(false);
                    core.log().hold(false);
                    boolean handed = reply != null && reply.isSuccess();
                    done.complete(
                            handed
                                    ? new ClusterControl.Handover.Done()
                                    : new ClusterControl.Handover.Failed("member " + successor.member()
                                            + " did not take the lead: "
                                            + (reply == null ? failure : reply.getException())));
                }));
    }

    private @Nullable MemberAddress successor(@Nullable MemberAddress target) {
        var division = core.node().division();
        if (division == null) {
            return null;
        }
        var best = GroupView.heard(division).values().stream()
                .filter(follower -> target == null || follower.member().equals(target.member()))
                .filter(follower -> follower.silence().compareTo(SILENCE_MAX) < 0)
                .filter(follower -> follower.newest() - follower.match() <= LAG_MAX)
                .max(Comparator.comparingLong(GroupView.Follower::match)
                        .thenComparing(
                                Comparator.comparing(GroupView.Follower::member).reversed()));
        return best.flatMap(follower -> core.node().members().stream()
                        .filter(member -> member.member().equals(follower.member()))
                        .findFirst())
                .orElse(null);
    }
}
