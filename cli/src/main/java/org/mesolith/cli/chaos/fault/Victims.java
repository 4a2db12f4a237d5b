package org.mesolith.cli.chaos.fault;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mesolith.process.Member;

/**
 * Who is hit.
 *
 * @param aim whom it was meant for
 * @param members the masters or agents that it found
 * @param frameworks those that it found; one of both is not empty
 * @param die a number out of the seed, 0 to 999, for what else is to be chosen
 */
public record Victims(Aim aim, List<Member> members, List<Framework> frameworks, int die) {

    /** Members are kept in order. */
    public Victims {
        members = List.copyOf(members);
        frameworks = List.copyOf(frameworks);
    }

    /** Masters or agents. */
    public Victims(Aim aim, List<Member> members, int die) {
        this(aim, members, List.of(), die);
    }

    /** True if it found nobody. */
    public boolean isEmpty() {
        return members.isEmpty() && frameworks.isEmpty();
    }

    /** The first of them. */
    public Member first() {
        return members.getFirst();
    }

    /** Their names, with blanks between them. */
    public String names() {
        return Stream.concat(
                        members.stream().map(Member::name), frameworks.stream().map(Framework::name))
                .collect(Collectors.joining(" "));
    }
}
