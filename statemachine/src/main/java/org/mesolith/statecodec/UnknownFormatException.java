package org.mesolith.statecodec;

/**
 * Bytes of a newer software: a kind of command, a field, a value or a feature level that this one does not know. The
 * process must stop (install a newer version): going on would make this master decide something else than the others.
 */
public final class UnknownFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownFormatException(String what) {
        super(what + "; it was written by a newer version of Mesolith: install at least that version on this member");
    }
}
