package org.mesolith.master;

import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** What is logged, and how a line looks: one line an event on stderr, for a supervisor to keep. */
final class Logging {
    private static final Logger ROOT = Logger.getLogger("");

    // Loggers are held weakly by the JDK: these keep their level only as long as somebody holds them.
    private static final Logger RATIS = Logger.getLogger("org.apache.ratis");
    private static final Logger RATIS_SHADED = Logger.getLogger("org.apache.ratis.thirdparty");

    private Logging() {}

    static void start(String level) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$-7s %3$s: %5$s%6$s%n");
        LogManager.getLogManager().reset();
        var handler = new java.util.logging.ConsoleHandler();
        handler.setLevel(Level.ALL);
        ROOT.addHandler(handler);
        ROOT.setLevel(level.equals("ERROR") ? Level.SEVERE : level.equals("WARNING") ? Level.WARNING : Level.INFO);
        // At INFO an election storm or the installation of a snapshot writes thousands of lines.
        RATIS.setLevel(Level.WARNING);
        RATIS_SHADED.setLevel(Level.SEVERE);
    }
}
