package org.mesolith.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The log of a process: lines on stderr for a supervisor to keep, and in files if a directory is named; of a flood, a
 * few.
 */
public final class ProcessLog {
    /** Values of the setting {@code logging_level}. */
    public static final List<String> LEVELS = List.of("INFO", "WARNING", "ERROR");

    /** A file of the log is full at this size, and so many are kept. */
    private static final int FILE_BYTES_MAX = 64 << 20;

    private static final int FILES_MAX = 5;

    // Loggers are held weakly by the JDK: this keeps its level only as long as somebody holds it.
    private static final Logger ROOT = Logger.getLogger("");

    private static final Logger OURS = Logger.getLogger("org.mesolith");

    private ProcessLog() {}

    /**
     * Replaces whatever was set up before.
     *
     * @param level one of {@link #LEVELS}: nothing below it is logged
     * @param directory where files are kept as well, null for none; made if it is not there
     * @param name of the process: its newest file is {@code name.log.0}
     * @throws IOException when the files cannot be written
     */
    public static void start(String level, @Nullable Path directory, String name) throws IOException {
        LogManager.getLogManager().reset();
        var handlers = new ArrayList<Handler>();
        handlers.add(ready(new ConsoleHandler()));
        if (directory != null) {
            Files.createDirectories(directory);
            var pattern = directory.toString().replace("%", "%%") + "/" + name + ".log.%g";
            handlers.add(ready(new FileHandler(pattern, FILE_BYTES_MAX, FILES_MAX, true)));
        }
        ROOT.addHandler(new Calm(handlers));
        ROOT.setLevel(threshold(level));
    }

    /**
     * More than the setting says: 1 adds what we note for ourselves, 2 all of it, 3 that of the libraries, too.
     *
     * @param setting that the process was started with, one of {@link #LEVELS}
     * @param level 0 for just that
     */
    public static void verbose(String setting, long level) {
        OURS.setLevel(level == 0 ? null : level == 1 ? Level.FINE : Level.FINEST);
        ROOT.setLevel(level < 3 ? threshold(setting) : Level.FINE);
    }

    /** Where {@link #start} keeps the newest lines. */
    public static Path newest(Path directory, String name) {
        return directory.resolve(name + ".log.0");
    }

    private static Handler ready(Handler handler) throws IOException {
        handler.setLevel(Level.ALL);
        handler.setEncoding("UTF-8");
        handler.setFormatter(new LogLine());
        return handler;
    }

    private static Level threshold(String level) {
        return switch (level) {
            case "ERROR" -> Level.SEVERE;
            case "WARNING" -> Level.WARNING;
            default -> Level.INFO;
        };
    }
}
