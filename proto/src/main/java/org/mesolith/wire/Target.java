package org.mesolith.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request target, taken apart.
 *
 * @param path decoded
 * @param origin path and query as sent
 * @param query decoded
 */
record Target(String path, String origin, Query query) {
    private static final int PARAMETERS_MAX = 1_000;

    /** Takes origin form and absolute form; of the latter only path and query count. */
    static HeadParser.Parsed<Target> parse(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= 0x20 || c >= 0x7f || c == '#') {
                return HeadParser.Parsed.bad("request target holds a character that must be percent-encoded, at " + i);
            }
        }
        String origin = originForm(raw);
        if (origin == null) {
            return HeadParser.Parsed.bad("request target is neither a path nor an http URL: " + Headers.printable(raw));
        }
        int mark = origin.indexOf('?');
        String path = decode(mark < 0 ? origin : origin.substring(0, mark), false);
        if (path == null || path.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            return HeadParser.Parsed.bad("path is not percent-encoded UTF-8 without control characters");
        }
        List<Query.Parameter> parameters = mark < 0 ? List.of() : parameters(origin.substring(mark + 1));
        if (parameters == null) {
            return HeadParser.Parsed.bad(
                    "query is not percent-encoded UTF-8, or has more than " + PARAMETERS_MAX + " parameters");
        }
        return new HeadParser.Parsed.Value<>(new Target(path, origin, new Query(parameters)));
    }

    private static @Nullable String originForm(String raw) {
        if (raw.startsWith("/")) {
            return raw;
        }
        String lower = raw.substring(0, Math.min(8, raw.length())).toLowerCase(Locale.ROOT);
        int authority = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
        if (authority < 0) {
            return null;
        }
        int end = authority;
        while (end < raw.length() && raw.charAt(end) != '/' && raw.charAt(end) != '?') {
            end++;
        }
        if (end == authority) {
            return null;
        }
        String rest = raw.substring(end);
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static @Nullable List<Query.Parameter> parameters(String raw) {
        var found = new ArrayList<Query.Parameter>();
        for (String pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
            if (name == null || value == null || found.size() == PARAMETERS_MAX) {
                return null;
            }
            found.add(new Query.Parameter(name, value));
        }
        return found;
    }

    /** Percent-decoded text; null if it is malformed, not UTF-8 or holds a NUL. */
    private static @Nullable String decode(String raw, boolean plusIsSpace) {
        if (raw.indexOf('%') < 0) {
            return plusIsSpace ? raw.replace('+', ' ') : raw;
        }
        var bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
                int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0 || high + low == 0) {
                    return null;
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put((byte) (plusIsSpace && c == '+' ? ' ' : c));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }
}
