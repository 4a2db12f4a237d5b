package org.mesolith.replay;

import java.io.IOException;

/** A place of the past that cannot be shown, with the reason and what is to be done. */
public final class ReplayRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    ReplayRefusedException(String sentence) {
        super(sentence);
    }

    ReplayRefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** What is wrong, and what to do. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
