package org.mesolith.statecodec;

import java.util.List;
import org.mesolith.model.AgentId;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.proto.gen.log.Log;
import org.mesolith.proto.gen.rows.Rows;
import org.mesolith.state.Command;
import org.mesolith.state.ReservationCommand.ExpireReservations;
import org.mesolith.state.ReservationCommand.NoteReservations;
import org.mesolith.state.ReservationCommand.ReleaseReservations;
import org.mesolith.state.ReservationCommand.ReserveAgents;
import org.mesolith.state.row.ReservationNote;

/** What is written down of reservations, and the commands about it, both ways. */
final class ReservationCommands {
    private ReservationCommands() {}

    static void write(Log.Logged.Builder logged, ReserveAgents command) {
        var written = Log.ReserveAgents.newBuilder()
                .setResources(ResourceMapping.write(command.resources()))
                .setWish(write(command.wish()));
        command.agents().forEach(agent -> written.addAgents(agent.value()));
        logged.setReserveAgents(written);
    }

    static void write(Log.Logged.Builder logged, NoteReservations command) {
        logged.setNoteReservations(Log.NoteReservations.newBuilder()
                .addAllReservations(keys(command.reservations()))
                .setWish(write(command.wish())));
    }

    static void write(Log.Logged.Builder logged, ExpireReservations command) {
        logged.setExpireReservations(
                Log.ExpireReservations.newBuilder().addAllReservations(keys(command.reservations())));
    }

    static void write(Log.Logged.Builder logged, ReleaseReservations command) {
        logged.setReleaseReservations(
                Log.ReleaseReservations.newBuilder().addAllReservations(keys(command.reservations())));
    }

    private static List<Rows.ReservationKey> keys(List<ReservationKey> keys) {
        return keys.stream().map(ReservationCommands::write).toList();
    }

    private static List<ReservationKey> read(List<Rows.ReservationKey> keys) {
        return keys.stream().map(ReservationCommands::read).toList();
    }

    static Command read(Log.Logged logged) {
        return switch (logged.getCommandCase()) {
            case NOTE_RESERVATIONS ->
                new NoteReservations(
                        read(logged.getNoteReservations().getReservationsList()),
                        read(logged.getNoteReservations().getWish()));
            case RESERVE_AGENTS ->
                new ReserveAgents(
                        logged.getReserveAgents().getAgentsList().stream()
                                .map(AgentId::new)
                                .toList(),
                        ResourceMapping.read(logged.getReserveAgents().getResources()),
                        read(logged.getReserveAgents().getWish()));
            case EXPIRE_RESERVATIONS ->
                new ExpireReservations(read(logged.getExpireReservations().getReservationsList()));
            case RELEASE_RESERVATIONS ->
                new ReleaseReservations(read(logged.getReleaseReservations().getReservationsList()));
            default -> throw new UnknownFormatException("command of kind " + logged.getCommandCase());
        };
    }

    private static Log.ReservationWish write(ReservationWish wish) {
        var written = Log.ReservationWish.newBuilder().setSets(wish.sets());
        var owner = wish.owner();
        if (owner != null) {
            written.setOwner(owner);
        }
        var purpose = wish.purpose();
        if (purpose != null) {
            written.setPurpose(purpose);
        }
        var expires = wish.expires();
        if (expires != null) {
            written.setExpires(Values.time(expires));
        }
        return written.build();
    }

    private static ReservationWish read(Log.ReservationWish read) {
        return new ReservationWish(
                read.hasOwner() ? read.getOwner() : null,
                read.hasPurpose() ? read.getPurpose() : null,
                read.hasExpires() ? Values.time(read.getExpires()) : null,
                read.getSets());
    }

    static Rows.ReservationKey write(ReservationKey key) {
        return Rows.ReservationKey.newBuilder()
                .setAgent(key.agent().value())
                .addAllStack(key.stack().stream().map(ResourceMapping::write).toList())
                .build();
    }

    static ReservationKey read(Rows.ReservationKey read) {
        return new ReservationKey(
                new AgentId(read.getAgent()),
                read.getStackList().stream().map(ResourceMapping::read).toList());
    }

    static Rows.ReservationNote write(ReservationNote row) {
        var written = Rows.ReservationNote.newBuilder()
                .setKey(write(row.key()))
                .setOwner(row.owner())
                .setPurpose(row.purpose())
                .setNotedAt(Values.time(row.notedAt()));
        var expires = row.expires();
        if (expires != null) {
            written.setExpires(Values.time(expires));
        }
        var made = row.madeAt();
        if (made != null) {
            written.setMadeAt(Values.time(made));
        }
        var expired = row.expiredAt();
        if (expired != null) {
            written.setExpiredAt(Values.time(expired));
        }
        return written.build();
    }

    static ReservationNote read(Rows.ReservationNote read) {
        return new ReservationNote(
                read(read.getKey()),
                read.getOwner(),
                read.getPurpose(),
                read.hasExpires() ? Values.time(read.getExpires()) : null,
                read.hasMadeAt() ? Values.time(read.getMadeAt()) : null,
                Values.time(read.getNotedAt()),
                read.hasExpiredAt() ? Values.time(read.getExpiredAt()) : null);
    }
}
