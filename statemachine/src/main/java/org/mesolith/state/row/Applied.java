package org.mesolith.state.row;

import org.mesolith.model.Position;

/**
 * Up to where a stored registry is complete.
 *
 * @param term of the newest Raft entry
 * @param index of it; -1 when nothing was applied
 * @param command place of the newest command
 */
public record Applied(long term, long index, Position command) {
    /** Nothing yet. */
    public static final Applied NONE = new Applied(0, -1, Position.NONE);
}
