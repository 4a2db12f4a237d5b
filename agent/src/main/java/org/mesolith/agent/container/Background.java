package org.mesolith.agent.container;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Work that waits for processes and disks, each piece on a virtual thread of its own. Any thread. */
final class Background implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Background.class.getName());
    private static final int TRIES_MAX = 600;

    private volatile boolean closed;

    /** What may fail. */
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Does it soon; what fails is tried again every second, until this is closed or it has been tried for long. */
    void run(String what, Work work) {
        Thread.ofVirtual().name(what).start(() -> {
            try {
                for (int tries = 1; !tried(what, work) && tries < TRIES_MAX && !closed; tries++) {
                    TimeUnit.SECONDS.sleep(1);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static boolean tried(String what, Work work) throws InterruptedException {
        try {
            work.run();
            return true;
        } catch (IOException | RuntimeException failed) {
            LOG.log(System.Logger.Level.ERROR, "failed, trying again: " + what, failed);
            return false;
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Nothing that fails is tried again; what is under way goes on. */
    @Override
    public void close() {
        closed = true;
    }
}
