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
