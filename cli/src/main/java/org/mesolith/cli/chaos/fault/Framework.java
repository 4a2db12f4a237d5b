package org.mesolith.cli.chaos.fault;

import java.time.Duration;
import org.mesolith.process.OsProcess;

/** A framework of the run in a process of its own. Any thread. */
public interface Framework {

    /** As the history calls it. */
    String name();

    /** The current life, or the last one. */
    OsProcess process();

    /** SIGKILL, and waits until it is gone. */
    void kill();

    /**
     * Starts it again as the same framework; it was killed. Returns when the process is started, not when it has
     * subscribed: that is what the cluster and the framework owe.
     */
    void startAgain();

    /** Waits until it is about to send an ACCEPT that launches; false if it did not in this time. */
    boolean awaitLaunch(Duration max);
}
