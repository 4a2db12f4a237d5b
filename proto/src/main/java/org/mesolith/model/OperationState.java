package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/** How far an operation on an offer has come. */
public enum OperationState {
    OPERATION_UNSUPPORTED(0),
    OPERATION_PENDING(1),
    OPERATION_FINISHED(2),
    OPERATION_FAILED(3),
    OPERATION_ERROR(4),
    OPERATION_DROPPED(5),
    OPERATION_UNREACHABLE(6),
    OPERATION_GONE_BY_OPERATOR(7),
    OPERATION_RECOVERING(8),
    OPERATION_UNKNOWN(9);

    private final int number;

    OperationState(int number) {
        this.number = number;
    }

    /** The number of the v1 interface. */
    public int number() {
        return number;
    }

    /** The value of this number of the v1 interface, or null when this version does not know it. */
    public static @Nullable OperationState of(int number) {
        for (var value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        return null;
    }
}
