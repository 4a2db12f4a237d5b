package org.mesolith.state.rules;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.base.Limits;
import org.mesolith.model.AgentId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.ReservationCommand.AcknowledgeOperations.Acknowledgement;
import org.mesolith.state.ReservationCommand.ExpireReservations;
import org.mesolith.state.ReservationCommand.NoteReservations;
import org.mesolith.state.ReservationCommand.OperateAgent;
import org.mesolith.state.ReservationCommand.ReleaseReservations;
import org.mesolith.state.ReservationCommand.ReserveAgents;
import org.mesolith.state.check.DeclarationChecks;
import org.mesolith.state.check.OperationChecks;
import org.mesolith.state.check.ReservationChecks;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.ReservationNote;

/** What operators do with the free resources of an agent, and how frameworks acknowledge their operations. */
final class ReservationRules {
    private ReservationRules() {}

    static Outcome operate(Draft draft, OperateAgent command) {
        var row = draft.before().agent(command.agent());
        if (row == null || !row.isRegistered()) {
            return AgentRules.refusedUnknown(draft, command.agent(), row);
        }
        var holdings = new Holdings(draft, row);
        var refused = refused(draft, row, holdings, command.operation());
        if (refused != null) {
            return refused;
        }
        holdings.keep();
        if (knowsNotes(draft) && command.operation() instanceof OfferOperation.Reserve(var _, var _, var resources)) {
            written(draft, row, resources, ReservationWish.NONE);
        }
        return draft.accepted();
    }

    /** What makes the reservations of a declaration: all or none, one after the other. */
    static Outcome operate(Draft draft, List<DeclarationChecks.Step> steps) {
        var byAgent = new TreeMap<AgentId, Holdings>();
        for (var step : steps) {
            var row = draft.before().agent(step.agent());
            if (row == null || !row.isRegistered()) {
                return AgentRules.refusedUnknown(draft, step.agent(), row);
            }
            var holdings = byAgent.computeIfAbsent(row.id(), _ -> new Holdings(draft, row));
            var refused = refused(draft, row, holdings, step.operation());
            if (refused != null) {
                return refused;
            }
        }
        byAgent.values().forEach(Holdings::keep);
        for (var step : steps) {
            var row = draft.before().agent(step.agent());
            if (row != null && step.operation() instanceof OfferOperation.Reserve(var _, var _, var resources)) {
                written(draft, row, resources, ReservationWish.NONE);
            }
        }
        return draft.accepted();
    }

    /** Performs the operation on what is left of the agent; null when that was done. */
    private static @Nullable Outcome refused(Draft draft, AgentRow row, Holdings holdings, OfferOperation operation) {
        var asker = OperationChecks.Asker.operator(draft.principal());
        var problem = OperationChecks.problem(operation, asker, holdings.holder());
        if (problem != null) {
            return new Outcome.Rejected(
                    Reason.OPERATION_INVALID, "Invalid operation on agent " + row.id() + ": " + problem);
        }
        return holdings.convert(operation) == null
                ? missing(draft, operation, holdings, row.id().value())
                : null;
    }

    /** The text is in the audit's chain: what it was below the level, it stays. */
    private static Outcome missing(Draft draft, OfferOperation operation, Holdings holdings, String agent) {
        var wanted = knowsNotes(draft) ? OperationTexts.lacking(operation, holdings.free()) : operation.toString();
        return new Outcome.Rejected(
                Reason.RESOURCES_MISSING,
                knowsNotes(draft)
                        ? "agent " + agent + " cannot " + wanted + "; ask for less, or wait until tasks have ended"
                        : "agent " + agent + " has only {" + holdings.free() + "} free, which is not enough for "
                                + wanted + "; ask for less, or wait until tasks have ended");
    }

    private static boolean knowsNotes(Draft draft) {
        return draft.before().featureLevel().includes(FeatureLevel.DECLARATIONS);
    }

    // ---- many agents, and what is written down

    /** All or none: the first agent that cannot ends it. */
    static Outcome reserve(Draft draft, ReserveAgents command) {
        var problem = ReservationChecks.problem(command.wish(), draft.now());
        problem = problem == null ? problem(command.agents(), "agents") : problem;
        if (problem != null) {
            return new Outcome.Rejected(Reason.OPERATION_INVALID, problem);
        }
        var operation = new OfferOperation.Reserve(null, Resources.EMPTY, command.resources());
        for (var agent : command.agents()) {
            var row = draft.before().agent(agent);
            if (row == null || !row.isRegistered()) {
                return nowhere(AgentRules.refusedUnknown(draft, agent, row), command);
            }
            var holdings = new Holdings(draft, row);
            var refused = refused(draft, row, holdings, operation);
            if (refused != null) {
                return nowhere(refused, command);
            }
            holdings.keep();
            if (!written(draft, row, command.resources(), command.wish())
                    && !command.wish().isNone()) {
                return full();
            }
        }
        return draft.accepted();
    }

    private static Outcome nowhere(Outcome refused, ReserveAgents command) {
        return refused instanceof Outcome.Rejected(var reason, var message)
                        && command.agents().size() > 1
                ? new Outcome.Rejected(
                        reason,
                        message + " (nothing was reserved on any of the "
                                + command.agents().size() + " agents)")
                : refused;
    }

