package org.mesolith.http;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What this process is.
 *
 * @param version of Mesolith
 * @param mesosVersion that clients are told
 * @param builtAt when it was packaged
 * @param address {@code host:port} of this master's door as it is announced
 * @param flags in force, by name
 * @param log of this process
 * @param roles the only roles that may be used, null for any
 */
public record About(
        String version,
        String mesosVersion,
        Instant builtAt,
        String address,
        SortedMap<String, String> flags,
        OwnLog log,
        @Nullable List<String> roles) {
    /** Of software that was not packaged. */
    public About(
            String version,
            String mesosVersion,
            String address,
            SortedMap<String, String> flags,
            OwnLog log,
            @Nullable List<String> roles) {
        this(version, mesosVersion, Instant.EPOCH, address, flags, log, roles);
    }
}
