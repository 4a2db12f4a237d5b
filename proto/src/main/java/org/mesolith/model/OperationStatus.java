package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/**
 * What a framework is told of an operation that it gave an id.
 *
 * @param message why; empty for no words
 * @param uuid names this status for its acknowledgement; null when none is awaited
 */
public record OperationStatus(
        OperationId operation,
        OperationState state,
        String message,
        @Nullable Uuid uuid,
        @Nullable AgentId agent) {
    /** What was asked for cannot be done, and nobody tried; no acknowledgement is awaited. */
    public static OperationStatus error(OperationId operation, String message) {
        return new OperationStatus(operation, OperationState.OPERATION_ERROR, message, null, null);
    }
}
