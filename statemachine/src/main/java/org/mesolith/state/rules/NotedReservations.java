package org.mesolith.state.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.model.AgentId;
import org.mesolith.model.ReservationKey;
import org.mesolith.state.Change;
import org.mesolith.state.Registry;
import org.mesolith.state.check.ReservationChecks;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.ReservationNote;

/** Notes of reservations as a command leaves them. A note ends with its reservation. One command, one thread. */
final class NotedReservations {
    private final Registry before;
    private final TreeMap<ReservationKey, ReservationNote> written = new TreeMap<>();
    private int added;

    NotedReservations(Registry before) {
        this.before = before;
    }

    /** As the command has it so far. */
    @Nullable
    ReservationNote get(ReservationKey key) {
        var note = written.get(key);
        return note == null ? before.reservationNote(key) : note;
    }

    /** False when there are so many that this one cannot be kept. */
    boolean put(ReservationNote note) {
        if (get(note.key()) == null) {
            if (before.reservationNoteCount() + added >= Limits.RESERVATION_NOTES_MAX) {
                return false;
            }
            added++;
        }
        written.put(note.key(), note);
        return true;
    }

    /**
     * What is to be stored.
     *
     * @param agents those that the command changed, null for one that it took out
     */
    List<Change> changes(SortedMap<AgentId, @Nullable AgentRow> agents) {
        var changes = new ArrayList<Change>();
        agents.forEach((id, row) -> {
            for (var note : before.reservationNotes(id)) {
                if (!isThere(row, note.key())) {
                    written.remove(note.key());
                    changes.add(new Change.ReservationNoteRemoved(note.key()));
                }
            }
        });
        written.forEach((key, note) -> {
            var row = agents.containsKey(key.agent()) ? agents.get(key.agent()) : before.agent(key.agent());
            if (isThere(row, key) && !note.equals(before.reservationNote(key))) {
                changes.add(new Change.ReservationNotePut(note));
            }
        });
        return changes;
    }

    private static boolean isThere(@Nullable AgentRow row, ReservationKey key) {
        return row != null && ReservationChecks.isThere(row.total(), key);
    }
}
