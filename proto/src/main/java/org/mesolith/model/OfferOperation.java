package org.mesolith.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a framework does with what it was offered. Applied in the order given, with an outcome each. */
public sealed interface OfferOperation {
    /** The framework's own name for the operation, or null. */
    @Nullable
    OperationId id();

    /** Starts tasks of their own. */
    record Launch(@Nullable OperationId id, List<TaskLaunch> tasks) implements OfferOperation {
        public Launch {
            tasks = List.copyOf(tasks);
        }
    }

    /** Starts tasks that share their fate under one executor. */
    record LaunchGroup(@Nullable OperationId id, ExecutorLaunch executor, List<TaskLaunch> tasks)
            implements OfferOperation {
        public LaunchGroup {
            tasks = List.copyOf(tasks);
        }
    }

    /** Sets resources aside for a role; {@code source} is not empty for a re-reservation. */
    record Reserve(@Nullable OperationId id, Resources source, Resources resources) implements OfferOperation {}

    /** Gives the newest reservation of the resources back. */
    record Unreserve(@Nullable OperationId id, Resources resources) implements OfferOperation {}

    /** Makes persistent volumes out of reserved disk. */
    record Create(@Nullable OperationId id, Resources volumes) implements OfferOperation {}

    /** Ends persistent volumes and deletes their data. */
    record Destroy(@Nullable OperationId id, Resources volumes) implements OfferOperation {}

    /** Makes a volume larger. */
    record GrowVolume(@Nullable OperationId id, Resources volume, Resources addition) implements OfferOperation {}

    /** Makes a volume smaller by this many thousandths of a MB. */
    record ShrinkVolume(@Nullable OperationId id, Resources volume, long subtractMilli) implements OfferOperation {}

    /** An operation of the table that this version does not perform; it is answered with an error, never dropped. */
    record NotSupported(@Nullable OperationId id, String type) implements OfferOperation {}

    /** An operation that was refused before it was looked at: its maker may not do it, or it makes no sense. */
    record Refused(@Nullable OperationId id, String type, String why) implements OfferOperation {}
}
