package org.mesolith.raft;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.ratis.util.ExitUtils;

/** Keeps Ratis from doing to the whole process what is ours to decide. */
final class RatisManners {
    /**
     * Elections and snapshots tell thousands of lines, a member that is away some every few seconds. Held here, because
     * the platform's logging forgets loggers that nobody holds, and their levels.
     */
    private static final List<Logger> LOGGERS =
            List.of(quiet("org.apache.ratis", Level.WARNING), quiet("org.apache.ratis.grpc", Level.SEVERE));

    private static final boolean TAMED = tame();

    private RatisManners() {}

    /** To be called before anything of Ratis is used; again does nothing. */
    static void teach() {
        if (!TAMED || LOGGERS.isEmpty()) {
            throw new IllegalStateException("unreachable: the fields are set when the class is loaded");
        }
    }

    /** A level that an operator has set stays. */
    private static Logger quiet(String name, Level level) {
        var logger = Logger.getLogger(name);
        if (logger.getLevel() == null) {
            logger.setLevel(level);
        }
        return logger;
    }

    /** Ratis would call System.exit where its port is taken, and after an uncaught exception of any thread of ours. */
    private static boolean tame() {
        var ours = Thread.getDefaultUncaughtExceptionHandler();
        ExitUtils.disableSystemExit();
        ExitUtils.setTerminateOnUncaughtException(false);
        Thread.setDefaultUncaughtExceptionHandler(ours);
        return true;
    }
}
