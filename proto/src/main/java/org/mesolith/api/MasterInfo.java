package org.mesolith.api;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.FaultDomain;

/**
 * Which master speaks.
 *
 * @param id of the leadership's process: cluster id, member and term
 * @param ip dotted IPv4 address that is announced
 * @param version the Mesos version that clients are told, a semantic version
 */
public record MasterInfo(
        String id,
        String ip,
        int port,
        String hostname,
        String version,
        @Nullable FaultDomain domain) {
    /** As old drivers write it. */
    public String pid() {
        return "master@" + ip + ":" + port;
    }
}
