package org.mesolith.api;

import java.util.List;
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
        @Nullable FaultDomain domain,
        List<Capability> capabilities) {
    /** Something that a master can do and older ones cannot. */
    public enum Capability {
        /** Agents may come back with other resources and attributes. */
        AGENT_UPDATE(1),
        /** Agents can be emptied by an operator. */
        AGENT_DRAINING(2),
        /** Quota has limits beside guarantees. */
        QUOTA_V2(3);

        private final int number;

        Capability(int number) {
            this.number = number;
        }

        /** The number of the v1 interface. */
        public int number() {
            return number;
        }
    }

    /** What this version can do. */
    public static final List<Capability> BUILT =
            List.of(Capability.AGENT_UPDATE, Capability.AGENT_DRAINING, Capability.QUOTA_V2);

    public MasterInfo {
        capabilities = List.copyOf(capabilities);
    }

    /** A master of this version. */
    public MasterInfo(String id, String ip, int port, String hostname, String version, @Nullable FaultDomain domain) {
        this(id, ip, port, hostname, version, domain, BUILT);
    }

    /** As old drivers write it. */
    public String pid() {
        return "master@" + ip + ":" + port;
    }
}
