package org.mesolith.cli.chaos.fault.wire;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Ground;
import org.mesolith.cli.chaos.fault.Hurt;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.process.Member;
import org.mesolith.process.Way;
import org.mesolith.process.fault.Packets;

/** Harm to the packets of one process, by the kernel: what wires cannot do, because they lose nothing. */
final class PacketFault implements Fault {

    /** What is done to packets. */
    interface Kind {
        /** For one blow. */
        Packets.Harm of(Victims victims);
    }

    private static final long HOLD_MILLIS_MIN = 3_000;
    private static final int HOLD_MILLIS_MORE = 3_900;
    private static final int RATE_KILOBITS = 1_000;

    private final String word;
    private final Kind kind;
    private final boolean leavesTheLead;
    private final List<Aim> aims;

    PacketFault(String word, Kind kind, boolean leavesTheLead, Aim... aims) {
        this.word = word;
        this.kind = kind;
        this.leavesTheLead = leavesTheLead;
        this.aims = List.of(aims);
    }

    /** 20 to 40 of 100 are lost, to and from. */
    static Packets.Harm loss(Victims victims) {
        return Packets.lose(Packets.Side.BOTH, 20 + victims.die() % 21);
    }

    /** All are lost that go to it, or all that it sends. */
    static Packets.Harm oneWay(Victims victims) {
        return Packets.lose(victims.die() % 2 == 0 ? Packets.Side.TO : Packets.Side.FROM, 100);
    }

    /** All of them pass, but slowly. */
    static Packets.Harm rate(Victims victims) {
        return Packets.narrow(RATE_KILOBITS);
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public List<Aim> aims() {
        return aims;
    }

    /** A leader that loses some packets may well go on leading, badly: then nothing comes in time. */
    @Override
    public boolean majorityStays(Victims victims) {
        int lost = kind.of(victims).lostPercent();
        return lost == 0 || lost == 100 || victims.aim() != Aim.LEADER;
    }

    @Override
    public boolean leavesTheLead() {
        return leavesTheLead;
    }

    @Override
    public boolean overlaps() {
        return true;
    }

    @Override
    public Set<Ground.Need> needs() {
        return Set.of(Ground.Need.PACKETS, Ground.Need.WIRES);
    }

    @Override
    public String unmet(Site site) {
        String unmet = site.ground().unmet(Ground.Need.PACKETS);
        return unmet.isEmpty() ? site.ground().unmet(Ground.Need.WIRES) : unmet;
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(HOLD_MILLIS_MIN + dice.nextInt(HOLD_MILLIS_MORE));
    }

    @Override
    public Hurt hurt(Site site, Victims victims) {
        Packets.Harm harm = kind.of(victims);
        if (harm.lostPercent() == 0) {
            return Hurt.NONE;
        }
        String one = victims.first().name();
        List<Way> all = Links.toEverybody(site, victims);
        return Hurt.cut(
                switch (harm.side()) {
                    case TO -> all.stream().filter(way -> way.to().equals(one)).toList();
                    case FROM ->
                        all.stream().filter(way -> way.from().equals(one)).toList();
                    case BOTH -> all;
                });
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        Member victim = victims.first();
        Packets.Harm harm = kind.of(victims);
        var packets = Packets.begin(() -> victim.isAlive() ? victim.process().pid() : -1, harm);
        // A connection that it opens has to be met before it brings anything: a leader lives on one answer.
        var guard = site.cluster().wires().guardedBy(caller -> {
            if (caller.equals(victim.name())) {
                packets.lookAgain();
            }
        });
        return () -> {
            try (packets;
                    guard) {
                if (harm.lostPercent() > 0) {
                    var facts = Map.of(
                            "on", victim.name(),
                            "side", harm.side().name(),
                            "percent", Integer.toString(harm.lostPercent()),
                            "packets", Long.toString(packets.lost()));
                    site.history().seen("controller", "lost", facts);
                }
            }
        };
    }
}
