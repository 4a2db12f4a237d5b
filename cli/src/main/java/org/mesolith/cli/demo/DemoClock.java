package org.mesolith.cli.demo;

import java.io.PrintStream;
import java.util.Locale;

/** Prints what happens with the seconds since the start. Any thread. */
final class DemoClock {

    private final PrintStream out;
    private final long start = System.nanoTime();

    DemoClock(PrintStream out) {
        this.out = out;
    }

    /** One line with the time now. */
    void say(String text) {
        out.println(String.format(Locale.ROOT, "%7.2f s  %s", (System.nanoTime() - start) / 1e9, text));
        out.flush();
    }

    /** One line without a time. */
    void plain(String text) {
        out.println("           " + text);
        out.flush();
    }
}
