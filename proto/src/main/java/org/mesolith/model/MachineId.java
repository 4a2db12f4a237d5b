package org.mesolith.model;

import java.util.Comparator;
import java.util.Locale;

/**
 * A machine, by host name, address or both.
 *
 * @param hostname in small letters, for case means nothing; empty when only the address is known
 * @param ip IPv4 address as text; empty when only the name is known
 */
public record MachineId(String hostname, String ip) implements Comparable<MachineId> {
    private static final Comparator<MachineId> ORDER =
            Comparator.comparing(MachineId::hostname).thenComparing(MachineId::ip);

    public MachineId {
        hostname = hostname.toLowerCase(Locale.ROOT);
    }

    /** Whether an agent of this host name and address runs on it: every part that is given must be equal. */
    public boolean holds(String agentHostname, String address) {
        boolean named = !hostname.isEmpty() || !ip.isEmpty();
        return named
                && (hostname.isEmpty() || hostname.equals(agentHostname.toLowerCase(Locale.ROOT)))
                && (ip.isEmpty() || ip.equals(address));
    }

    @Override
    public int compareTo(MachineId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return hostname.isEmpty() ? ip : ip.isEmpty() ? hostname : hostname + " (" + ip + ")";
    }
}
