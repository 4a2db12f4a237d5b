package org.mesolith.sim.campaign;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mesolith.sim.World;
import org.mesolith.sim.plan.WorldSettings;

/** Plays seeds and says what each came to: in this process, or as a process of its own in other surroundings. */
final class WorldHashMain {
    private WorldHashMain() {}

    /** One line for each of the seeds, from the first: seed, hash of its events and of where they led, events. */
    static List<String> lines(long first, int seeds) {
        var lines = new ArrayList<String>();
        for (long seed = first; seed < first + seeds; seed++) {
            var report = World.run(WorldSettings.smoke(seed));
            lines.add(String.format(Locale.ROOT, "%d\t%016x\t%d", seed, report.hash(), report.events()));
        }
        return lines;
    }

    /** With the first seed and how many. */
    public static void main(String[] words) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        lines(Long.parseLong(words[0]), Integer.parseInt(words[1])).forEach(out::println);
    }
}
