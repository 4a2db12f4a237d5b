package org.mesolith.backup;

import java.io.IOException;

/** A backup that cannot be used, or not made; the sentence says what, why, and what to do. Nothing was changed. */
public final class BackupRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    public BackupRefusedException(String sentence) {
        super(sentence);
    }

    public BackupRefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** For the operator. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
