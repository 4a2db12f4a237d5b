package org.mesolith.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a request, strictly: what two readers could understand differently is refused (RFC 9112), because
 * that difference is what request smuggling lives on.
 */
final class HeadParser {
    private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_~%!$&'()*+;=-]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** What was read, or why the server itself turns the request away. */
    sealed interface Parsed<T> {
        record Value<T>(T value) implements Parsed<T> {}

        /** The status and a sentence for the client. */
        record Refusal<T>(int status, String text) implements Parsed<T> {}

        static <T> Parsed<T> bad(String text) {
            return new Refusal<>(400, text);
        }
    }

    /**
     * A request's head as the wire needs it.
     *
     * @param http10 HTTP/1.0, else HTTP/1.1
     * @param keepAlive whether the client wants to use the connection again
     * @param length of the body in bytes; -1 if it is chunked
     * @param expectsContinue whether the client waits for 100 before it sends the body
     */
    record Head(
            String method,
            Target target,
            Headers headers,
            boolean http10,
            boolean keepAlive,
            long length,
            boolean expectsContinue) {

        boolean isHead() {
            return method.equals("HEAD");
        }

        boolean hasBody() {
            return length != 0;
        }

        /** Whether the client asks to leave HTTP for this protocol. */
        boolean asksFor(String protocol) {
            return !http10
                    && !hasBody()
                    && headers.list("Connection").stream().anyMatch("upgrade"::equalsIgnoreCase)
                    && headers.list("Upgrade").stream().anyMatch(protocol::equalsIgnoreCase);
        }
    }

    private HeadParser() {}

    /**
     * @param lines request line and header lines, without their CRLF and without the empty line at the end; each
     *     byte one character
     */
    static Parsed<Head> parse(List<String> lines) {
        String[] words = lines.getFirst().split(" ", -1);
        if (words.length != 3) {
            return Parsed.bad("request line must be method, target and version with one space between");
        }
        Parsed<Head> refused = refuseFirstLine(words[0], words[2]);
        if (refused != null) {
            return refused;
        }
        return switch (Target.parse(words[1])) {
            case Parsed.Refusal<Target>(var status, var text) -> new Parsed.Refusal<>(status, text);
            case Parsed.Value<Target>(var target) -> withFields(words, target, lines.subList(1, lines.size()));
        };
    }

    private static Parsed<Head> withFields(String[] words, Target target, List<String> lines) {
        var fields = new ArrayList<Headers.Field>(lines.size());
        String complaint = fields(lines, fields);
        if (complaint != null) {
            return Parsed.bad(complaint);
        }
        return judge(words[0], target, new Headers(fields), words[2].equals("HTTP/1.0"));
    }

    private static @Nullable Parsed<Head> refuseFirstLine(String method, String version) {
        if (method.isEmpty() || !method.chars().allMatch(Headers::isTokenChar)) {
            return Parsed.bad("method is not an HTTP token");
        }
        if (!VERSION.matcher(version).matches()) {
            return Parsed.bad("request line does not end in an HTTP version");
        }
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            return new Parsed.Refusal<>(505, version + " is not spoken here; use HTTP/1.1");
        }
        if (!METHODS.contains(method)) {
            return new Parsed.Refusal<>(501, "method " + Headers.printable(method) + " is not known here");
        }
        return null;
    }

    /** Adds the fields of these header lines; returns what is wrong with them, or null. */
    static @Nullable String fields(List<String> lines, List<Headers.Field> into) {
        for (String line : lines) {
            if (line.startsWith(" ") || line.startsWith("\t")) {
                return "folded header lines are not accepted; send each field on one line";
            }
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon);
            if (name.isEmpty() || !name.chars().allMatch(Headers::isTokenChar)) {
                return "header line is not a name, a colon and a value: " + Headers.printable(line);
            }
            String value = trim(line.substring(colon + 1));
            if (!value.chars().allMatch(Headers::isValueChar)) {
                return "value of header " + name + " holds a control character";
            }
            into.add(new Headers.Field(name, value));
        }
        return null;
    }

    private static String trim(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && (value.charAt(start) == ' ' || value.charAt(start) == '\t')) {
            start++;
        }
        while (end > start && (value.charAt(end - 1) == ' ' || value.charAt(end - 1) == '\t')) {
            end--;
        }
        return value.substring(start, end);
    }

    private static Parsed<Head> judge(String method, Target target, Headers headers, boolean http10) {
        Parsed<Head> refused = refuseHost(headers.all("Host"), http10);
        if (refused == null) {
            refused = refuseCodings(headers, http10);
        }
        if (refused == null) {
            refused = refuseLengths(headers);
        }
        if (refused != null) {
            return refused;
        }
        List<String> expected = http10 ? List.of() : headers.all("Expect");
        if (!expected.stream().allMatch("100-continue"::equalsIgnoreCase)) {
            return new Parsed.Refusal<>(417, "the only expectation that is met here is 100-continue");
        }
        long length = headers.contains("Transfer-Encoding")
                ? -1
                : headers.first("Content-Length").map(Long::parseLong).orElse(0L);
        return new Parsed.Value<>(
                new Head(method, target, headers, http10, keepAlive(headers, http10), length, !expected.isEmpty()));
    }

    private static @Nullable Parsed<Head> refuseHost(List<String> hosts, boolean http10) {
        if (hosts.size() > 1 || (hosts.isEmpty() && !http10)) {
            return Parsed.bad("exactly one Host header is needed, there are " + hosts.size());
        }
        if (!hosts.isEmpty() && !HOST.matcher(hosts.getFirst()).matches()) {
            return Parsed.bad("Host header is not a host and a port");
        }
        return null;
    }

    private static @Nullable Parsed<Head> refuseCodings(Headers headers, boolean http10) {
        if (headers.contains("Transfer-Encoding")) {
            List<String> codings = headers.list("Transfer-Encoding").stream()
                    .map(coding -> coding.toLowerCase(Locale.ROOT))
                    .toList();
            if (http10 || codings.isEmpty() || codings.indexOf("chunked") != codings.size() - 1) {
                return Parsed.bad("Transfer-Encoding must end in its only 'chunked', in HTTP/1.1");
            }
            if (headers.contains("Content-Length")) {
                return Parsed.bad("Transfer-Encoding and Content-Length together are ambiguous; send one of them");
            }
            if (codings.size() > 1) {
                return new Parsed.Refusal<>(501, "no Transfer-Encoding but chunked is known here");
            }
        }
        if (headers.all("Content-Encoding").stream().anyMatch(coding -> !coding.equalsIgnoreCase("identity"))) {
            return new Parsed.Refusal<>(415, "request bodies are taken without Content-Encoding");
        }
        return null;
    }

    private static @Nullable Parsed<Head> refuseLengths(Headers headers) {
        List<String> lengths = headers.all("Content-Length");
        if (lengths.size() > 1) {
            return Parsed.bad("there are " + lengths.size() + " Content-Length headers; send one");
        }
        if (!lengths.isEmpty() && !LENGTH.matcher(lengths.getFirst()).matches()) {
            return Parsed.bad("Content-Length is not a number of bytes");
        }
        return null;
    }

    private static boolean keepAlive(Headers headers, boolean http10) {
        List<String> options = headers.list("Connection");
        if (options.stream().anyMatch("close"::equalsIgnoreCase)) {
            return false;
        }
        return !http10 || options.stream().anyMatch("keep-alive"::equalsIgnoreCase);
    }
}
