package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The newest things that happened, for whoever has to understand a failure. Texts are made only when they are read. */
final class Trace {
    private static final int LINES_MAX = 4_000;

    /** Prints everything as it happens. */
    private static final boolean ECHO = Boolean.getBoolean("world.echo");

    private record Line(Duration at, @Nullable Object[] parts) {
        String text() {
            var words = Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining(" "));
            return String.format(Locale.ROOT, "%13.6f  %s", at.toNanos() / 1e9, words);
        }
    }

    private final SimClock clock;
    private final Line[] ring = new Line[LINES_MAX];
    private long count;

    Trace(SimClock clock) {
        this.clock = clock;
    }

    /** Something happened. The parts must not change any more. */
    void note(@Nullable Object... parts) {
        var line = new Line(clock.elapsed(), parts);
        ring[(int) (count % LINES_MAX)] = line;
        count++;
        if (ECHO) {
            System.out.println(line.text());
        }
    }

    /** The newest, oldest first. */
    List<String> lines(int max) {
        var lines = new ArrayList<String>();
        for (long i = Math.max(0, count - Math.min(max, LINES_MAX)); i < count; i++) {
            lines.add(ring[(int) (i % LINES_MAX)].text());
        }
        return lines;
    }
}
