package org.mesolith.wire;

import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;

/**
 * One request, whole: head and body have arrived and passed the limits of {@link ServerSettings}.
 *
 * @param method GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS; others are refused before
 * @param path the decoded path, begins with {@code /}; of an absolute-form target only its path
 * @param target path and query as sent (origin form, not decoded): what a redirect repeats
 * @param query decoded parameters
 * @param headers as sent; exactly one {@code Host} for HTTP/1.1
 * @param body after the transfer coding; empty if there is none
 * @param remoteAddress who is connected; the loopback address with port 0 over a domain socket
 * @param deadline when the caller gets 504 instead of this call's answer
 * @param secure whether the connection is encrypted
 * @param callerLeft true once the caller has closed its side of the connection, or the whole of it: it may still read
 *     an answer, but no stream can be opened to it any more. May be asked at any time, by any thread
 */
public record HttpRequest(
        String method,
        String path,
        String target,
        Query query,
        Headers headers,
        Body body,
        InetSocketAddress remoteAddress,
        Deadline deadline,
        boolean secure,
        BooleanSupplier callerLeft) {

    /** A request of somebody who stays. */
    public HttpRequest(
            String method,
            String path,
            String target,
            Query query,
            Headers headers,
            Body body,
            InetSocketAddress remoteAddress,
            Deadline deadline,
            boolean secure) {
        this(method, path, target, query, headers, body, remoteAddress, deadline, secure, () -> false);
    }
}
