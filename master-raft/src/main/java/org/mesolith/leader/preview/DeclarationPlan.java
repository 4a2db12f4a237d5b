package org.mesolith.leader.preview;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Declarable;
import org.mesolith.model.Declarable.OfReservation;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.DeclaredKind;
import org.mesolith.model.Position;
import org.mesolith.model.Reservation;
import org.mesolith.state.Actor;
import org.mesolith.state.DeclarationCommand.Declare;
import org.mesolith.state.Envelope;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.state.check.DeclarationChecks;
import org.mesolith.state.rules.StateMachine;

/**
 * What a declaration would change: what it says now, compared with what it said last and with what there is. What it
 * never named is left alone.
 *
 * @param name of the declaration
 * @param parts one for each kind of objects that it speaks of, or did; in the order in which they are applied
 */
public record DeclarationPlan(String name, List<Part> parts) {
    public DeclarationPlan {
        parts = List.copyOf(parts);
    }

    /** What becomes of an object. */
    public enum Action {
        /** It is not there and shall be. */
        ADD,
        /** It is there and shall hold something else. */
        CHANGE,
        /** It was declared, is no longer, and shall go. */
        DELETE,
        /** It is as it shall be. */
        KEEP
    }

    /**
     * One object.
     *
     * @param declared what this declaration wanted of it last, null when it did not name it
     */
    public record Step(
            Action action, DeclaredChange change, @Nullable String declared) {}

    /**
     * One kind of objects: changed at once or not at all.
     *
     * @param revision of what the declaration said before, 0 for nothing
     * @param steps by key
     * @param due whether there is anything to do, if only to remember what was declared
     * @param problem why the cluster would refuse it, null when it would not
     */
    public record Part(
            DeclaredKind kind,
            long revision,
            List<Step> steps,
            boolean due,
            @Nullable String problem) {
        public Part {
            steps = List.copyOf(steps);
        }

        /** Whether an object of the cluster would change. */
        public boolean isChanging() {
            return steps.stream().anyMatch(step -> step.action() != Action.KEEP);
        }
    }

    /**
     * An object as it is written down.
     *
     * @param anyPrincipal of a reservation: it does not matter whose it is
     */
    public record Wish(Declarable object, boolean anyPrincipal) {}

    /**
     * What would happen.
     *
     * @param principal of the caller, null when nobody asked for a name
     */
    public static DeclarationPlan of(Registry registry, String name, List<Wish> wishes, @Nullable String principal) {
        var after = registry;
        var parts = new ArrayList<Part>();
        for (var kind : DeclaredKind.values()) {
            var wanted = wanted(registry, kind, wishes, principal);
            var row = registry.declaration(name, kind);
            if (wanted.isEmpty() && row == null) {
                continue;
            }
            var steps = steps(registry, name, kind, wanted);
            boolean due = steps.stream().anyMatch(step -> step.action() != Action.KEEP)
                    || row == null
                    || !row.objects().equals(contents(wanted));
            var command = new Declare(
                    name,
                    kind,
                    row == null ? 0 : row.revision(),
                    steps.stream().map(Step::change).toList());
            String problem = null;
            if (due) {
                var outcome = tried(after, command, principal);
                switch (outcome) {
                    case Outcome.Rejected(var _, var message) -> problem = message;
                    case Outcome.Accepted(var changes, var _) -> after = after.with(next(after), changes);
                }
            }
            parts.add(new Part(kind, command.revision(), steps, due, problem));
        }
        return new DeclarationPlan(name, parts);
    }

    private static TreeMap<String, Declarable> wanted(
            Registry registry, DeclaredKind kind, List<Wish> wishes, @Nullable String principal) {
        var wanted = new TreeMap<String, Declarable>();
        for (var wish : wishes) {
            if (wish.object().kind() != kind) {
                continue;
            }
            var object = wish.anyPrincipal() && wish.object() instanceof OfReservation reservation
                    ? settled(registry, reservation, principal)
                    : wish.object();
            if (wanted.put(object.key(), object) != null) {
                throw new IllegalArgumentException(
                        object.key() + " is in the " + kind.text() + " twice; leave one out");
            }
        }
        return wanted;
    }

    /** The one that is there, whoever made it, if there is only one; else the caller's. */
    private static OfReservation settled(Registry registry, OfReservation wish, @Nullable String principal) {
        var own = owned(wish, principal);
        var row = registry.agent(wish.agent());
        if (row == null) {
            return own;
        }
        var alike = DeclarationChecks.reservations(row).stream()
                .filter(there ->
                        owned(there, null).stack().equals(owned(wish, null).stack()))
                .toList();
        boolean ambiguous = alike.size() != 1
                || alike.stream().anyMatch(there -> there.stack().equals(own.stack()));
        return ambiguous
                ? own
                : new OfReservation(wish.agent(), alike.getFirst().stack(), wish.amounts());
    }

    private static OfReservation owned(OfReservation reservation, @Nullable String principal) {
        var stack = new ArrayList<>(reservation.stack());
        var last = stack.removeLast();
        stack.add(new Reservation(last.type(), last.role(), principal, last.labels()));
        return new OfReservation(reservation.agent(), stack, reservation.amounts());
    }

    private static TreeMap<String, String> contents(TreeMap<String, Declarable> wanted) {
        var contents = new TreeMap<String, String>();
        wanted.forEach((key, object) -> contents.put(key, object.content()));
        return contents;
    }

    private static List<Step> steps(
            Registry registry, String name, DeclaredKind kind, TreeMap<String, Declarable> wanted) {
        var row = registry.declaration(name, kind);
        var steps = new TreeMap<String, Step>();
        wanted.forEach((key, object) -> {
            var present = DeclarationChecks.present(registry, object);
            var action = DeclarationChecks.same(present, object)
                    ? Action.KEEP
                    : present == null ? Action.ADD : Action.CHANGE;
            var declared = row == null ? null : row.objects().get(key);
            steps.put(key, new Step(action, new DeclaredChange(present, object), declared));
        });
        if (row != null && !wanted.keySet().containsAll(row.objects().keySet())) {
            var all = DeclarationChecks.all(registry, kind);
            row.objects().forEach((key, declared) -> {
                var present = all.get(key);
                if (present != null && !wanted.containsKey(key)) {
                    steps.put(key, new Step(Action.DELETE, new DeclaredChange(present, null), declared));
                }
            });
        }
        return List.copyOf(steps.values());
    }

    private static Position next(Registry registry) {
        return new Position(registry.at().index() + 1, 0);
    }

    private static Outcome tried(Registry registry, Declare command, @Nullable String principal) {
        var envelope = new Envelope(Actor.operator(principal), Origin.HTTP, null, registry.time(), 0);
        return StateMachine.apply(registry, new LogEntry(next(registry), 0, envelope, command));
    }
}
