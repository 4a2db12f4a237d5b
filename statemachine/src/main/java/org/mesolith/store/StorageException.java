package org.mesolith.store;

/** The disk refused: full, broken, or its content contradicts itself. The process must stop. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StorageException(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
