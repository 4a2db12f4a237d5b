package org.mesolith.cli.chaos.fault.wire;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Ground;
import org.mesolith.cli.chaos.fault.Hurt;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.process.Trick;
import org.mesolith.process.Way;
import org.mesolith.process.Wires;

/** A trick on some of the connections of the cluster. */
final class WireFault implements Fault {

    /** Which directions are meant. */
    interface Ways {
        /** For one blow. */
        List<Way> of(Site site, Victims victims);
    }

    private static final long HOLD_MILLIS_MIN = 3_000;
    private static final int HOLD_MILLIS_MORE = 3_500;

    private final String word;
    private final int mastersMin;
    private final List<Aim> aims;
    private final Ways ways;
    private final Trick trick;

    WireFault(String word, int mastersMin, Trick trick, Ways ways, Aim... aims) {
        this.word = word;
        this.mastersMin = mastersMin;
        this.trick = trick;
        this.ways = ways;
        this.aims = List.of(aims);
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public List<Aim> aims() {
        return aims;
    }

    @Override
    public boolean leavesTheLead() {
        return !trick.isCut() && !trick.isDead();
    }

    @Override
    public boolean overlaps() {
        return true;
    }

    @Override
    public Set<Ground.Need> needs() {
        return Set.of(Ground.Need.WIRES);
    }

    @Override
    public String unmet(Site site) {
        String unmet = site.ground().unmet(Ground.Need.WIRES);
        if (unmet.isEmpty() && aims.contains(Aim.FRAMEWORK)) {
            unmet = site.unmetFrameworks();
        }
        int masters = site.cluster().masters().size();
        return unmet.isEmpty() && masters < mastersMin
                ? "it takes " + mastersMin + " masters and this run has " + masters
                : unmet;
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(HOLD_MILLIS_MIN + dice.nextInt(HOLD_MILLIS_MORE));
    }

    @Override
    public Hurt hurt(Site site, Victims victims) {
        return trick.isCut() || trick.isDead() ? Hurt.cut(ways.of(site, victims)) : Hurt.NONE;
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        Wires.Play play = site.cluster().wires().play(ways.of(site, victims), trick);
        return play::close;
    }
}
