package org.mesolith.cli.client;

import java.util.List;
import org.mesolith.cli.console.Failure;

/** Where a 307 points to. */
public final class Redirect {

    private Redirect() {}

    /** The host and port of {@code //host:port/path} or {@code http://host:port/path}; empty if it names none. */
    public static List<HostPort> target(String location) {
        int start = location.indexOf("//");
        if (start < 0) {
            return List.of();
        }
        int slash = location.indexOf('/', start + 2);
        String authority = location.substring(start + 2, slash < 0 ? location.length() : slash);
        try {
            return List.of(HostPort.parse(authority));
        } catch (Failure notAnAddress) {
            return List.of(); // A location that we cannot use counts as no hint; the next master is asked.
        }
    }
}
