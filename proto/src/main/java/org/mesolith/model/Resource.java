package org.mesolith.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@link Resources}: a kind, how much of it, and of shared ones how many copies.
 *
 * <p>It can hold what is not valid (a negative scalar, a volume without reservation), so that
 * {@link ResourceProblems} can say what is wrong with it; {@link Resources} takes valid amounts only.
 *
 * @param value scalar, ranges or set; never text
 * @param copies 1 but for shared resources, where it counts how often the same one is held
 */
public record Resource(ResourceKind kind, Value value, int copies) {
    /** @throws IllegalArgumentException if the value is a text, or copies are wrong */
    public Resource {
        if (value instanceof Value.Text) {
            throw new IllegalArgumentException(
                    "resource " + kind.name() + " cannot have the text value " + value.text());
        }
        if (copies < 1 || (copies > 1 && !kind.shared())) {
            throw new IllegalArgumentException("resource " + kind.name() + " cannot have " + copies
                    + " copies; only shared ones have more than 1");
        }
    }

    /** One of this kind; most common form. */
    public static Resource of(ResourceKind kind, Value value) {
        return new Resource(kind, value, 1);
    }

    /** A plain scalar in thousandths: unreserved, regular, of the agent itself. */
    public static Resource scalar(String name, long milli) {
        return of(ResourceKind.plain(name), new Value.Scalar(milli));
    }

    /** Plain ranges. */
    public static Resource ranges(String name, Ranges ranges) {
        return of(ResourceKind.plain(name), ranges);
    }

    /** A plain set. */
    public static Resource items(String name, List<String> items) {
        return of(ResourceKind.plain(name), new Value.Items(items));
    }

    /** The kind's name. */
    public String name() {
        return kind.name();
    }

    /** The kind's reservations, oldest first. */
    public List<Reservation> reservations() {
        return kind.reservations();
    }

    /** The kind's disk. */
    public @Nullable Disk disk() {
        return kind.disk();
    }

    /** Whether it is an amount. */
    public boolean isScalar() {
        return value instanceof Value.Scalar;
    }

    /** The amount in thousandths, 0 if it is not a scalar. */
    public long milli() {
        return value instanceof Value.Scalar(long milli) ? milli : 0;
    }

    /** Whether there is nothing of it. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** The same amount of another kind. */
    public Resource withKind(ResourceKind other) {
        return new Resource(other, value, other.shared() ? copies : 1);
    }

    /** Another amount of the same kind. */
    public Resource withValue(Value other) {
        return new Resource(kind, other, copies);
    }

    /** Another number of copies. */
    public Resource withCopies(int other) {
        return new Resource(kind, value, other);
    }

    /** Whether an entry that is the same thing is added to this one, instead of standing beside it. */
    boolean accumulates() {
        return kind.shared() || kind.isDivisible();
    }

    /** This and another that is the same thing by {@link ResourceOrder#IDENTITY}. */
    Resource plus(Resource other) {
        if (kind.shared()) {
            return withCopies(Math.addExact(copies, other.copies));
        }
        return withValue(
                switch (value) {
                    case Value.Scalar(long milli) -> new Value.Scalar(Math.addExact(milli, other.milli()));
                    case Ranges ranges -> ranges.plus((Ranges) other.value);
                    case Value.Items items -> items.plus((Value.Items) other.value);
                    case Value.Text text -> text;
                });
    }

    /** What is left when another that is the same thing is taken as far as it is there; null if nothing is. */
    @Nullable
    Resource without(Resource other) {
        if (kind.shared()) {
            return copies > other.copies ? withCopies(copies - other.copies) : null;
        }
        Value rest = switch (value) {
            case Value.Scalar(long milli) -> new Value.Scalar(Math.max(0, milli - other.milli()));
            case Ranges ranges -> ranges.without((Ranges) other.value);
            case Value.Items items -> items.without((Value.Items) other.value);
            case Value.Text text -> text;
        };
        return rest.isEmpty() ? null : withValue(rest);
    }

    /** Whether another that is the same thing is in this. */
    boolean covers(Resource other) {
        if (kind.shared()) {
            return copies >= other.copies;
        }
        return switch (value) {
            case Value.Scalar(long milli) -> milli >= other.milli();
            case Ranges ranges -> ranges.contains((Ranges) other.value);
            case Value.Items items -> items.contains((Value.Items) other.value);
            case Value.Text _ -> false;
        };
    }

    /** As in the text syntax of {@link ResourceText}. */
    @Override
    public String toString() {
        return ResourceText.print(this);
    }
}
