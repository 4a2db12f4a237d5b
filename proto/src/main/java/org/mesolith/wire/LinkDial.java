package org.mesolith.wire;

/** How an attempt to open a {@link Link} ended. */
public sealed interface LinkDial {
    /** The link is open; set its receiver with {@link Link#onFrame}. */
    record Connected(Link link) implements LinkDial {}

    /**
     * The other side spoke HTTP but did not upgrade: 307 with {@code Location}, 503 with {@code Retry-After}, and so
     * on.
     */
    record Refused(int status, Headers headers, Body body) implements LinkDial {}

    /** No answer: not connected, cut, too late or not HTTP; in words. */
    record Failed(String reason) implements LinkDial {}
}
