package org.mesolith.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A direction in which bytes go.
 *
 * @param from name of the process that sends
 * @param to name of the process that hears
 */
public record Way(String from, String to) {

    /** Both directions between one and each of the others. */
    public static List<Way> between(String one, Collection<String> others) {
        var ways = new ArrayList<Way>();
        for (String other : others) {
            ways.add(new Way(one, other));
            ways.add(new Way(other, one));
        }
        return ways;
    }

    /** The other direction. */
    public Way back() {
        return new Way(to, from);
    }

    /** As histories write it: {@code from>to}. */
    @Override
    public String toString() {
        return from + ">" + to;
    }
}
