package org.mesolith.agent.fetch;

import java.io.IOException;

/** A file cannot be brought into a sandbox; the message says which and why, in words for the framework. */
public final class FetchException extends IOException {
    private static final long serialVersionUID = 1;

    FetchException(String why) {
        super(why);
    }
}
