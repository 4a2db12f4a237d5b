package org.mesolith.state.check;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.model.AgentId;
import org.mesolith.model.Declarable;
import org.mesolith.model.Declarable.OfQuota;
import org.mesolith.model.Declarable.OfReservation;
import org.mesolith.model.Declarable.OfWeight;
import org.mesolith.model.Declarable.OfWindow;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.DeclaredKind;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Reservation;
import org.mesolith.model.ResourceKind;
import org.mesolith.model.Resources;
import org.mesolith.model.Weight;
import org.mesolith.state.DeclarationCommand.Declare;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;

/** What stands against a declaration, what is there of its objects, and what has to be done for it. */
public final class DeclarationChecks {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Objects that a refusal names; more of them are counted. */
    private static final int NAMED_MAX = 5;

    private DeclarationChecks() {}

    /** Whether a declaration may be called so. */
    public static @Nullable String name(String name) {
        return NAME.matcher(name).matches()
                ? null
                : "a declaration cannot be called '" + name + "'; its name has 1 to 64 letters, digits, '.', '_' and"
                        + " '-' and begins with a letter or a digit";
    }

    /** What is wrong with the command by itself. */
    public static @Nullable String problem(Declare command) {
        var name = name(command.name());
        if (name != null) {
            return name;
        }
        if (command.changes().size() > Limits.DECLARED_OBJECTS_MAX) {
            return "a declaration has " + command.changes().size() + " "
                    + command.kind().text() + "; at most " + Limits.DECLARED_OBJECTS_MAX
                    + " fit, split it into several";
        }
        var keys = new TreeSet<String>();
        for (var change : command.changes()) {
            var object = change.object();
            if (object.kind() != command.kind()) {
                return "the " + command.kind().text() + " of a declaration hold one of the "
                        + object.kind().text() + ": " + object.key();
            }
            if (!keys.add(object.key())) {
                return object.key() + " is in the " + command.kind().text() + " twice; leave one out";
            }
            if (change.wanted() instanceof OfReservation wanted) {
                var wrong = bare(wanted);
                if (wrong != null) {
                    return wrong;
                }
            }
        }
        return null;
    }

    private static @Nullable String bare(OfReservation wanted) {
        if (wanted.stack().isEmpty() || !wanted.stack().getLast().isDynamic()) {
            return "the reservation " + wanted.key() + " is not dynamic; only what operations reserve can be declared";
        }
        return wanted.amounts().mapKinds(DeclarationChecks::bare).equals(wanted.amounts())
                ? null
                : "the reservation " + wanted.key() + " has amounts that are reserved themselves, or volumes: "
                        + wanted.amounts();
    }

    private static ResourceKind bare(ResourceKind kind) {
        var plain = kind.isPersistentVolume() ? kind.withoutVolume() : kind;
        return plain.unreserved().unallocated();
    }

    // ---- what is there

    /** The object as it is now; null when it is not there. */
    public static @Nullable Declarable present(Registry registry, Declarable named) {
        return switch (named) {
            case OfWeight(var weight) -> {
                var row = registry.weight(weight.role());
                yield row == null || row.bits() == Weight.DEFAULT_BITS ? null : new OfWeight(row);
            }
            case OfQuota(var quota) -> {
                var row = registry.quota(quota.role());
                yield row.isNone() ? null : new OfQuota(row);
            }
            case OfReservation reservation -> {
                var row = registry.agent(reservation.agent());
                var amounts = row == null ? Resources.EMPTY : amounts(row, reservation.stack());
                yield amounts.isEmpty() ? null : new OfReservation(reservation.agent(), reservation.stack(), amounts);
            }
            case OfWindow window -> {
                for (var known : registry.maintenance().windows()) {
                    if (new OfWindow(known).key().equals(window.key())) {
                        yield new OfWindow(known);
                    }
                }
                yield null;
            }
        };
    }

    /** What the agent has under exactly this stack, volumes as the disk that they are made of. */
    private static Resources amounts(AgentRow row, List<Reservation> stack) {
        return row.total()
                .filter(entry -> entry.kind().reservations().equals(stack))
                .withSingleCopies()
                .mapKinds(DeclarationChecks::bare);
    }

    /** Every reservation that an operation made on this agent, by its stack. */
    public static List<OfReservation> reservations(AgentRow row) {
        var stacks = new ArrayList<List<Reservation>>();
        for (var entry : row.total()) {
            var stack = entry.kind().reservations();
            if (entry.kind().isDynamicallyReserved() && !stacks.contains(stack)) {
                stacks.add(stack);
            }
        }
        return stacks.stream()
                .map(stack -> new OfReservation(row.id(), stack, amounts(row, stack)))
                .toList();
    }

