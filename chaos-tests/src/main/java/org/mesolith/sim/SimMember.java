package org.mesolith.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.log.Barrier;
import org.mesolith.log.CommandLog;
import org.mesolith.log.LogListener;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.model.Position;
import org.mesolith.sim.calm.SimDetails;
import org.mesolith.sim.plan.Dice;
import org.mesolith.sim.plan.Moment;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Registry;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.rules.StateMachine;

/** One member of the simulated group: its registry, and the log as its own process sees it. */
final class SimMember implements CommandLog {
    /** How long a leader that was cut off does not know that it was replaced. */
    private static final Duration DELUSION_MAX = Duration.ofSeconds(3);

    /** A member that is so many commands behind may be given a snapshot. */
    private static final int SNAPSHOT_LAG = 60;

    /** No consensus holds on longer to what was on its way. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(20);

    /** Until what was on its way during an earlier lead is in the log. */
    private static final Duration LATE_MAX = Duration.ofMillis(50);

    /** Until a proposal is in the leader's log. */
    private static final Duration APPEND_MAX = Duration.ofNanos(300_000);

    private final SimGroup group;
    private final SimClock clock;
    private final Dice dice;
    private final MemberAddress address;
    private final Invariants invariants;
    private final SimDetails details = new SimDetails();
    private final TreeMap<Integer, CompletableFuture<Proposed>> waiting = new TreeMap<>();
    private final TreeMap<Position, Integer> ticketByPlace = new TreeMap<>();

    /** Proposals on their way to the log, and those that were there when the lead was lost. */
    private final TreeMap<Integer, Proposal> unsent = new TreeMap<>();

    private final List<Proposal> late = new ArrayList<>();
    private Instant lateUntil = SimClock.START;
    private final SimReaders readers = new SimReaders();
    private Registry registry = Registry.EMPTY;
    private int applied;
    private int lastTicket;
    private final SimProcess process;
    private int cuts;
    private boolean applying;
    private Duration slow = Duration.ZERO;
    private Instant lastAppend = SimClock.START;
    private long believedTerm = -1;
    private int readyAfter;
    private boolean ready;
    private @Nullable LogListener listener;
    private @Nullable MemberAddress knownLeader;
    private int knows = FeatureLevel.NEWEST.number();

    SimMember(SimGroup group, SimClock clock, Dice dice, MemberAddress address, Invariants invariants) {
        this.group = group;
        this.clock = clock;
        this.dice = dice;
        this.address = address;
        this.invariants = invariants;
        this.process = new SimProcess(clock);
    }

    SimProcess process() {
        return process;
    }

    MemberAddress address() {
        return address;
    }

    /** As on its disk. */
    Registry registry() {
        return registry;
    }

    /** Its disk is lost, while it is dead: another, empty one takes its place. */
    void wipe() {
        Check.that(!process.isAlive(), "the disk of a dead member");
        registry = Registry.EMPTY;
        applied = 0;
        details.clear();
    }

    /** As on its disk. */
    SimDetails details() {
        return details;
    }

    /** Its software knows levels up to this one from its next start on. */
    void install(int level) {
        knows = level;
    }

    /** Commands it applied. */
    int applied() {
        return applied;
    }

    /** True while the other members hear it. */
    boolean isReachable() {
        return process.isAlive() && !process.isStopped() && cuts == 0;
    }

    /** True while it leads by the rules of Raft and has told so. */
    boolean isReady() {
        return ready && this.equals(group.leader());
    }

    /** The term it believes to lead, -1 when it does not. */
    long believedTerm() {
        return believedTerm;
    }

    /** Its process, just started, listens. */
    void start(LogListener hears) {
        applying = false;
        listener = hears;
        knownLeader = null;
        entriesWait();
        var leader = group.leader();
        if (leader != null && cuts == 0) {
            leaderKnown(leader);
        }
    }

    /** Ends the process at once; what was applied is on its disk. */
    void kill() {
        process.die();
        listener = null;
        forgetLeading();
        waiting.clear();
        ticketByPlace.clear();
        readers.clear();
        unsent.clear();
        late.clear();
        if (this.equals(group.leader())) {
            group.leaderIsGone();
        }
    }

