package org.mesolith.leader.agent;

import java.util.List;
import org.mesolith.state.row.KnownMember;
import org.mesolith.state.row.MembershipRow;

/** Where agents may look for the leader. */
final class Masters {
    private Masters() {}

    /** host:port of every master that belongs to the cluster, voting or not: one without a vote names the leader. */
    static List<String> of(MembershipRow members) {
        return members.members().stream()
                .filter(member -> !member.isRemoved())
                .map(Masters::address)
                .toList();
    }

    private static String address(KnownMember member) {
        var host = member.host().indexOf(':') >= 0 ? "[" + member.host() + "]" : member.host();
        return host + ":" + member.httpPort();
    }
}
