package org.mesolith.model;

import java.util.Comparator;

/** The one order of resources: by content only, so that it is the same on every machine. */
final class ResourceOrder {
    private static final Comparator<String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());

    private static final Comparator<ResourceKind> KIND = Comparator.comparing(ResourceKind::allocatedRole, TEXT)
            .thenComparing(ResourceKind::reservations, Lists::compare)
            .thenComparing(ResourceKind::disk, Comparator.nullsFirst(Disk::compareIdentity))
            .thenComparing(ResourceKind::revocable)
            .thenComparing(ResourceKind::shared)
            .thenComparing(ResourceKind::providerId, TEXT);

    /**
     * 0 = the same thing, of which there may be more or less. Indivisible and shared ones are the same only if their
     * size is the same too.
     */
    static final Comparator<Resource> IDENTITY = ResourceOrder::compareIdentity;

    /** 0 = equal, up to the amount of divisible ones and the number of copies. */
    static final Comparator<Resource> ALL =
            IDENTITY.thenComparing(Resource::disk, Comparator.nullsFirst(Disk::compare));

    private ResourceOrder() {}

    private static int compareIdentity(Resource left, Resource right) {
        int order = left.name().compareTo(right.name());
        if (order == 0) {
            order = Integer.compare(rank(left.value()), rank(right.value()));
        }
        if (order == 0 && !isSameObject(left.kind(), right.kind())) {
            order = KIND.compare(left.kind(), right.kind());
        }
        if (order == 0 && (left.kind().shared() || !left.kind().isDivisible())) {
            order = compareValues(left.value(), right.value());
        }
        return order;
    }

    /** Kinds are shared, so that most comparisons end here. */
    @SuppressWarnings("ReferenceEquality") // A short cut only: kinds that are equal but not the same go on.
    private static boolean isSameObject(ResourceKind left, ResourceKind right) {
        return left == right;
    }

    private static int rank(Value value) {
        return switch (value) {
            case Value.Scalar _ -> 0;
            case Ranges _ -> 1;
            case Value.Items _ -> 2;
            case Value.Text _ -> 3;
        };
    }

    /** Of two values of one type. */
    private static int compareValues(Value left, Value right) {
        return switch (left) {
            case Value.Scalar(long milli) -> Long.compare(milli, ((Value.Scalar) right).milli());
            case Ranges ranges -> Ranges.compare(ranges, (Ranges) right);
            case Value.Items(var items) -> Lists.compare(items, ((Value.Items) right).items());
            case Value.Text(String text) -> text.compareTo(((Value.Text) right).text());
        };
    }
}
