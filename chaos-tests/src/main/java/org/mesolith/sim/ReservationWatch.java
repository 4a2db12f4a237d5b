package org.mesolith.sim;

import java.util.List;
import org.mesolith.model.ReservationKey;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.Registry;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.check.ReservationChecks;
import org.mesolith.state.row.AgentRow;

/**
 * What must hold of what is written down of reservations: it lives exactly as long as they do, and an expiry takes
 * nothing away before its time, and never a volume or what a task uses.
 */
final class ReservationWatch {
    private ReservationWatch() {}

    static void changed(Registry before, Command command, List<Change> changes, Registry after) {
        for (var change : changes) {
            switch (change) {
                case Change.ReservationNotePut(var note) ->
                    Must.hold(isThere(after, note.key()), () -> "a note of what is not reserved: " + note);
                case Change.ReservationNoteRemoved(var key) ->
                    Must.hold(!isThere(after, key), () -> "a reservation lost its note: " + key);
                case Change.AgentPut(var agent) -> {
                    for (var note : after.reservationNotes(agent.id())) {
                        Must.hold(isThere(after, note.key()), () -> "a note outlived its reservation: " + note);
                    }
                    if (command instanceof ReservationCommand.ExpireReservations) {
                        keptWhatIsUsed(before, agent, after);
                    }
                }
                case Change.AgentRemoved(var agent) ->
                    Must.hold(
                            after.reservationNotes(agent).isEmpty(),
                            () -> "notes outlived their agent: " + after.reservationNotes(agent));
                default -> {}
            }
        }
    }

    private static boolean isThere(Registry registry, ReservationKey key) {
        var row = registry.agent(key.agent());
        return row != null && ReservationChecks.isThere(row.total(), key);
    }

    private static void keptWhatIsUsed(Registry before, AgentRow agent, Registry after) {
        var known = before.agent(agent.id());
        var given = known == null ? agent.reserved() : known.reserved().without(agent.reserved());
        Must.hold(given.persistentVolumes().isEmpty(), () -> "an expiry took volumes: " + given);
        Must.hold(
                agent.total()
                                .contains(before.allocated(agent.id())
                                        .unallocated()
                                        .nonShared())
                        || (known != null
                                && !known.total()
                                        .contains(before.allocated(agent.id())
                                                .unallocated()
                                                .nonShared())),
                () -> "an expiry took what tasks use: " + given + " of " + known);
        for (var entry : given) {
            var note = before.reservationNote(new ReservationKey(agent.id(), entry.reservations()));
            var expires = note == null ? null : note.expires();
            Must.hold(
                    expires != null && !expires.isAfter(after.time()),
                    () -> "given back before its time: " + entry + ", " + note);
        }
    }
}
