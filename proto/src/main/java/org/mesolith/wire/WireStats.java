package org.mesolith.wire;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of one server since its start; "open" and "under way" are as of now.
 *
 * @param connectionsOpen connections, streams and links included
 * @param connectionsRefused closed at once because too many were open
 * @param callsUnderWay handlers that run now
 * @param callsStarted handlers started
 * @param callsRefused answered 503 because too many were under way or too many bytes were held
 * @param callsFailed handlers that threw
 * @param callsLate handlers that were interrupted and answered 504
 * @param requestsRefused answered 4xx or 5xx by the server itself because they were not acceptable HTTP
 * @param streamsOpen streams that run now
 * @param streamsStarted streams started
 * @param streamsFull streams that refused a frame at least once because the outbox was full
 * @param streamsCut streams whose reader did not take the end in time and that were reset
 * @param linksOpen links that run now
 * @param linksStarted links started
 * @param bytesIn bytes read from all sockets
 * @param bytesOut bytes written to all sockets
 */
public record WireStats(
        long connectionsOpen,
        long connectionsRefused,
        long callsUnderWay,
        long callsStarted,
        long callsRefused,
        long callsFailed,
        long callsLate,
        long requestsRefused,
        long streamsOpen,
        long streamsStarted,
        long streamsFull,
        long streamsCut,
        long linksOpen,
        long linksStarted,
        long bytesIn,
        long bytesOut) {

    /** The counters while they run; every thread counts. */
    static final class Counters {
        final AtomicLong connectionsOpen = new AtomicLong();
        final LongAdder connectionsRefused = new LongAdder();
        final AtomicLong callsUnderWay = new AtomicLong();
        final LongAdder callsStarted = new LongAdder();
        final LongAdder callsRefused = new LongAdder();
        final LongAdder callsFailed = new LongAdder();
        final LongAdder callsLate = new LongAdder();
        final LongAdder requestsRefused = new LongAdder();
        final AtomicLong streamsOpen = new AtomicLong();
        final LongAdder streamsStarted = new LongAdder();
        final LongAdder streamsFull = new LongAdder();
        final LongAdder streamsCut = new LongAdder();
        final AtomicLong linksOpen = new AtomicLong();
        final LongAdder linksStarted = new LongAdder();
        final LongAdder bytesIn = new LongAdder();
        final LongAdder bytesOut = new LongAdder();

        WireStats snapshot() {
            return new WireStats(
                    connectionsOpen.get(),
                    connectionsRefused.sum(),
                    callsUnderWay.get(),
                    callsStarted.sum(),
                    callsRefused.sum(),
                    callsFailed.sum(),
                    callsLate.sum(),
                    requestsRefused.sum(),
                    streamsOpen.get(),
                    streamsStarted.sum(),
                    streamsFull.sum(),
                    streamsCut.sum(),
                    linksOpen.get(),
                    linksStarted.sum(),
                    bytesIn.sum(),
                    bytesOut.sum());
        }
    }
}
