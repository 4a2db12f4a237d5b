package org.mesolith.check.linear;

import org.jspecify.annotations.Nullable;

/**
 * What an object does when it is used by one alone.
 *
 * @param <S> its state: immutable, with equals and hashCode by content
 */
public interface Model<S> {

    /** Before the first operation. */
    S initial();

    /** The state after the operation, or null if the operation could not have shown what it showed. */
    @Nullable
    S next(S before, Operation operation);
}
