package org.mesolith.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A bag of resources: what an agent has, an offer shows, a task uses. Immutable.
 *
 * <p>Always normal: sorted by content, nothing empty in it, everything added up that may be. So two bags with the same
 * content are equal and can be shared. Only equal kinds add up; indivisible disks and persistent volumes stand alone;
 * a shared volume counts copies. The rules are Mesos': {@code resources.cpp}.
 *
 * <p>{@code equals} looks at everything. {@link #isSameAs} is the comparison of the rules: how a volume is mounted and
 * who made it do not matter there, nor in {@link #contains} and subtraction.
 */
public final class Resources implements Iterable<Resource> {
    /** Nothing. */
    public static final Resources EMPTY = new Resources(new Resource[0]);

    private final Resource[] entries;
    private int hash;

    private Resources(Resource[] normal) {
        this.entries = normal;
    }

    private static Resources ofNormal(Resource[] normal) {
        return normal.length == 0 ? EMPTY : new Resources(normal);
    }

    /**
     * The sum of these; empty ones vanish.
     *
     * @throws IllegalArgumentException if a scalar is negative; {@link ResourceProblems} tells before
     */
    public static Resources of(Resource... entries) {
        return of(Arrays.asList(entries));
    }

    /** Like {@link #of(Resource...)}. */
    public static Resources of(Collection<Resource> entries) {
        return ofNormal(ResourceMerge.normal(entries));
    }

    /**
     * Reads the text syntax; see {@link ResourceText#parse}. @throws MalformedTextException with the place and reason
     */
    public static Resources parse(String text) {
        return ResourceText.parse(text);
    }

    // ---- what is in it

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return entries.length == 0;
    }

    /** How many separate entries there are. */
    public int size() {
        return entries.length;
    }

    /** Entry {@code index}, from 0, in the order of content. */
    public Resource get(int index) {
        return entries[index];
    }

    /** The entries in the order of content. */
    public List<Resource> entries() {
        return List.of(entries);
    }

    @Override
    public Iterator<Resource> iterator() {
        return entries().iterator();
    }

    /** The scalars of this name in thousandths, all kinds together; a shared volume once. */
    public long milli(String name) {
        long sum = 0;
        for (Resource entry : entries) {
            if (entry.name().equals(name)) {
                sum = Math.addExact(sum, entry.milli());
            }
        }
        return sum;
    }

    /** The ranges of this name, all kinds together. */
    public Ranges ranges(String name) {
        Ranges sum = Ranges.NONE;
        for (Resource entry : entries) {
            if (entry.name().equals(name) && entry.value() instanceof Ranges ranges) {
                sum = sum.plus(ranges);
            }
        }
        return sum;
    }

    /** Amounts by name of everything: a range counts its numbers, a set its items, a shared volume once. */
    public Quantities quantities() {
        return Quantities.of(this, true);
    }

    /** Amounts by name of the scalars only. */
    public Quantities scalarQuantities() {
        return Quantities.of(this, false);
    }

    /** How many copies of a shared resource there are; of another how many equal ones. */
    public int copies(Resource wanted) {
        int copies = 0;
        for (Resource entry : entries) {
            if (ResourceOrder.IDENTITY.compare(entry, wanted) == 0) {
                copies += entry.copies();
            }
        }
        return copies;
    }

    // ---- arithmetic

    /** Both together. */
    public Resources plus(Resources other) {
        if (other.isEmpty()) {
            return this;
        }
        return isEmpty() ? other : ofNormal(ResourceMerge.plus(entries, other.entries));
    }

    /** This and one more. */
    public Resources plus(Resource other) {
        return plus(of(other));
    }

    /**
     * What is left when exactly the other is taken away.
     *
     * @throws IllegalStateException if the other is not contained: a broken promise, ask {@link #contains} first
     */
    public Resources minus(Resources other) {
        if (!contains(other)) {
            throw new IllegalStateException("resources {" + other.without(this) + "} are to be taken from {" + this
                    + "}, which does not have them");
        }
        return without(other);
    }

    /** What is left when the other is taken away as far as it is there; never negative. */
    public Resources without(Resources other) {
        return isEmpty() || other.isEmpty() ? this : ofNormal(ResourceMerge.without(entries, other.entries));
    }

    /** What both have. */
    public Resources intersect(Resources other) {
        return without(without(other));
    }

    /** Whether the other can be taken away from this. */
    public boolean contains(Resources other) {
        return ResourceMerge.contains(entries, other.entries);
    }

    /** Like {@link #contains(Resources)}. */
    public boolean contains(Resource other) {
        return contains(of(other));
    }

    /** Whether {@link #quantities} are at least these. */
    public boolean contains(Quantities other) {
        return quantities().contains(other);
    }

    /** Whether both have the same, however volumes are mounted in them and whoever made those. */
    public boolean isSameAs(Resources other) {
        return entries.length == other.entries.length && contains(other) && other.contains(this);
    }

    // ---- parts of it

    /** The entries that pass. */
    public Resources filter(Predicate<Resource> passes) {
        Resource[] passed = new Resource[entries.length];
        int count = 0;
        for (Resource entry : entries) {
            if (passes.test(entry)) {
                passed[count++] = entry;
            }
        }
        return count == entries.length ? this : ofNormal(Arrays.copyOf(passed, count));
    }

    /**
     * Every scalar reduced to the amount at its place; none is left of those reduced to zero, and what is no scalar
     * stays. For whoever has worked out amounts entry by entry: no sum is made anew.
     *
     * @param milliByPlace for each entry, in thousandths, at most what it has; of an indivisible one all or nothing
     */
    public Resources reducedTo(long[] milliByPlace) {
        Resource[] reduced = new Resource[entries.length];
        int count = 0;
        for (int i = 0; i < entries.length; i++) {
            Resource entry = entries[i];
            if (!entry.isScalar() || milliByPlace[i] == entry.milli()) {
                reduced[count++] = entry;
            } else if (milliByPlace[i] > 0) {
                reduced[count++] = entry.withValue(new Value.Scalar(milliByPlace[i]));
            }
        }
        return ofNormal(count == reduced.length ? reduced : Arrays.copyOf(reduced, count));
    }

    /** Those of this name. */
    public Resources named(String name) {
        return filter(entry -> entry.name().equals(name));
    }

    /** Those that are amounts. */
    public Resources scalars() {
        return filter(Resource::isScalar);
    }

    /** Those reserved for any role. */
    public Resources reserved() {
        return filter(entry -> entry.kind().isReserved());
    }

    /** Those reserved for exactly this role. */
    public Resources reservedTo(String role) {
        return filter(entry -> entry.kind().isReservedTo(role));
    }

    /** Those nobody has reserved. */
    public Resources unreserved() {
        return filter(entry -> !entry.kind().isReserved());
    }

    /** Those that may be offered to this role: unreserved, or reserved for it or an ancestor. */
    public Resources allocatableTo(String role) {
        return filter(entry -> entry.kind().isAllocatableTo(role));
    }

    /** Those that are persistent volumes. */
    public Resources persistentVolumes() {
        return filter(entry -> entry.kind().isPersistentVolume());
    }

    /** Those that may be taken back at any time. */
    public Resources revocable() {
        return filter(entry -> entry.kind().revocable());
    }

    /** Those that may not be taken back at any time. */
    public Resources nonRevocable() {
        return filter(entry -> !entry.kind().revocable());
    }

    /** Those several tasks may use at once. */
    public Resources shared() {
        return filter(entry -> entry.kind().shared());
    }

    /** Those only one task may use. */
    public Resources nonShared() {
        return filter(entry -> !entry.kind().shared());
    }

    /** The reserved ones by the role they are reserved for. */
    public SortedMap<String, Resources> byReservedRole() {
        SortedMap<String, List<Resource>> parts = new TreeMap<>();
        for (Resource entry : entries) {
            String role = entry.kind().reservedRole();
            if (role != null) {
                parts.computeIfAbsent(role, same -> new ArrayList<>()).add(entry);
            }
        }
        // Parts of what is normal are normal.
        SortedMap<String, Resources> byRole = new TreeMap<>();
        parts.forEach((role, part) -> byRole.put(role, ofNormal(part.toArray(new Resource[0]))));
        return byRole;
    }

    /** The allocated ones by the role they are allocated to. */
    public SortedMap<String, Resources> byAllocatedRole() {
        SortedMap<String, Resources> parts = new TreeMap<>();
        for (Resource entry : entries) {
            String role = entry.kind().allocatedRole();
            if (role != null) {
                parts.computeIfAbsent(
                        role, wanted -> filter(part -> wanted.equals(part.kind().allocatedRole())));
            }
        }
        return parts;
    }

    /** The names in it, sorted. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        for (Resource entry : entries) {
            names.add(entry.name());
        }
        return List.copyOf(names);
    }

    // ---- the same amounts of another kind

    /** Every entry with its kind changed, added up anew. */
    public Resources mapKinds(UnaryOperator<ResourceKind> change) {
        Resource[] mapped = new Resource[entries.length];
        for (int i = 0; i < entries.length; i++) {
            mapped[i] = entries[i].withKind(change.apply(entries[i].kind()));
        }
        return of(mapped);
    }

    /** Offered or allocated to this role. */
    public Resources allocatedTo(String role) {
        return mapKinds(kind -> kind.allocatedTo(role));
    }

    /** Without the role they are offered or allocated to. */
    public Resources unallocated() {
        return mapKinds(ResourceKind::unallocated);
    }

    /** Without any reservation. */
    public Resources toUnreserved() {
        return mapKinds(ResourceKind::unreserved);
    }

    /** With one more reservation on each entry. */
    public Resources pushReservation(Reservation reservation) {
        return mapKinds(kind -> kind.pushReservation(reservation));
    }

    /** Without the last reservation of each entry. @throws IllegalStateException if an entry has none */
    public Resources popReservation() {
        return mapKinds(ResourceKind::popReservation);
    }

    /** The static reservation for this role on every unreserved entry; Mesos: {@code flatten}. */
    public Resources defaultedTo(String role) {
        return role.equals(Roles.STAR)
                ? this
                : mapKinds(kind -> kind.isReserved() ? kind : kind.pushReservation(Reservation.fixed(role)));
    }

    /** Every shared one held once. */
    public Resources withSingleCopies() {
        Resource[] single = new Resource[entries.length];
        for (int i = 0; i < entries.length; i++) {
            single[i] = entries[i].copies() == 1 ? entries[i] : entries[i].withCopies(1);
        }
        return ofNormal(single);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Resources that && hashCode() == that.hashCode() && Arrays.equals(entries, that.entries);
    }

    /** The same in every process. */
    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = Arrays.hashCode(entries);
            hash = known;
        }
        return known;
    }

    /** As in the text syntax of {@link ResourceText}. */
    @Override
    public String toString() {
        return ResourceText.print(this);
    }
}
