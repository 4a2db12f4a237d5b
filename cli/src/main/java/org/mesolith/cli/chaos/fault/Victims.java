package org.mesolith.cli.chaos.fault;

import java.util.List;
import java.util.stream.Collectors;
import org.mesolith.process.Member;

/**
 * Who is hit.
 *
 * @param aim whom it was meant for
 * @param members the masters or agents that it found, one at least
 * @param die a number out of the seed, 0 to 999, for what else is to be chosen
 */
public record Victims(Aim aim, List<Member> members, int die) {

    /** Members are kept in order. */
    public Victims {
        members = List.copyOf(members);
    }

    /** The first of them. */
    public Member first() {
        return members.getFirst();
    }

    /** Their names, with blanks between them. */
    public String names() {
        return members.stream().map(Member::name).collect(Collectors.joining(" "));
    }
}
