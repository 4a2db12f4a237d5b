package org.mesolith.cli.chaos;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.mesolith.check.history.Recorder;
import org.mesolith.cli.client.HostPort;

/**
 * What every load works with.
 *
 * @param history takes what is done and seen
 * @param signs takes when things worked
 * @param masters where operators call them; to choose from
 * @param announced what the masters tell frameworks of themselves
 * @param door to the masters
 * @param values to be written: each once only in a run
 * @param tag part of every name that the run gives, so that it meets nothing of an earlier one; may be empty
 */
record Stage(
        Recorder history,
        Signs signs,
        List<HostPort> masters,
        List<HostPort> announced,
        MasterDoor door,
        AtomicLong values,
        String tag) {

    /** One of the masters. */
    HostPort any(Random dice) {
        return masters.get(dice.nextInt(masters.size()));
    }

    /**
     * Before an operation that has no answer yet is sent once more.
     *
     * @return {@link System#nanoTime} of it
     */
    long sentAgain(String process, long operation) {
        long now = System.nanoTime();
        history.before(process, "sent-again", Map.of("operation", Long.toString(operation)));
        return now;
    }
}
