package org.mesolith.statecodec;

import org.mesolith.state.FeatureLevel;

/**
 * Bytes of a newer software: a kind of command, a field, a value or a feature level that this one does not know. The
 * process must stop (install a newer version): going on would make this master decide something else than the others.
 */
public final class UnknownFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownFormatException(String what) {
        super(what + "; it was written by a newer version of Mesolith: install at least that version on this member"
                + " (`meso cluster members` shows what the others run)");
    }

    private UnknownFormatException(String what, String todo) {
        super(what + "; " + todo);
    }

    /** A cluster whose level was raised above what this software knows. */
    static UnknownFormatException level(int level, String needs) {
        return new UnknownFormatException(
                "the cluster is at feature level " + level + ", and this software knows up to "
                        + FeatureLevel.NEWEST.number(),
                needs.isEmpty()
                        ? "install a newer version on this member: the one that the other members run (`meso cluster"
                                + " members` shows it)"
                        : "install version " + needs + " or a newer one on this member");
    }
}
