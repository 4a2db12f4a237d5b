package org.mesolith.statecodec;

/** Bytes that no version wrote: the disk or the network has changed them, or a defect of ours did. */
public final class MalformedBytesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedBytesException(String what, Throwable cause) {
        super(what + " cannot be read: " + cause.getMessage(), cause);
    }

    MalformedBytesException(String what) {
        super(what);
    }
}
