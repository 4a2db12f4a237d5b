package org.mesolith.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Tokens with which a master joins a cluster, once: {@code mjt1:CLUSTER:SECRET}. Only the hash of the whole text is
 * kept, so that neither the log nor a backup holds anything that opens the door.
 */
final class JoinTokens {
    private static final String PREFIX = "mjt1:";
    private static final int SECRET_BYTES = 24;
    private static final int CHARS_MAX = 1_024;

    private JoinTokens() {}

    /** A new one for this cluster. */
    static String draw(String clusterId) {
        var secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return PREFIX + clusterId + ":" + HexFormat.of().formatHex(secret);
    }

    /** The cluster that a token is for; null for a text that is no token. */
    static @Nullable String cluster(String token) {
        int last = token.lastIndexOf(':');
        return token.length() <= CHARS_MAX && token.startsWith(PREFIX) && last > PREFIX.length()
                ? token.substring(PREFIX.length(), last)
                : null;
    }

    /** What is kept of it. */
    static String hash(String token) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }
}
