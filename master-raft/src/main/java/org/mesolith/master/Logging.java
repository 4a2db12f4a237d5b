package org.mesolith.master;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mesolith.logging.ProcessLog;

/** What a master logs: everything of ours, and of the consensus library only what is wrong. */
final class Logging {
    // Loggers are held weakly by the JDK: these keep their level only as long as somebody holds them.
    private static final Logger RATIS = Logger.getLogger("org.apache.ratis");
    private static final Logger RATIS_SHADED = Logger.getLogger("org.apache.ratis.thirdparty");

    /** What the files of the log are called after. */
    static final String NAME = "mesolith-master";

    private Logging() {}

    /** More than the setting says, 0 for just that; from 2 on also what the consensus library notes. */
    static void verbose(MasterConfig config, long level) {
        ProcessLog.verbose(config.loggingLevel(), level);
        RATIS.setLevel(level < 2 ? Level.WARNING : level == 2 ? Level.INFO : Level.FINE);
    }

    static void start(MasterConfig config) throws IOException {
        ProcessLog.start(config.loggingLevel(), config.logDir(), NAME);
        // At INFO an election storm or the installation of a snapshot writes thousands of lines.
        RATIS.setLevel(Level.WARNING);
        RATIS_SHADED.setLevel(Level.SEVERE);
    }
}
