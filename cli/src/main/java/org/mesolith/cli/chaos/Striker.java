package org.mesolith.cli.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.HistoryWriter;
import org.mesolith.cli.chaos.Schedule.Blow;
import org.mesolith.cli.chaos.fault.Hurt;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;

/**
 * Strikes, holds, heals: every fault and its end is written into the history, before it begins and after it is over,
 * with what it takes away. Touches only processes of its cluster. One thread.
 */
final class Striker {
    private final Site site;
    private final Aiming aiming;
    private final HistoryWriter history;
    private final Progress progress;
    private final Set<String> skipped = new LinkedHashSet<>();

    /** A fault that lasts. */
    private record Open(Blow blow, long number, Victims victims, Hurt hurt, Wound wound, long endNanos) {}

    Striker(Site site, Progress progress) {
        this.site = site;
        this.aiming = new Aiming(site.cluster(), site.frameworks());
        this.history = site.history();
        this.progress = progress;
    }

    /**
     * One round from beginning to end. Returns when all of it was over, in {@link System#nanoTime}; null if nothing
     * was done, because this machine or this run cannot do it.
     */
    @Nullable
    Long strike(Schedule.Round round) {
        var open = new ArrayList<Open>();
        Open first = begin(round.first(), open);
        if (first == null) {
            return null;
        }
        open.add(first);
        Blow next = round.second();
        if (next != null) {
            LockSupport.parkNanos(round.after().toNanos());
            Open second = begin(next, open);
            if (second != null) {
                open.add(second);
            }
        }
        open.sort(Comparator.comparingLong(Open::endNanos));
        open.forEach(this::heal);
        progress.fault("");
        return System.nanoTime();
    }

    private @Nullable Open begin(Blow blow, List<Open> open) {
        String word = blow.fault().word();
        String unmet = blow.fault().unmet(site);
        if (!unmet.isEmpty()) {
            if (skipped.add(word)) {
                history.seen("controller", "skipped", Map.of("fault", word, "why", unmet));
                progress.say("skipped: " + word + ": " + unmet);
            }
            return null;
        }
        Victims victims = aiming.find(
                blow, open.stream().flatMap(one -> one.hurt().down().stream()).toList());
        if (victims.isEmpty()) {
            String why = "everybody whom it could hit is down already";
            history.seen("controller", "not-struck", Map.of("fault", word, "why", why));
            return null;
        }
        progress.fault(word + " on " + victims.names());
        Hurt hurt = blow.fault().hurt(site, victims);
        var facts = new TreeMap<>(hurt.facts());
        facts.put("on", victims.names());
        facts.put("role", blow.aim().name());
        if (!blow.fault().majorityStays(victims)) {
            facts.put("majority", "lost");
        }
        long number = history.fault(word, facts);
        Wound wound = blow.fault().begin(site, victims);
        history.seen("controller", "struck", Map.of("fault", Long.toString(number), "on", victims.names()));
        return new Open(
                blow,
                number,
                victims,
                hurt,
                wound,
                System.nanoTime() + blow.hold().toNanos());
    }

    private void heal(Open one) {
        LockSupport.parkNanos(one.endNanos() - System.nanoTime());
        one.wound().heal();
        history.end(
                Kind.HEAL,
                "controller",
                one.number(),
                one.blow().fault().word(),
                Map.of("on", one.victims().names(), "role", one.blow().aim().name()));
    }
}
