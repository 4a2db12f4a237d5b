package org.mesolith.leader.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.OffersClaimed;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.ReservationKey;
import org.mesolith.state.Change;
import org.mesolith.state.Outcome;
import org.mesolith.state.ReservationCommand.ExpireReservations;
import org.mesolith.state.check.ReservationChecks;
import org.mesolith.state.row.ReservationNote;

/**
 * Reservations whose time is over. That they end is decided when the command is applied; here it is only seen that
 * there is something to end, and asked for: another leader sees the same.
 */
public final class ReservationExpiry {
    /**
     * What was over when this leadership began, by its own clock, and later by more than this than the last thing that
     * those before it wrote: perhaps its clock is wrong. It waits so long, that somebody may see it.
     */
    static final Duration HESITATION = Duration.ofMinutes(10);

    private static final int AT_ONCE_MAX = 100;

    private record Due(Instant expires, ReservationKey key) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = expires.compareTo(other.expires);
            return byTime != 0 ? byTime : key.compareTo(other.key);
        }
    }

    private final Present present;

    /** The time of the leaders before, when this leadership began. */
    private final Instant knownBefore;

    private final TreeMap<ReservationKey, Instant> expiries = new TreeMap<>();
    private final TreeSet<Due> byTime = new TreeSet<>();
    private boolean underWay;

    public ReservationExpiry(Present present) {
        this.present = present;
        this.knownBefore = present.registry().time();
        present.registry().reservationNotes().forEach(this::note);
    }

    /** Time to look. */
    public List<Effect> upkeep() {
        if (underWay) {
            return List.of();
        }
        var now = now();
        var registry = present.registry();
        var effects = new ArrayList<Effect>();
        var due = new ArrayList<ReservationKey>();
        for (var one : byTime) {
            if (one.expires.isAfter(now) || due.size() == AT_ONCE_MAX) {
                break;
            }
            var note = registry.reservationNote(one.key);
            if (note != null && !isDoubtful(one.expires) && ReservationChecks.isDue(registry, note, now)) {
                due.add(one.key);
                effects.addAll(claim(one.key));
            }
        }
        if (!due.isEmpty()) {
            underWay = true;
            effects.add(Propose.upkeep("expiry of " + due.size() + " reservations", new ExpireReservations(due)));
        }
        return effects;
    }

    /** The leader's clock may be behind what the cluster has seen already: time does not go back. */
    private Instant now() {
        var seen = present.registry().time();
        return seen.isAfter(present.now()) ? seen : present.now();
    }

    private boolean isDoubtful(Instant expires) {
        return expires.isAfter(knownBefore.plus(HESITATION))
                && !expires.isAfter(present.began())
                && present.now().isBefore(present.began().plus(HESITATION));
    }

    /** Offers with what is to be given back end first. */
    private List<Effect> claim(ReservationKey key) {
        var agent = present.registry().agent(key.agent());
        if (agent == null) {
            return List.of();
        }
        var free = ReservationChecks.free(present.registry(), agent, key);
        return free.isEmpty()
                ? List.of()
                : List.of(new Raise(new OffersClaimed(key.agent(), new OfferOperation.Unreserve(null, free))));
    }

    /** Follows what is written down. */
    public List<Effect> applied(Applied applied) {
        if (applied.outcome() instanceof Outcome.Accepted(var changes, var _)) {
            for (var change : changes) {
                if (change instanceof Change.ReservationNotePut(var row)) {
                    note(row);
                } else if (change instanceof Change.ReservationNoteRemoved(var key)) {
                    note(key, null);
                }
            }
        }
        return List.of();
    }

    /** What was on its way has arrived, or not: the next look asks for what is left. */
    public List<Effect> settled() {
        underWay = false;
        return List.of();
    }

    private void note(ReservationNote row) {
        note(row.key(), row.expires());
    }

    private void note(ReservationKey key, @Nullable Instant expires) {
        var before = expires == null ? expiries.remove(key) : expiries.put(key, expires);
        if (before != null) {
            byTime.remove(new Due(before, key));
        }
        if (expires != null) {
            byTime.add(new Due(expires, key));
        }
    }
}
