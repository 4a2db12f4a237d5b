package org.mesolith.wire;

/** What a server does with its requests. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Answers one request. Runs on a virtual thread of its own and may block; it is responsible for waiting no
     * longer than {@link HttpRequest#deadline}. If it does, it is interrupted a little after the deadline and the
     * caller gets 504. A client that goes away does not interrupt it.
     *
     * <p>Whatever it throws besides becomes a 500 with a short text and a line in the log.
     *
     * @throws InterruptedException if it was interrupted while waiting; the server answers 504 or 503
     */
    HttpAnswer answer(HttpRequest request) throws InterruptedException;
}
