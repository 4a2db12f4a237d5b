package org.mesolith.wire;

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
        long bytesOut) {}
