package org.mesolith.cli.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.HistoryWriter;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Member;
import org.mesolith.process.Waiting;

/**
 * Strikes, holds, heals: every fault and its end is written into the history, before it begins and after it is over.
 * Touches only processes of its cluster. One thread.
 */
final class Striker {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final ClusterProcess cluster;
    private final Stage stage;
    private final HistoryWriter history;

    Striker(ClusterProcess cluster, Stage stage) {
        this.cluster = cluster;
        this.stage = stage;
        this.history = stage.history();
    }

    /** One fault from beginning to end. Returns when it was over, in {@link System#nanoTime}. */
    long strike(Schedule.Blow blow) {
        List<Member> victims = victims(blow);
        String names = String.join(" ", victims.stream().map(Member::name).toList());
        String word = blow.strike().word();
        var facts = new TreeMap<>(Map.of("on", names, "role", blow.role().name()));
        long fault = history.fault(word, facts);
        begin(blow.strike(), victims);
        if (blow.strike().majorityStays()) {
            history.seen("controller", "struck", Map.of("fault", Long.toString(fault), "on", names));
        }
        LockSupport.parkNanos(blow.hold().toNanos());
        heal(blow.strike(), victims);
        history.end(Kind.HEAL, "controller", fault, word, facts);
        return System.nanoTime();
    }

    private List<Member> victims(Schedule.Blow blow) {
        if (blow.strike() == Strike.POWER_LOSS) {
            return cluster.masters();
        }
        if (blow.strike().victim() == Strike.Victim.AGENT) {
            return List.of(cluster.agents().get(blow.which() % cluster.agents().size()));
        }
        Member leader = cluster.awaitLeader(LONG);
        if (blow.role() == Schedule.Role.LEADER) {
            return List.of(leader);
        }
        var followers = cluster.masters().stream()
                .filter(master -> !master.equals(leader))
                .toList();
        return List.of(followers.get(blow.which() % followers.size()));
    }

    private void begin(Strike strike, List<Member> victims) {
        switch (strike) {
            case MASTER_CRASH, POWER_LOSS, AGENT_CRASH -> {
                victims.forEach(victim -> victim.process().killNow());
                victims.forEach(victim -> victim.process().awaitEnd(GRACE));
            }
            case MASTER_STOP -> victims.forEach(victim -> victim.process().stop(GRACE));
            case MASTER_PAUSE, AGENT_PAUSE ->
                victims.forEach(victim -> victim.process().pause());
            case HANDOVER -> handOver(victims.getFirst());
        }
    }

    private void heal(Strike strike, List<Member> victims) {
        switch (strike) {
            case MASTER_CRASH, MASTER_STOP, AGENT_CRASH, POWER_LOSS -> {
                victims.forEach(Member::start);
                victims.forEach(victim -> victim.awaitHealth(LONG));
            }
            case MASTER_PAUSE, AGENT_PAUSE ->
                victims.forEach(victim -> victim.process().resume());
            case HANDOVER -> {
                // Nothing holds it up.
            }
        }
    }

    private void handOver(Member leader) {
        var answer = stage.door()
                .call(HostPort.parse(leader.address()), "/raft/transfer", JsonObject.of("to", (Object) null));
        if (answer.kind() != Kind.OK) {
            history.seen("controller", "handover-refused", Map.of("why", answer.why()));
        }
        Waiting.until("a leader after the handover", LONG, () -> {
            for (Member master : cluster.masters()) {
                if (master.isServingLeader()) {
                    return "";
                }
            }
            return "nobody serves";
        });
    }
}
