package org.mesolith.cli.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** The leader is told to give the lead away. */
final class Handover implements Fault {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(4);
    private static final Duration LEADER_MAX = Duration.ofSeconds(60);

    @Override
    public String word() {
        return "handover";
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.LEADER);
    }

    @Override
    public String unmet(Site site) {
        return "";
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ZERO;
    }

    @Override
    public Hurt hurt(Site site, Victims victims) {
        return Hurt.NONE;
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        Probe answer = Probe.ask(victims.first().address(), "/raft/transfer", "{\"to\":null}", ANSWER_MAX);
        if (!answer.isOk()) {
            String why = answer.status() + " " + answer.body();
            site.history().seen("controller", "handover-refused", Map.of("why", why));
        }
        Waiting.until("a leader after the handover", LEADER_MAX, () -> {
            for (Member master : site.cluster().masters()) {
                if (master.isServingLeader()) {
                    return "";
                }
            }
            return "nobody serves";
        });
        return Wound.NONE;
    }
}
