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
import org.mesolith.process.Way;

/** All connections of one are broken with what is under way on them, at the beginning and once more at the end. */
final class BrokenConnections implements Fault {

    @Override
    public String word() {
        return "broken-connection";
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.LEADER, Aim.BEST_FOLLOWER, Aim.BUSIEST_AGENT);
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
        return site.ground().unmet(Ground.Need.WIRES);
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(100L + dice.nextInt(900));
    }

    @Override
    public Hurt hurt(Site site, Victims victims) {
        return Hurt.NONE;
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        reset(site, victims);
        return () -> reset(site, victims);
    }

    private static void reset(Site site, Victims victims) {
        List<Way> ways = Links.toEverybody(site, victims);
        int broken = site.cluster().wires().reset(ways);
        site.history().seen("controller", "broken", Map.of("on", victims.names(), "count", Integer.toString(broken)));
    }
}
