package org.mesolith.cli.chaos.fault;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mesolith.process.Way;

/**
 * What a fault takes away while it lasts. The checker of liveness finds from it what the cluster owes.
 *
 * @param down names of masters, agents and frameworks that take no part
 * @param cut directions in which nothing arrives, or nobody can tell what does
 */
public record Hurt(List<String> down, List<Way> cut) {

    /** Nothing: everybody is up and reaches everybody, though perhaps slowly. */
    public static final Hurt NONE = new Hurt(List.of(), List.of());

    /** Both are kept in order. */
    public Hurt {
        down = List.copyOf(down);
        cut = List.copyOf(cut);
    }

    /** All of them take no part. */
    public static Hurt down(Victims victims) {
        return new Hurt(List.of(victims.names().split(" ")), List.of());
    }

    /** In these directions nothing arrives. */
    public static Hurt cut(Collection<Way> ways) {
        return new Hurt(List.of(), List.copyOf(ways));
    }

    /** For the line of the history with which a fault begins. */
    public Map<String, String> facts() {
        var facts = new TreeMap<String, String>();
        if (!down.isEmpty()) {
            facts.put("down", String.join(" ", down));
        }
        if (!cut.isEmpty()) {
            facts.put("cut", cut.stream().map(Way::toString).collect(Collectors.joining(" ")));
        }
        return facts;
    }
}
