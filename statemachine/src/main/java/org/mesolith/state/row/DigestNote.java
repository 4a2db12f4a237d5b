package org.mesolith.state.row;

import org.mesolith.model.Position;

/** The fingerprint of the registry that a member noted at a digest check. */
public record DigestNote(Position at, long digest) {
    /** Before the first check. */
    public static final DigestNote NONE = new DigestNote(Position.NONE, 0);
}
