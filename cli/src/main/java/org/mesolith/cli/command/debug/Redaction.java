package org.mesolith.cli.command.debug;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of a text what nobody else may know: values whose names say that they are secrets, headers that prove who
 * asks, keys in PEM, tokens, passwords in addresses, and the secrets that this process knows. What stays is valid JSON
 * where it was before. It rather takes too much: the path of a file with a secret goes too.
 */
final class Redaction {
    /** What stands there instead. */
    static final String MARK = "***";

    private static final String NAME =
            "[\\w.:-]*(?:secret|passw|passphrase|token|credential|private_?-?key|api_?-?key|authorization|cookie|jwt)"
                    + "[\\w.:-]*";

    private static final List<Pattern> VALUES = List.of(
            // "secret": "…", also when the JSON stands in a string of another JSON
            Pattern.compile("(?i)(\\\\?\"" + NAME + "\\\\?\"\\s*:\\s*\\\\?\")((?:[^\"\\\\]|\\\\(?!\")[\\s\\S])+)"),
            // Authorization: Bearer …
            Pattern.compile("(?i)((?:authorization|cookie)\\s*[:=]\\s*)([^\\r\\n\",]+)"),
            Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)([A-Za-z0-9+/=._~-]{6,})"),
            // --secret=…, secret: …, in logs, settings and command lines; a " may end the string that it stands in
            Pattern.compile("(?i)(" + NAME + "\\s*[=:]\\s*['\"]?)([^\\s'\"\\\\,;&}\\]*\\[{][^\\s'\"\\\\,;&}\\]]*)"),
            // http://name:password@host
            Pattern.compile("(://[^/\\s:@\"]+:)([^@/\\s\"]+)(?=@)"),
            // Three parts in base64: a JSON web token, wherever it stands
            Pattern.compile("(\\b)(eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*)"));

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)");

    private final List<String> known;

    /** @param known secrets that this process holds itself; the empty ones are passed over */
    Redaction(List<String> known) {
        this.known = known.stream().filter(secret -> secret.length() >= 4).toList();
    }

    /**
     * A text without its secrets.
     *
     * @param count how many were taken out
     */
    record Redacted(String text, int count) {}

    Redacted of(String text) {
        int count = 0;
        String now = text;
        for (String secret : known) {
            int found = now.split(Pattern.quote(secret), -1).length - 1;
            count += found;
            now = found == 0 ? now : now.replace(secret, MARK);
        }
        var keys = PEM.matcher(now);
        var withoutKeys = keys.replaceAll(MARK);
        count += now.equals(withoutKeys) ? 0 : 1;
        now = withoutKeys;
        for (Pattern values : VALUES) {
            var redacted = new StringBuilder(now.length());
            var found = values.matcher(now);
            while (found.find()) {
                boolean isMark = found.group(2).equals(MARK);
                count += isMark ? 0 : 1;
                found.appendReplacement(redacted, "$1" + java.util.regex.Matcher.quoteReplacement(MARK));
            }
            now = found.appendTail(redacted).toString();
        }
        return new Redacted(now, count);
    }
}
