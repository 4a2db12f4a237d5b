package org.mesolith.cli.console;

import java.io.PrintStream;

/**
 * One line of progress on stderr. On a terminal it is written over itself; anywhere else, and on a terminal that cannot
 * do that ({@code TERM=dumb}), each new line follows the last one. One thread.
 */
public final class LiveLine implements AutoCloseable {
    /** To the beginning of the line, and nothing behind it. */
    private static final String ANEW = "\r\u001b[K";

    private final PrintStream err;
    private final boolean overwrites;
    private String shown = "";

    public LiveLine(Console console) {
        this.err = console.err();
        this.overwrites = console.isWatched() && !console.variable("TERM").equals("dumb");
    }

    /** Shows this line unless it stands there already. */
    public void show(String line) {
        if (line.equals(shown)) {
            return;
        }
        shown = line;
        if (overwrites) {
            err.print(ANEW + line);
            err.flush();
        } else {
            err.println(line);
        }
    }

    /** What follows begins on a line of its own. */
    @Override
    public void close() {
        if (overwrites && !shown.isEmpty()) {
            err.println();
        }
    }
}
