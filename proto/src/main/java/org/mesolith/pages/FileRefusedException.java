package org.mesolith.pages;

/** A file that is not given. */
public final class FileRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    /** @param status of the answer */
    public FileRefusedException(int status, String why) {
        super(why);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
