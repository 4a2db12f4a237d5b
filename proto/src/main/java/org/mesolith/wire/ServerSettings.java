package org.mesolith.wire;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All settings of an {@link HttpServer}. A value that exists is valid.
 *
 * @param bind where to listen; port 0 takes any free one
 * @param eventLoops threads that move bytes, 1 to 16
 * @param outbox bounds of each stream that does not bring its own
 * @param link bounds of each link
 */
public record ServerSettings(
        InetSocketAddress bind,
        int eventLoops,
        Limits limits,
        Deadlines deadlines,
        Outbox.Bounds outbox,
        LinkSettings link) {

    /**
     * @throws IllegalArgumentException if the address is not resolved or a number is out of bounds
     */
    public ServerSettings {
        if (bind.isUnresolved()) {
            throw new IllegalArgumentException("cannot resolve the address to listen on, '" + bind.getHostString()
                    + "'; give an address of this machine");
        }
        var complaints = new Complaints("server");
        complaints.range("event-loops", eventLoops, 1, 16);
        complaints.throwIfAny();
    }

    /** Two event loops and the default bounds. */
    public static ServerSettings at(InetSocketAddress bind) {
        return new ServerSettings(
                bind, 2, Limits.DEFAULT, Deadlines.DEFAULT, new Outbox.Bounds(4096, 16 << 20), LinkSettings.DEFAULT);
    }

    /** The same with other limits. */
    public ServerSettings with(Limits other) {
        return new ServerSettings(bind, eventLoops, other, deadlines, outbox, link);
    }

    /** The same with other deadlines. */
    public ServerSettings with(Deadlines other) {
        return new ServerSettings(bind, eventLoops, limits, other, outbox, link);
    }

    /** The same with other bounds of outboxes. */
    public ServerSettings with(Outbox.Bounds other) {
        return new ServerSettings(bind, eventLoops, limits, deadlines, other, link);
    }

    /** The same with other bounds of links. */
    public ServerSettings with(LinkSettings other) {
        return new ServerSettings(bind, eventLoops, limits, deadlines, outbox, other);
    }

    /** How large the body of a request to this path may be. */
    @FunctionalInterface
    public interface BodyLimit {
        /** In bytes; runs on an event loop: it must not block. The path is decoded. */
        int bytesMax(String path);
    }

    /**
     * How much of everything.
     *
     * @param connectionsMax connections open at a time; one more is closed at once
     * @param callsMax calls under way at a time; one more gets 503
     * @param pipelinedBytesMax bytes that may wait on one connection behind the call under way; then it is not read
     * @param requestBytesMax bytes of all request bodies held at a time; one more request gets 503
     * @param bodyLimit largest body of a request, by path; above it the answer is 413
     */
    public record Limits(
            int connectionsMax, int callsMax, int pipelinedBytesMax, long requestBytesMax, BodyLimit bodyLimit) {
        /** 20,000 connections, 2,048 calls, 64 KiB of waiting requests, 256 MiB in all, 8 MiB a body. */
        public static final Limits DEFAULT = new Limits(20_000, 2_048, 64 << 10, 256 << 20, path -> 8 << 20);

        /**
         * @throws IllegalArgumentException naming all that is out of bounds
         */
        public Limits {
            var complaints = new Complaints("server");
            complaints.range("connections-max", connectionsMax, 1, 1_000_000);
            complaints.range("calls-max", callsMax, 1, 1_000_000);
            complaints.range("pipelined-bytes-max", pipelinedBytesMax, 1_024, 16 << 20);
            complaints.range("request-bytes-max", requestBytesMax, 1_024, 64L << 30);
            complaints.throwIfAny();
        }
    }

    /**
     * How long for everything.
     *
     * @param head from the first byte of a request until its head is complete
     * @param body from then until its body is complete
     * @param call for the handler; {@link HttpRequest#deadline}
     * @param callGrace after {@code call}, until the handler is interrupted and the caller gets 504
     * @param idle between two requests of a connection
     * @param write for a client to take an answer; a connection that takes nothing for so long is cut
     * @param streamEnd for the last frame of a stream, and for the rest of a refused request to be read and thrown away
     */
    public record Deadlines(
            Duration head,
            Duration body,
            Duration call,
            Duration callGrace,
            Duration idle,
            Duration write,
            Duration streamEnd) {
        /**
         * 10 s a head, 30 s a body, 30 s a call and 1 s more, 75 s idle, 30 s to take an answer, 1 s to end a stream.
         */
        public static final Deadlines DEFAULT = new Deadlines(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(75),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1));

        /**
         * @throws IllegalArgumentException naming all that is out of bounds
         */
        public Deadlines {
            var complaints = new Complaints("server");
            Duration min = Duration.ofMillis(10);
            Duration max = Duration.ofHours(1);
            complaints.range("head", head, min, max);
            complaints.range("body", body, min, max);
            complaints.range("call", call, min, max);
            complaints.range("call-grace", callGrace, min, max);
            complaints.range("idle", idle, min, max);
            complaints.range("write", write, min, max);
            complaints.range("stream-end", streamEnd, min, max);
            complaints.throwIfAny();
        }
    }

    /** Collects all that is wrong with a settings record, so that one error names everything. */
    static final class Complaints {
        private final String subject;
        private final List<String> found = new ArrayList<>();

        Complaints(String subject) {
            this.subject = subject;
        }

        void range(String name, long value, long min, long max) {
            if (value < min || value > max) {
                found.add(name + " is " + value + ", allowed is " + min + " to " + max);
            }
        }

        void range(String name, Duration value, Duration min, Duration max) {
            if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
                found.add(name + " is " + value + ", allowed is " + min + " to " + max);
            }
        }

        void throwIfAny() {
            if (!found.isEmpty()) {
                throw new IllegalArgumentException(subject + " settings: " + String.join("; ", found));
            }
        }
    }
}
