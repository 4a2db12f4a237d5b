package org.mesolith.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.VoterChange;

/** Which changes of the voters are safe. Pure; every refusal says why and what to do instead. */
final class VoterRules {
    /** Voters of a group: more only make every write slower. */
    static final int VOTERS_MAX = 9;

    private VoterRules() {}

    /** Who votes after the change: those that stay in their order, then the new ones, sorted by name. */
    static List<MemberAddress> wanted(List<MemberAddress> now, VoterChange wish) {
        var wanted = new ArrayList<MemberAddress>();
        for (var member : now) {
            if (!wish.removed().contains(member.member())) {
                wanted.add(member);
            }
        }
        for (var added : wish.added()) {
            if (wanted.stream().noneMatch(member -> member.member().equals(added.member()))) {
                wanted.add(added);
            }
        }
        wanted.sort(null);
        return wanted;
    }

    /** True when the change was made before: repeating a command after an interruption is no error. */
    static boolean isDone(List<MemberAddress> now, VoterChange wish) {
        return wanted(now, wish).equals(now);
    }

    /**
     * Why this change is not made; null when it may be.
     *
     * @param now who votes
     * @param healthy whether a present voter is heard and nearly up to date
     */
    static @Nullable String refusal(List<MemberAddress> now, VoterChange wish, Predicate<MemberAddress> healthy) {
        var present = names(now);
        if (!present.equals(new TreeSet<>(wish.seen()))) {
            return "the list of members has changed since it was looked at: now " + String.join(", ", present)
                    + ", then " + String.join(", ", new TreeSet<>(wish.seen()))
                    + ". Look again with `meso cluster members` and repeat the command";
        }
        for (var removed : wish.removed()) {
            if (!present.contains(removed)) {
                return "member " + removed + " does not vote in this cluster; `meso cluster members` shows who does";
            }
        }
        var wanted = wanted(now, wish);
        if (wanted.isEmpty()) {
            return "a cluster without members would be no cluster; to end it for good stop its masters";
        }
        if (wanted.size() > VOTERS_MAX) {
            return wanted.size() + " voters are more than the " + VOTERS_MAX + " that a cluster can have; remove some"
                    + " first";
        }
        var doubled = doubled(wanted);
        if (doubled != null) {
            return doubled;
        }
        if (wanted.size() % 2 == 0 && !wish.acceptEven()) {
            return wanted.size() + " voters survive the loss of " + ((wanted.size() - 1) / 2) + ", no more than "
                    + (wanted.size() - 1) + " do, and need one more for every write. Make the number odd, or say"
                    + " --accept-even";
        }
        var majority = majority(now, wanted);
        return majority != null ? majority : health(now, wanted, healthy);
    }

    private static @Nullable String doubled(List<MemberAddress> wanted) {
        var addresses = new TreeSet<String>();
        for (var member : wanted) {
            if (!addresses.add(member.raftAuthority()) || !addresses.add(member.httpAuthority())) {
                return "two members would have the address of " + member.httpAuthority() + " (" + member.member()
                        + "); give every master addresses of its own";
            }
        }
        return null;
    }

    /** The new ones could outvote the old ones before they have proved themselves. */
    private static @Nullable String majority(List<MemberAddress> now, List<MemberAddress> wanted) {
        var present = names(now);
        long added = wanted.stream()
                .filter(member -> !present.contains(member.member()))
                .count();
        long kept = wanted.size() - added;
        boolean firstGrowth = now.size() == 1 && wanted.size() == 2 && kept == 1;
        if (added == 0 || added < kept || firstGrowth) {
            return null;
        }
        return "one change would make " + added + " of " + wanted.size() + " voters new ones, and only " + kept
                + " of them would have held the state before: if the new ones fail together, everything is lost."
                + " Change fewer at a time: one, wait until `meso cluster members` shows it ok, then the next";
    }

    private static @Nullable String health(
            List<MemberAddress> now, List<MemberAddress> wanted, Predicate<MemberAddress> healthy) {
        long healthyNow = now.stream().filter(healthy).count();
        if (healthyNow <= now.size() / 2) {
            return "only " + healthyNow + " of " + now.size() + " members are healthy, which is no majority: a change"
                    + " could not be decided. Bring a member back first";
        }
        var present = names(now);
        var missing = new ArrayList<String>();
        for (var member : wanted) {
            if (present.contains(member.member()) && !healthy.test(member)) {
                missing.add(member.httpAuthority() + " (" + member.member() + ")");
            }
        }
        int alive = wanted.size() - missing.size();
        if (alive > wanted.size() / 2) {
            return null;
        }
        return "it would leave " + alive + " healthy of " + wanted.size() + " voters, which is no majority; not"
                + " healthy: " + String.join(", ", missing)
                + ". Replace or repair these first: `meso cluster replace OLD NEW`";
    }

    private static Set<String> names(List<MemberAddress> members) {
        var names = new TreeSet<String>();
        members.forEach(member -> names.add(member.member()));
        return names;
    }
}
