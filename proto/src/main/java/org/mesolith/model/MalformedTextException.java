package org.mesolith.model;

/** A text somebody wrote cannot be read; the message says where, why, and what would be right. */
public final class MalformedTextException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The message is shown to the operator as it is. */
    public MalformedTextException(String message) {
        super(message);
    }
}
