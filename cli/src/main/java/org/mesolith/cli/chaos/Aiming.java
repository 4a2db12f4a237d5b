package org.mesolith.cli.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Framework;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** Finds whom a fault hits at the moment at which it strikes. One thread. */
final class Aiming {
    /** A second fault must not wait until the first is over: then it takes whom it knows. */
    private static final Duration LEADER_MAX_WHILE_ANOTHER_LASTS = Duration.ofSeconds(2);

    private static final Duration LEADER_MAX = Duration.ofSeconds(60);
    private static final Pattern COMMITTED = Pattern.compile("\"commit_index\"\\s*:\\s*(-?[0-9]+)");
    private static final Pattern TASKS = Pattern.compile("\"slave/tasks_running\"\\s*:\\s*([0-9]+)");

    private final ClusterProcess cluster;
    private final List<Framework> frameworks;
    private @Nullable Member lastLeader;

    Aiming(ClusterProcess cluster, List<Framework> frameworks) {
        this.cluster = cluster;
        this.frameworks = frameworks;
    }

    /**
     * Who is hit; nobody, if all whom it could hit are down.
     *
     * @param down names of those that other faults have taken away already
     */
    Victims find(Schedule.Blow blow, Collection<String> down) {
        Aim aim = blow.aim();
        if (aim == Aim.FRAMEWORK) {
            var up = frameworks.stream()
                    .filter(framework -> !down.contains(framework.name()))
                    .toList();
            return new Victims(
                    aim, List.of(), up.isEmpty() ? List.of() : List.of(up.get(blow.die() % up.size())), blow.die());
        }
        return new Victims(aim, members(aim, blow.die(), down), blow.die());
    }

    private List<Member> members(Aim aim, int die, Collection<String> down) {
        List<Member> agents = upOf(cluster.agents(), down);
        return switch (aim) {
            case MASTERS -> upOf(cluster.masters(), down);
            case AGENT -> one(agents, die);
            case BUSIEST_AGENT -> most(agents, agent -> number(agent.get("/metrics/snapshot"), TASKS));
            case LEADER, FOLLOWER, BEST_FOLLOWER -> {
                List<Member> masters = upOf(cluster.masters(), down);
                Member leader = leader(masters, down.isEmpty());
                if (aim == Aim.LEADER) {
                    yield leader == null ? List.of() : List.of(leader);
                }
                List<Member> followers = masters.stream()
                        .filter(master -> !master.equals(leader))
                        .toList();
                yield aim == Aim.FOLLOWER
                        ? one(followers, die)
                        : most(followers, follower -> number(follower.get("/raft"), COMMITTED));
            }
            case FRAMEWORK -> List.of();
        };
    }

    private static List<Member> upOf(List<Member> members, Collection<String> down) {
        return members.stream().filter(member -> !down.contains(member.name())).toList();
    }

    private static List<Member> one(List<Member> members, int die) {
        return members.isEmpty() ? List.of() : List.of(members.get(die % members.size()));
    }

    /** What one of them has. */
    private interface Measure {
        long of(Member member);
    }

    private static List<Member> most(List<Member> members, Measure measure) {
        return members.stream().max(Comparator.comparingLong(measure::of)).stream()
                .toList();
    }

    private static long number(Probe page, Pattern pattern) {
        Matcher number = pattern.matcher(page.body());
        return page.isOk() && number.find() ? Long.parseLong(number.group(1)) : -1;
    }

    private @Nullable Member leader(List<Member> masters, boolean isAlone) {
        var found = new ArrayList<Member>();
        try {
            Waiting.until("a leader to strike at", isAlone ? LEADER_MAX : LEADER_MAX_WHILE_ANOTHER_LASTS, () -> {
                masters.stream().filter(Member::isServingLeader).findFirst().ifPresent(found::add);
                return found.isEmpty() ? "nobody serves" : "";
            });
            lastLeader = found.getFirst();
        } catch (IllegalStateException none) {
            if (isAlone) {
                throw none;
            }
        }
        return masters.contains(lastLeader)
                ? lastLeader
                : masters.stream().findFirst().orElse(null);
    }
}
