package org.mesolith.wire;

import java.net.InetSocketAddress;

/**
 * One request, whole: head and body have arrived and passed the limits of {@link ServerSettings}.
 *
 * @param method GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS; others are refused before
 * @param path the decoded path, begins with {@code /}; of an absolute-form target only its path
 * @param target path and query as sent (origin form, not decoded): what a redirect repeats
 * @param query decoded parameters
 * @param headers as sent; exactly one {@code Host} for HTTP/1.1
 * @param body after the transfer coding; empty if there is none
 * @param remoteAddress who is connected
 * @param deadline when the caller gets 504 instead of this call's answer
 * @param secure whether the connection is encrypted
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
        boolean secure) {}