    /** Cuts the member off from the others; a leader goes on believing for a while. */
    void cut() {
        cuts++;
        if (this.equals(group.leader())) {
            long term = believedTerm;
            group.leaderIsGone();
            process.after(dice.between(Duration.ofMillis(500), DELUSION_MAX), () -> stepDown(term));
        }
    }

    /** Stops the process; the others do without it. */
    void pause() {
        process.stop();
        if (this.equals(group.leader())) {
            group.leaderIsGone();
        }
    }

    /** The process goes on where it was; that it was replaced it learns a little later. */
    void wake() {
        cuts++;
        long term = believedTerm;
        process.wake();
        process.after(dice.between(Duration.ofMillis(500), DELUSION_MAX), () -> stepDown(term));
        clock.after(dice.between(Duration.ZERO, Duration.ofMillis(40)), this::heal);
    }

    /** Its disk takes up to this time more for each write. */
    void setSlow(Duration max) {
        slow = max;
    }

    /** What its disk takes more now. */
    Duration diskDelay() {
        return slow.isZero() ? slow : dice.between(Duration.ZERO, slow);
    }

    /** Gives the lead away, as an operator asks. */
    void handOver() {
        if (this.equals(group.leader())) {
            group.leaderIsGone();
            loseLead();
        }
    }

    void heal() {
        if (--cuts > 0) {
            return;
        }
        stepDown(believedTerm);
        entriesWait();
        var leader = group.leader();
        if (leader != null && process.isAlive()) {
            leaderKnown(leader);
        }
    }

    private void stepDown(long term) {
        boolean deluded = process.isAlive() && believedTerm == term && term >= 0 && !this.equals(group.leader());
        if (deluded) {
            loseLead();
        }
    }

    private void loseLead() {
        forgetLeading();
        var hears = listener;
        if (hears != null) {
            hears.onStepDown();
        }
        failWaiting("the leadership ended");
        if (dice.oneIn(2)) {
            late.addAll(unsent.values());
            lateUntil = clock.now().plus(FORGOTTEN);
        }
        unsent.clear();
    }

    private void forgetLeading() {
        believedTerm = -1;
        ready = false;
    }

    private void failWaiting(String why) {
        var left = List.copyOf(waiting.values());
        waiting.clear();
        ticketByPlace.clear();
        left.forEach(future -> future.complete(new Proposed.Unknown(why)));
        readers.fail(why);
    }

    void elected(long term, int entries) {
        if (believedTerm >= 0) {
            loseLead();
        }
        believedTerm = term;
        readyAfter = entries;
        ready = false;
        entriesWait();
        tellReady();
        appendLate(term);
    }

    /** What was on its way to the log when an earlier lead was lost may come there now: it must have no effect. */
    private void appendLate(long term) {
        var left = clock.now().isAfter(lateUntil) ? List.<Proposal>of() : List.copyOf(late);
        late.clear();
        for (var proposal : left) {
            process.after(dice.between(Duration.ZERO, LATE_MAX), () -> {
                if (believedTerm == term && group.term() == term && this.equals(group.leader())) {
                    group.append(this, proposal, ++lastTicket);
                    late(proposal);
                }
            });
        }
    }

    private void late(Proposal proposal) {
        invariants.deeds().done("a command comes into the log a term too late");
        Check.that(proposal.envelope().proposingTerm() < believedTerm, "it is of an earlier term");
    }

    /** Another member, this one or nobody (null) is known to lead. */
    void leaderKnown(@Nullable SimMember leader) {
        knownLeader = leader == null ? null : leader.address();
        if (!this.equals(leader) && believedTerm >= 0) {
            loseLead();
        }
        var hears = listener;
        if (hears != null) {
            hears.onLeaderKnown(knownLeader);
        }
    }

    private void tellReady() {
        var hears = listener;
        if (believedTerm >= 0 && !ready && applied >= readyAfter && hears != null && this.equals(group.leader())) {
            ready = true;
            hears.onLeaderReady(believedTerm, registry);
        }
    }

