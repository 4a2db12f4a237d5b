package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.log.Proposal;
import org.mesolith.model.Position;
import org.mesolith.sim.plan.Dice;
import org.mesolith.sim.plan.Moment;
import org.mesolith.state.Actor;
import org.mesolith.state.Envelope;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Origin;
import org.mesolith.state.Registry;
import org.mesolith.state.SystemCommand;

/**
 * The group of masters as consensus sees it: one log that is never taken back, at most one leader a term.
 *
 * <p>What it takes from Raft: an entry is decided once it is on a majority; a new leader has every decided entry;
 * entries of a leader that died may or may not be decided by its successor, in order, and keep their term. An old
 * leader that is cut off does not know for a while that it was replaced.
 */
final class SimGroup {
    private static final Duration COMMIT_MIN = Duration.ofNanos(200_000);
    private static final Duration COMMIT_MAX = Duration.ofMillis(3);
    private static final Duration ELECTION_MIN = Duration.ofMillis(150);
    private static final Duration ELECTION_MAX = Duration.ofMillis(1_200);
    private static final int COMMANDS_PER_ENTRY_MAX = 64;

    private final SimClock clock;
    private final Dice dice;
    private final Trace trace;
    private final List<SimMember> members = new ArrayList<>();
    private final List<LogEntry> log = new ArrayList<>();
    private final List<Batch> underWay = new ArrayList<>();
    private long term;
    private long lastIndex;
    private @Nullable SimMember leader;
    private long electionNumber;
    private Consumer<Moment> watcher = moment -> {};
    private @Nullable Boolean fate;

    /** Commands that share one entry. */
    static final class Batch {
        private final SimMember from;
        private final long term;
        private final List<Proposal> proposals = new ArrayList<>();
        private final List<Integer> tickets = new ArrayList<>();

        Batch(SimMember from, long term) {
            this.from = from;
            this.term = term;
        }
    }

    SimGroup(SimClock clock, Dice dice, Trace trace) {
        this.clock = clock;
        this.dice = dice;
        this.trace = trace;
    }

    /** Makes the cluster: its first entry. */
    void bootstrap(String clusterId, int level) {
        Check.that(log.isEmpty(), "a cluster is made once");
        var envelope = new Envelope(Actor.SYSTEM, Origin.CONSOLE, null, clock.now(), 0);
        log.add(new LogEntry(
                new Position(lastIndex, 0),
                0,
                envelope,
                new SystemCommand.InitCluster(clusterId, 1, dice.number(), level)));
    }

    /** Somebody wants to know of every step of a command's way through the leader. */
    void watch(Consumer<Moment> then) {
        watcher = then;
    }

    /** From now on, what a leader that goes has under way is kept (true) or lost, and not by chance. */
    void decideFate(boolean kept) {
        fate = kept;
    }

    /** A command has come so far at this member. */
    void passed(SimMember where, Moment moment) {
        if (where.equals(leader)) {
            watcher.accept(moment);
        }
    }

    void add(SimMember member) {
        members.add(member);
    }

    List<SimMember> members() {
        return List.copyOf(members);
    }

    /** The registry of the member that applied most. */
    Registry newest() {
        return members.stream()
                .max(Comparator.comparingInt(SimMember::applied))
                .map(SimMember::registry)
                .orElse(Registry.EMPTY);
    }

    /** The decided entries. */
    List<LogEntry> log() {
        return log;
    }

    long term() {
        return term;
    }

    /** The member that leads by the rules of Raft, ready or not; null between terms. */
    @Nullable
    SimMember leader() {
        return leader;
    }

    /** Appends to the present leader's open entry. */
    void append(SimMember from, Proposal proposal, int ticket) {
        Check.that(from.equals(leader), "only the leader appends");
        var open = underWay.isEmpty() ? null : underWay.getLast();
        if (open == null || open.proposals.size() >= COMMANDS_PER_ENTRY_MAX || dice.oneIn(3)) {
            var batch = new Batch(from, term);
            open = batch;
            underWay.add(batch);
            var takes = dice.between(COMMIT_MIN, COMMIT_MAX).plus(from.diskDelay());
            clock.after(takes, () -> decide(batch));
        }
        open.proposals.add(proposal);
        open.tickets.add(ticket);
        passed(from, Moment.APPENDED);
    }

    private void decide(Batch batch) {
        if (!underWay.contains(batch) || !batch.from.equals(leader)) {
            return; // Its leader is gone; the next election dealt with it.
        }
        while (!underWay.isEmpty()) {
            var first = underWay.removeFirst();
            write(first);
            if (first.equals(batch)) {
                passed(batch.from, Moment.COMMITTED);
                return;
            }
        }
    }

    private void write(Batch batch) {
        lastIndex++;
        for (int i = 0; i < batch.proposals.size(); i++) {
            var proposal = batch.proposals.get(i);
            var at = new Position(lastIndex, i);
            log.add(new LogEntry(at, batch.term, proposal.envelope(), proposal.command()));
            batch.from.decidedAt(batch.tickets.get(i), at);
        }
        members.forEach(SimMember::entriesWait);
    }

    /** The leader died, was cut off or hands over: what it had under way is decided or lost, and another is elected. */
    void leaderIsGone() {
        boolean lost = false;
        int kept = 0;
        for (var batch : List.copyOf(underWay)) {
            lost = lost || (fate == null ? dice.oneIn(2) : !fate);
            if (!lost) {
                write(batch);
                kept++;
            }
        }
        trace.note("group: leader of term", term, "is gone;", kept, "of", underWay.size(), "entries under way kept");
        underWay.clear();
        leader = null;
        clock.after(dice.between(Duration.ZERO, ELECTION_MIN), () -> {
            if (leader == null) {
                members.stream().filter(SimMember::isReachable).forEach(member -> member.leaderKnown(null));
            }
        });
        elect();
    }

    /** Elects a leader as soon as a majority is there. */
    void elect() {
        long number = ++electionNumber;
        clock.after(dice.between(ELECTION_MIN, ELECTION_MAX), () -> {
            if (number == electionNumber && leader == null) {
                finishElection();
            }
        });
    }

    private void finishElection() {
        var voters = members.stream().filter(SimMember::isReachable).toList();
        if (voters.size() * 2 <= members.size()) {
            elect();
            return;
        }
        var elected = dice.oneOf(voters);
        term++;
        leader = elected;
        lastIndex++; // The leader's own first entry of the term has no command.
        trace.note("group:", elected.address().member(), "leads term", term);
        elected.elected(term, log.size());
        voters.forEach(member -> member.leaderKnown(elected));
    }
}