    /** Every object of the kind that there is and that can be declared, by key. */
    public static SortedMap<String, Declarable> all(Registry registry, DeclaredKind kind) {
        var found = new ArrayList<Declarable>();
        switch (kind) {
            case WEIGHTS -> registry.weights().forEach(weight -> found.add(new OfWeight(weight)));
            case QUOTAS -> registry.quotas().forEach(quota -> found.add(new OfQuota(quota)));
            case RESERVATIONS -> registry.agents().forEach(agent -> found.addAll(reservations(agent)));
            case WINDOWS -> registry.maintenance().windows().forEach(window -> found.add(new OfWindow(window)));
        }
        var byKey = new TreeMap<String, Declarable>();
        for (var object : found) {
            if (!isNothing(object)) {
                byKey.put(object.key(), object);
            }
        }
        return byKey;
    }

    /** Whether nothing needs to be done to make the one the other; null, a weight of 1 and no quota are all nothing. */
    public static boolean same(@Nullable Declarable one, @Nullable Declarable other) {
        boolean nothing = isNothing(one);
        if (nothing || isNothing(other)) {
            return nothing && isNothing(other);
        }
        return switch (one) {
            case OfReservation(var _, var _, var amounts) ->
                other instanceof OfReservation(var _, var _, var others) && amounts.isSameAs(others);
            case OfWindow(var window) ->
                other instanceof OfWindow(var another)
                        && window.unavailability().equals(another.unavailability());
            case OfWeight weight -> weight.equals(other);
            case OfQuota quota -> quota.equals(other);
            case null -> false;
        };
    }

    private static boolean isNothing(@Nullable Declarable object) {
        return switch (object) {
            case null -> true;
            case OfWeight(var weight) -> weight.bits() == Weight.DEFAULT_BITS;
            case OfQuota(var quota) -> quota.isNone();
            case OfReservation(var _, var _, var amounts) -> amounts.isEmpty();
            case OfWindow _ -> false;
        };
    }

    /** Which objects are not as they were seen, and how they are; null when all are. */
    public static @Nullable String changed(Registry registry, Declare command) {
        var row = registry.declaration(command.name(), command.kind());
        long revision = row == null ? 0 : row.revision();
        var named = new ArrayList<String>();
        int count = 0;
        if (revision != command.revision()) {
            count++;
            named.add("the declaration '" + command.name() + "' itself"
                    + (row == null || row.principal().isEmpty() ? "" : " (by '" + row.principal() + "')"));
        }
        for (var change : command.changes()) {
            var present = present(registry, change.object());
            if (!same(present, change.seen())) {
                count++;
                if (named.size() < NAMED_MAX) {
                    named.add(change.object().key() + " (seen: " + content(change.seen()) + "; now: " + content(present)
                            + ")");
                }
            }
        }
        if (count == 0) {
            return null;
        }
        int more = count - named.size();
        return "of the " + command.kind().text() + ", " + String.join(", ", named)
                + (more > 0 ? " and " + more + " more" : "")
                + " changed since the declaration was compared with the cluster; none of the "
                + command.kind().text() + " was changed. Look at the difference, and apply again";
    }

    /** For people; {@code none} when it is not there. */
    public static String content(@Nullable Declarable object) {
        return object == null || isNothing(object) ? "none" : object.content();
    }

    // ---- what has to be done

    /** What an operator would do to the free resources of an agent. */
    public record Step(AgentId agent, OfferOperation operation) {}

    /** What makes the reservations as they are wanted: first what is given back, then what is set aside. */
    public static List<Step> steps(List<DeclaredChange> changes) {
        var back = new ArrayList<Step>();
        var aside = new ArrayList<Step>();
        for (var change : changes) {
            if (!(change.object() instanceof OfReservation object)) {
                continue;
            }
            var seen = amounts(change.seen());
            var wanted = amounts(change.wanted());
            var surplus = seen.without(wanted);
            if (!surplus.isEmpty()) {
                back.add(new Step(object.agent(), new OfferOperation.Unreserve(null, object.reserved(surplus))));
            }
            var lacking = wanted.without(seen);
            if (!lacking.isEmpty()) {
                aside.add(new Step(
                        object.agent(), new OfferOperation.Reserve(null, Resources.EMPTY, object.reserved(lacking))));
            }
        }
        back.addAll(aside);
        return back;
    }

    private static Resources amounts(@Nullable Declarable object) {
        return object instanceof OfReservation reservation ? reservation.amounts() : Resources.EMPTY;
    }

    /** The schedule with these windows instead of those that were seen; all others stay where they are. */
    public static List<MaintenanceWindow> windows(Registry registry, List<DeclaredChange> changes) {
        var wanted = new TreeMap<String, DeclaredChange>();
        changes.forEach(change -> wanted.put(change.object().key(), change));
        var windows = new ArrayList<MaintenanceWindow>();
        for (var known : registry.maintenance().windows()) {
            var change = wanted.remove(new OfWindow(known).key());
            if (change == null) {
                windows.add(known);
            } else if (change.wanted() instanceof OfWindow(var window)) {
                windows.add(window);
            }
        }
        for (var change : wanted.values()) {
            if (change.wanted() instanceof OfWindow(var window)) {
                windows.add(window);
            }
        }
        return windows;
    }
}
