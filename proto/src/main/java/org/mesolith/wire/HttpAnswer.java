package org.mesolith.wire;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a handler answers. The server itself adds {@code Date}, {@code Content-Length} or {@code Transfer-Encoding},
 * {@code Connection} and, where it compresses, {@code Content-Encoding} and {@code Vary}; setting one of the first
 * four here is an error of the handler (500).
 */
public sealed interface HttpAnswer {
    /** The status code, 200 to 599; 101 for {@link Upgraded}. */
    int status();

    /** Fields to send, besides those that the server adds. */
    Headers headers();

    /**
     * An answer with its whole body.
     *
     * @param compressible false to send the body as it is, even where the client accepts gzip
     */
    record Full(int status, Headers headers, Body body, boolean compressible) implements HttpAnswer {
        public Full {
            checkStatus(status);
            if ((status == 204 || status == 304) && body.length() > 0) {
                throw new IllegalArgumentException("an answer with status " + status + " has no body");
            }
        }

        /** This answer with one more field. */
        public Full with(String name, String value) {
            return new Full(status, headers.with(name, value), body, compressible);
        }
    }

    /**
     * An answer that goes on until somebody ends it; then its connection is closed. To a HEAD request only its head
     * is sent and {@code onOpen} is not called. A client that closes its half of the connection ends its stream: so
     * its going is noticed at once, not at the next write.
     *
     * @param bounds of the outbox; empty for those of {@link ServerSettings}
     * @param onOpen gets the outbox once, on the call's virtual thread; the head goes out before any frame. If it
     *     throws, the stream is cut.
     */
    record Streaming(int status, Headers headers, Optional<Outbox.Bounds> bounds, Consumer<Outbox> onOpen)
            implements HttpAnswer {
        public Streaming {
            checkStatus(status);
        }

        public Streaming(int status, Headers headers, Consumer<Outbox> onOpen) {
            this(status, headers, Optional.empty(), onOpen);
        }
    }

    /**
     * The connection leaves HTTP and becomes a {@link Link}. A request that does not ask for this protocol gets 426
     * instead and {@code onOpen} is not called.
     *
     * @param protocol what the client named in {@code Upgrade}, such as {@link Link#PROTOCOL}
     * @param onOpen gets the link once, on the call's virtual thread; nothing is read from it before
     *     {@link Link#onFrame} was called. If it throws, the link is closed.
     */
    record Upgraded(String protocol, Headers headers, Consumer<Link> onOpen) implements HttpAnswer {
        public Upgraded(String protocol, Consumer<Link> onOpen) {
            this(protocol, Headers.NONE, onOpen);
        }

        @Override
        public int status() {
            return 101;
        }
    }

    /** An answer without body. */
    static Full empty(int status) {
        return new Full(status, Headers.NONE, Body.EMPTY, true);
    }

    /** Plain text in UTF-8. */
    static Full text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", Body.of(text));
    }

    /** A body of this type. */
    static Full of(int status, String contentType, Body body) {
        return new Full(status, Headers.of("Content-Type", contentType), body, true);
    }

    private static void checkStatus(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status " + status + " is not in 200..599");
        }
    }
}
