package org.mesolith.http;

import org.jspecify.annotations.Nullable;
import org.mesolith.logging.Verbosity;
import org.mesolith.pages.LogFile;

/**
 * The log of this process, as operators may look at it and change it.
 *
 * @param verbosity how much is logged beyond the setting
 * @param file its newest file, null where none is kept
 */
public record OwnLog(Verbosity verbosity, @Nullable LogFile file) {
    /** The name of the file. */
    public static final String NAME = "/master/log";
}
