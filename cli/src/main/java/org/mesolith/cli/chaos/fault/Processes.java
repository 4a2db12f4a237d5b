package org.mesolith.cli.chaos.fault;

import java.time.Duration;
import java.util.List;
import org.mesolith.process.Member;

/** What faults do to processes, in one place. */
public final class Processes {
    /** How long a process may take to end. */
    public static final Duration GRACE = Duration.ofSeconds(20);

    /** How long one that was started may take until it answers. */
    public static final Duration START_MAX = Duration.ofSeconds(60);

    private Processes() {}

    /** Starts those that are dead, all at once, and waits until they answer, and masters take part in their group. */
    public static void startAgain(List<Member> members) {
        var dead = members.stream().filter(member -> !member.isAlive()).toList();
        dead.forEach(Member::start);
        dead.forEach(member -> member.awaitHealth(START_MAX));
        dead.forEach(member -> member.awaitTakingPart(START_MAX));
    }
}
