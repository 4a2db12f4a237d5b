package org.mesolith.log;

/**
 * Where a member of the group of masters is reached.
 *
 * @param member its name in the group, unique
 * @param host name or IP address, of both ports
 * @param raftPort TCP port for the other members
 * @param httpPort TCP port of its HTTP door (clients, agents' links)
 */
public record MemberAddress(String member, String host, int raftPort, int httpPort)
        implements Comparable<MemberAddress> {
    /** {@code host:port} of the HTTP door, IPv6 addresses in brackets. */
    public String httpAuthority() {
        return authority(httpPort);
    }

    /** {@code host:port} for the other members, IPv6 addresses in brackets. */
    public String raftAuthority() {
        return authority(raftPort);
    }

    private String authority(int port) {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    @Override
    public int compareTo(MemberAddress other) {
        return member.compareTo(other.member);
    }
}
