package org.mesolith.state.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A master as the cluster knows it. Who votes is the business of consensus; this is who a master is, where it is, and
 * how often it was started.
 *
 * @param id drawn when its data directory was made
 * @param host name or address of both ports; empty when it was never heard
 * @param zone where it stands, for warnings; empty when nobody said
 * @param life how many times its data directory was started: an older copy of the directory has a smaller number
 * @param token hash of the token that it came with; empty for a founder
 * @param removedAt when it was taken out for good; null while it belongs to the cluster
 */
public record KnownMember(
        String id,
        String host,
        int raftPort,
        int httpPort,
        String zone,
        long life,
        String token,
        @Nullable Instant removedAt) {
    /** True when it may never come back. */
    public boolean isRemoved() {
        return removedAt != null;
    }

    /** host:port of its HTTP door. */
    public String httpAuthority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + httpPort;
    }

    /** The same member, taken out. */
    public KnownMember removed(Instant at) {
        return new KnownMember(id, host, raftPort, httpPort, zone, life, token, at);
    }

    /** The same facts with the token that the member came with. */
    public KnownMember with(String otherToken) {
        return new KnownMember(id, host, raftPort, httpPort, zone, life, otherToken, removedAt);
    }
}
