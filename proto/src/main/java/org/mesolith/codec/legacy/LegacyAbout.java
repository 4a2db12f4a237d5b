package org.mesolith.codec.legacy;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.MasterInfo;

/**
 * The master that shows a cluster.
 *
 * @param version that clients are told
 * @param builtAt when the software was packaged
 * @param elected when it became the leader
 * @param cluster its name, null when it has none
 * @param flags settings in force by name; null when they are not shown
 * @param unreachable how many agents are
 */
public record LegacyAbout(
        String version,
        Instant builtAt,
        MasterInfo self,
        Instant started,
        Instant elected,
        @Nullable String cluster,
        @Nullable Map<String, String> flags,
        int unreachable) {}
