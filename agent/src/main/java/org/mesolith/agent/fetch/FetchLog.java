package org.mesolith.agent.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Tells in the stderr of a task what is fetched for it. Any thread; a line that cannot be written is lost. */
final class FetchLog {
    private static final System.Logger LOG = System.getLogger(FetchLog.class.getName());

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();

    FetchLog(Path sandbox) {
        this.file = sandbox.resolve("stderr");
    }

    void say(String text) {
        var line = Instant.now().truncatedTo(ChronoUnit.MILLIS) + " fetcher: " + text + "\n";
        lock.lock();
        try {
            Files.writeString(file, line, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException full) {
            LOG.log(System.Logger.Level.DEBUG, "cannot write " + file, full);
        } finally {
            lock.unlock();
        }
    }
}
