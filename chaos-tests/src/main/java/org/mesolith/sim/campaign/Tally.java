package org.mesolith.sim.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mesolith.sim.plan.Coverage;
import org.mesolith.sim.plan.Deeds;
import org.mesolith.sim.plan.FaultKind;
import org.mesolith.sim.plan.Moment;
import org.mesolith.sim.plan.Phase;
import org.mesolith.sim.plan.WorldReport;

/** What many simulations came to. The order of the seeds counts for the hash, not the order in which they ended. */
public final class Tally {
    private final Coverage coverage = new Coverage();
    private final Deeds deeds = new Deeds();
    private int seeds;
    private long events;
    private long hash;
    private long launches;
    private long refused;
    private long eventsMin = Long.MAX_VALUE;

    /** Takes over the next one; seeds come in order. */
    public void add(WorldReport report) {
        seeds++;
        events += report.events();
        eventsMin = Math.min(eventsMin, report.events());
        launches += report.launches();
        refused += report.refused();
        hash = hash * 31 + report.hash();
        coverage.add(report.coverage());
        deeds.add(report.deeds());
    }

    public int seeds() {
        return seeds;
    }

    public long events() {
        return events;
    }

    /** Of the shortest simulation. */
    public long eventsMin() {
        return seeds == 0 ? 0 : eventsMin;
    }

    public long launches() {
        return launches;
    }

    /** Commands that the state refused. */
    public long refused() {
        return refused;
    }

    /** Of all events of all seeds: the same on every machine. */
    public String hash() {
        return String.format(Locale.ROOT, "%016x", hash);
    }

    /** Of these kinds those that never struck, leader changes that never met a moment, and what was never done. */
    public List<String> missing(List<FaultKind> kinds) {
        var missing = new ArrayList<>(coverage.missing(kinds));
        missing.addAll(deeds.missing());
        return missing;
    }

    /** A line for each kind of thing that was done. */
    public List<String> deeds() {
        return deeds.lines();
    }

    /** A line for each kind: how often it struck, how often it met each phase, and the moments at which it struck. */
    public List<String> table(List<FaultKind> kinds) {
        var lines = new ArrayList<String>();
        var head = new StringBuilder(String.format(Locale.ROOT, "%-28s%10s", "fault", "strikes"));
        for (var phase : Phase.values()) {
            head.append(String.format(Locale.ROOT, "%13s", phase.word()));
        }
        head.append("  moments");
        lines.add(head.toString());
        kinds.forEach(kind -> lines.add(line(kind)));
        return lines;
    }

    private String line(FaultKind kind) {
        var line = new StringBuilder(String.format(Locale.ROOT, "%-28s%10d", kind.word(), coverage.struck(kind)));
        for (var phase : Phase.values()) {
            long met = coverage.met(kind, phase);
            line.append(String.format(Locale.ROOT, "%13s", met == 0 ? "-" : Long.toString(met)));
        }
        line.append(" ");
        for (var moment : Moment.values()) {
            long count = coverage.at(kind, moment);
            if (count > 0) {
                line.append(' ').append(moment.word()).append(':').append(count);
            }
        }
        return line.toString();
    }
}
