package org.mesolith.cli.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as it goes over the wire; Host and Content-Length are added when it is sent.
 *
 * @param method GET or POST
 * @param target path and query, already encoded
 * @param headers whole lines without line end, for example {@code Accept: application/json}
 * @param body empty for none
 */
public record HttpRequest(String method, String target, List<String> headers, byte[] body) {

    private static final byte[] NO_BODY = {};

    /** Refuses what would break the framing of the request. */
    public HttpRequest {
        headers = List.copyOf(headers);
        for (String line : headers) {
            if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
                throw new IllegalArgumentException("a header must not contain a line end");
            }
        }
        if (target.isEmpty() || target.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("not an encoded request target: " + target);
        }
    }

    /** A GET that accepts JSON. */
    public static HttpRequest get(String target) {
        return new HttpRequest("GET", target, List.of("Accept: application/json"), NO_BODY);
    }

    /** A POST of JSON that accepts JSON. */
    public static HttpRequest post(String target, byte[] json) {
        return new HttpRequest(
                "POST", target, List.of("Content-Type: application/json", "Accept: application/json"), json);
    }

    /** This request with one more header line. */
    public HttpRequest with(String headerLine) {
        var more = new ArrayList<>(headers);
        more.add(headerLine);
        return new HttpRequest(method, target, more, body);
    }

    /** This request to another path. */
    public HttpRequest to(String otherTarget) {
        return new HttpRequest(method, otherTarget, headers, body);
    }

    byte[] head(HostPort server) {
        var text = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(server)
                .append("\r\n");
        for (String line : headers) {
            text.append(line).append("\r\n");
        }
        if (body.length > 0 || method.equals("POST")) {
            text.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