    /** Its process has told somebody something. */
    void sent() {
        group.passed(this, Moment.SENT);
    }

    @Override
    public CompletableFuture<Proposed> propose(Proposal proposal) {
        if (believedTerm < 0) {
            return CompletableFuture.completedFuture(new Proposed.NotLeader(knownLeader));
        }
        var future = new CompletableFuture<Proposed>();
        int ticket = ++lastTicket;
        waiting.put(ticket, future);
        unsent.put(ticket, proposal);
        appendSoon(proposal, ticket, believedTerm);
        group.passed(this, Moment.PROPOSED);
        return future;
    }

    /** In order. A leader that was replaced and does not know it gets no answer before it learns. */
    private void appendSoon(Proposal proposal, int ticket, long term) {
        var now = clock.now();
        var at = now.plus(dice.between(Duration.ZERO, APPEND_MAX));
        lastAppend = at.isBefore(lastAppend) ? lastAppend : at;
        process.after(Duration.between(now, lastAppend), () -> {
            if (believedTerm == term && group.term() == term && this.equals(group.leader())) {
                unsent.remove(ticket);
                group.append(this, proposal, ticket);
            }
        });
    }

    @Override
    public CompletableFuture<Barrier> barrier() {
        if (believedTerm < 0) {
            return CompletableFuture.completedFuture(new Barrier.NotLeader(knownLeader));
        }
        var reader = readers.add(group.log().size());
        long term = believedTerm;
        process.after(APPEND_MAX, () -> {
            // One that was replaced hears so from the others, and its readers get no answer before it learns.
            if (believedTerm == term && group.term() == term && this.equals(group.leader())) {
                readers.confirm(reader);
                readers.tell(applied, registry.at().index());
            }
        });
        return reader.answer();
    }

    @Override
    public int waiting() {
        return waiting.size();
    }

    /** The group has given a proposal of this process its place. */
    void decidedAt(int ticket, Position at) {
        if (waiting.containsKey(ticket)) {
            ticketByPlace.put(at, ticket);
        }
    }

    /** There may be entries to apply. */
    void entriesWait() {
        if (process.isAlive() && cuts == 0 && !applying && applied < group.log().size()) {
            applying = true;
            var takes = dice.between(Duration.ZERO, Duration.ofNanos(400_000)).plus(diskDelay());
            process.after(takes, () -> {
                applying = false;
                if (cuts == 0 && applied < group.log().size()) {
                    next();
                }
                entriesWait();
            });
        }
    }

    private void next() {
        boolean mayBeGiven = believedTerm < 0 && group.log().size() - applied > SNAPSHOT_LAG && dice.oneIn(4);
        var giver = mayBeGiven ? group.leader() : null;
        if (giver != null && giver.applied > applied) {
            replaceBy(giver);
        } else {
            apply(group.log().get(applied));
        }
    }

    private void replaceBy(SimMember giver) {
        registry = giver.registry;
        applied = giver.applied;
        details.replaceBy(giver.details);
        var hears = listener;
        if (hears != null) {
            hears.onReplaced(registry);
        }
    }

    private void apply(LogEntry entry) {
        Check.that(
                !(entry.command() instanceof SystemCommand.RaiseFeatureLevel raise) || raise.level() <= knows,
                "a member meets a level that its software does not know");
        var step = StateMachine.step(registry, entry);
        var outcome = step.outcome();
        registry = step.after();
        details.write(step.changes());
        applied++;
        invariants.applied(address.member(), applied, entry, outcome, registry);
        var hears = listener;
        if (hears != null) {
            hears.onApplied(entry, outcome, registry);
        }
        var ticket = ticketByPlace.remove(entry.at());
        var future = ticket == null ? null : waiting.remove(ticket);
        if (future != null) {
            future.complete(new Proposed.Decided(entry.at(), outcome));
        }
        group.passed(this, Moment.APPLIED);
        tellReady();
        readers.tell(applied, registry.at().index());
    }
}