    private static @Nullable String problem(List<? extends Comparable<?>> named, String what) {
        if (named.isEmpty() || named.size() > Limits.RESERVATIONS_PER_CALL_MAX) {
            return named.size() + " " + what + " are named; name 1 to " + Limits.RESERVATIONS_PER_CALL_MAX;
        }
        return new TreeSet<>(named).size() == named.size() ? null : "one of the " + what + " is named twice";
    }

    /** False when there are too many notes already. */
    private static boolean written(Draft draft, AgentRow row, Resources resources, ReservationWish wish) {
        var stacks = new TreeSet<ReservationKey>();
        resources.forEach(resource -> stacks.add(new ReservationKey(row.id(), resource.reservations())));
        boolean kept = true;
        for (var key : stacks) {
            var note = draft.notes().get(key);
            if (note == null) {
                note = ReservationChecks.isThere(row.total(), key)
                        ? ReservationNote.found(key, draft.now())
                        : ReservationNote.made(key, draft.now());
                if (note.madeAt() == null && wish.isNone()) {
                    continue;
                }
            }
            kept &= draft.notes().put(wish.isNone() ? note : note.with(wish, draft.now()));
        }
        return kept;
    }

    private static Outcome full() {
        return new Outcome.Rejected(
                Reason.TOO_MANY,
                "something is written down of " + Limits.RESERVATION_NOTES_MAX
                        + " reservations already; end some with `meso reservation gc`, or reserve without a note");
    }

    static Outcome note(Draft draft, NoteReservations command) {
        var problem = ReservationChecks.problem(command.wish(), draft.now());
        problem = problem == null ? problem(command.reservations(), "reservations") : problem;
        if (problem == null && command.wish().isNone()) {
            problem = "nothing is to be written down; name an owner, a purpose or an expiry";
        }
        if (problem != null) {
            return new Outcome.Rejected(Reason.OPERATION_INVALID, problem);
        }
        for (var key : command.reservations()) {
            var row = draft.before().agent(key.agent());
            if (row == null || !ReservationChecks.isThere(row.total(), key)) {
                return new Outcome.Rejected(
                        Reason.RESERVATION_UNKNOWN,
                        "nothing is reserved as " + key.stackText() + " on agent " + key.agent()
                                + "; `meso reservation ls` lists what is");
            }
            if (!key.isDynamic()) {
                return new Outcome.Rejected(
                        Reason.OPERATION_INVALID,
                        "the reservation " + key.stackText() + " on agent " + key.agent()
                                + " is static: it belongs to the agent's --resources, and nothing is written down of"
                                + " it");
            }
            var note = draft.notes().get(key);
            var old = note == null ? ReservationNote.found(key, draft.now()) : note;
            if (!draft.notes().put(old.with(command.wish(), draft.now()))) {
                return full();
            }
        }
        return draft.accepted();
    }

    /** What is in use stays, and is given back when somebody sees that it is free. Volumes are never touched. */
    static Outcome expire(Draft draft, ExpireReservations command) {
        var holdings = new TreeMap<AgentId, Holdings>();
        for (var key : command.reservations()) {
            var note = draft.notes().get(key);
            var row = draft.before().agent(key.agent());
            if (note == null || row == null || !row.isRegistered() || !ReservationChecks.isOver(note, draft.now())) {
                continue;
            }
            var left = holdings.computeIfAbsent(row.id(), _ -> new Holdings(draft, row));
            giveBack(left, key);
            if (note.expiredAt() == null) {
                draft.notes().put(note.expiredAt(draft.now()));
            }
        }
        holdings.values().forEach(Holdings::keep);
        return draft.accepted();
    }

    private static void giveBack(Holdings left, ReservationKey key) {
        var free = ReservationChecks.releasable(left.free(), key);
        if (!free.isEmpty()) {
            Check.present(left.convert(new OfferOperation.Unreserve(null, free)), "what is free of a reservation");
        }
    }

    /** Reservations that somebody needs by now are passed over, whatever the caller saw. */
    static Outcome release(Draft draft, ReleaseReservations command) {
        var problem = problem(command.reservations(), "reservations");
        if (problem != null) {
            return new Outcome.Rejected(Reason.OPERATION_INVALID, problem);
        }
        var holdings = new TreeMap<AgentId, Holdings>();
        var roles = ReservationChecks.rolesOfFrameworks(draft.before());
        for (var key : command.reservations()) {
            var note = draft.notes().get(key);
            var row = draft.before().agent(key.agent());
            boolean needed = ReservationChecks.hasFramework(roles, key.role())
                    && (note == null || !ReservationChecks.isOver(note, draft.now()));
            if (!needed && key.isDynamic() && row != null && row.isRegistered()) {
                giveBack(holdings.computeIfAbsent(row.id(), _ -> new Holdings(draft, row)), key);
            }
        }
        holdings.values().forEach(Holdings::keep);
        return draft.accepted();
    }

    static Outcome acknowledge(Draft draft, List<Acknowledgement> acknowledgements) {
        for (var one : acknowledgements) {
            var row = draft.before().operation(one.framework(), one.operation());
            if (row != null && row.status().equals(one.status()) && !draft.isForgotten(row)) {
                draft.forget(row);
            }
        }
        return draft.accepted();
    }
}
