package org.mesolith.master;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.mesolith.agentlink.LinkDoor;
import org.mesolith.http.EventStreams;
import org.mesolith.http.Numbers;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.metrics.Sample;
import org.mesolith.wire.HttpServer;

/** Collects the numbers of all parts of a master. Any thread; waits a little for the leader's queue. */
final class MasterMetrics implements Numbers {
    private final LeaderCalls leader;
    private final EventStreams streams;
    private final LinkDoor links;
    private final Supplier<HttpServer> server;
    private final Supplier<List<Sample>> raft;
    private final IntSupplier events;

    MasterMetrics(
            LeaderCalls leader,
            EventStreams streams,
            LinkDoor links,
            Supplier<HttpServer> server,
            Supplier<List<Sample>> raft,
            IntSupplier events) {
        this.leader = leader;
        this.streams = streams;
        this.links = links;
        this.server = server;
        this.raft = raft;
        this.events = events;
    }

    @Override
    public List<Sample> of(Duration within) {
        var samples = new ArrayList<>(leader.metrics(within).samples());
        samples.addAll(raft.get());
        samples.add(Sample.gauge(
                "master/event_queue_dispatches", "Events that wait for the leader's thread.", events.getAsInt()));
        doors(samples);
        process(samples);
        HostSamples.add(samples);
        return samples;
    }

    private void doors(List<Sample> samples) {
        var stats = server.get().stats();
        samples.add(Sample.gauge(
                "http/connections_open", "Connections, streams and links included.", stats.connectionsOpen()));
        samples.add(
                Sample.counter("http/connections_refused", "Closed at once: too many.", stats.connectionsRefused()));
        samples.add(Sample.gauge("http/calls_under_way", "Handlers that run now.", stats.callsUnderWay()));
        samples.add(Sample.counter("http/calls", "Handlers started.", stats.callsStarted()));
        samples.add(Sample.counter("http/calls_refused", "Answered 503: too much at once.", stats.callsRefused()));
        samples.add(Sample.counter("http/calls_failed", "Handlers that threw.", stats.callsFailed()));
        samples.add(Sample.counter("http/calls_late", "Answered 504.", stats.callsLate()));
        samples.add(
                Sample.counter("http/requests_refused", "Refused as not acceptable HTTP.", stats.requestsRefused()));
        samples.add(Sample.counter("http/bytes_in", "Bytes read from all sockets.", stats.bytesIn()));
        samples.add(Sample.counter("http/bytes_out", "Bytes written to all sockets.", stats.bytesOut()));
        samples.add(Sample.gauge("master/event_streams_open", "Open event streams of frameworks.", streams.open()));
        samples.add(Sample.counter("master/events_sent", "Events handed to streams.", streams.eventsSent()));
        samples.add(Sample.counter(
                "master/event_streams_full",
                "Events refused by a full stream; each ended it.",
                streams.eventsRefused()));
        samples.add(Sample.counter(
                "master/operator_event_streams_full",
                "Streams of operators that were ended because their readers were too slow.",
                streams.operators().endedFull()));
        samples.add(Sample.gauge("master/agent_links_open", "Open links of agents.", links.open()));
        samples.add(Sample.counter("master/agent_frames_refused", "Frames that could not be read.", links.badFrames()));
    }

    private static void process(List<Sample> samples) {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        samples.add(Sample.gauge("process/heap_used_bytes", "Bytes of heap in use, garbage included.", heap.getUsed()));
        samples.add(Sample.gauge("process/heap_max_bytes", "Largest size of the heap in bytes.", heap.getMax()));
        long collections = 0;
        long millis = 0;
        for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += collector.getCollectionCount();
            millis += collector.getCollectionTime();
        }
        samples.add(Sample.counter("process/gc_collections", "Garbage collections.", collections));
        samples.add(Sample.counter("process/gc_millis", "Milliseconds spent in garbage collection.", millis));
        samples.add(Sample.gauge(
                "process/threads",
                "Platform threads.",
                ManagementFactory.getThreadMXBean().getThreadCount()));
    }
}
