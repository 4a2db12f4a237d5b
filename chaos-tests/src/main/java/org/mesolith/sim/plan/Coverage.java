package org.mesolith.sim.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** How often each kind of fault struck, and what it met: phases of the cluster, and moments of a command's way. */
public final class Coverage {
    private final long[] struck = new long[FaultKind.values().length];
    private final long[][] met = new long[FaultKind.values().length][Phase.values().length];
    private final long[][] moments = new long[FaultKind.values().length][Moment.values().length];

    /** A fault struck while these went on. */
    public void struck(FaultKind kind, Moment moment, Set<Phase> phases) {
        struck[kind.ordinal()]++;
        moments[kind.ordinal()][moment.ordinal()]++;
        phases.forEach(phase -> met[kind.ordinal()][phase.ordinal()]++);
    }

    /** Takes over what another run met. */
    public void add(Coverage other) {
        for (int kind = 0; kind < struck.length; kind++) {
            struck[kind] += other.struck[kind];
            sum(met[kind], other.met[kind]);
            sum(moments[kind], other.moments[kind]);
        }
    }

    private static void sum(long[] into, long[] more) {
        for (int i = 0; i < into.length; i++) {
            into[i] += more[i];
        }
    }

    /** How often this kind struck. */
    public long struck(FaultKind kind) {
        return struck[kind.ordinal()];
    }

    /** How often this kind met this phase. */
    public long met(FaultKind kind, Phase phase) {
        return met[kind.ordinal()][phase.ordinal()];
    }

    /** How often this kind struck at this moment. */
    public long at(FaultKind kind, Moment moment) {
        return moments[kind.ordinal()][moment.ordinal()];
    }

    /** How often anything struck. */
    public long strikes() {
        return Arrays.stream(struck).sum();
    }

    /** Of these kinds those that never struck, and leader changes that never met a moment, in words. */
    public List<String> missing(List<FaultKind> kinds) {
        var missing = new ArrayList<String>();
        for (var kind : kinds) {
            if (struck(kind) == 0) {
                missing.add(kind.word());
            } else if (FaultKind.LEADER_CHANGES.contains(kind)) {
                Arrays.stream(Moment.values())
                        .filter(moment -> at(kind, moment) == 0)
                        .forEach(moment -> missing.add(kind.word() + " when " + moment.word()));
            }
        }
        return missing;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Coverage that
                && Arrays.equals(struck, that.struck)
                && Arrays.deepEquals(met, that.met)
                && Arrays.deepEquals(moments, that.moments);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(struck) * 31 + Arrays.deepHashCode(met);
    }
}
