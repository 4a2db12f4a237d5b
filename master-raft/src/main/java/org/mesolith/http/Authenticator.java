package org.mesolith.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: HTTP basic authentication against a list of principals and secrets. A secret is a text, or a salted hash
 * of one as {@code pbkdf2:ITERATIONS:SALT:HASH} (PBKDF2 with HMAC-SHA256, salt and hash in base64). Any thread.
 */
public final class Authenticator {
    /** Nobody has to say who they are. */
    public static final Authenticator OPEN = new Authenticator(new TreeMap<>(), false, false);

    private static final String HASHED = "pbkdf2:";
    private static final int REMEMBERED_MAX = 1_000;

    /** Which door is asked at; the names are those of Mesos' realms. */
    public enum Realm {
        SCHEDULER("mesos-master-scheduler"),
        OPERATOR("mesos-master-readwrite");

        private final String text;

        Realm(String text) {
            this.text = text;
        }
    }

    /** What is known of the caller. */
    public sealed interface Verdict {
        /** The caller may go on; without a name when the door asks for none. */
        record Passed(@Nullable String principal) implements Verdict {}

        /** No credentials, or wrong ones: 401 with this header WWW-Authenticate. */
        record Refused(String challenge) implements Verdict {}
    }

    private final SortedMap<String, String> secrets;
    private final boolean frameworks;
    private final boolean operators;

    /** Digests of headers that were found good: a hash is slow on purpose, and clients call often. */
    private final Map<String, String> good =
            Collections.synchronizedMap(new LinkedHashMap<String, String>(16, 0.75f, true));

    private Authenticator(SortedMap<String, String> secrets, boolean frameworks, boolean operators) {
        this.secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
        this.frameworks = frameworks;
        this.operators = operators;
    }

    /**
     * @param secrets by principal
     * @param frameworks whether frameworks must say who they are
     * @param operators whether operators must
     */
    public static Authenticator of(SortedMap<String, String> secrets, boolean frameworks, boolean operators) {
        return new Authenticator(secrets, frameworks, operators);
    }

    /** Whether a secret of the list can be compared with anything; one that looks like a hash and is none cannot. */
    public static boolean isUsable(String secret) {
        return !secret.startsWith(HASHED) || Hash.read(secret) != null;
    }

    /**
     * Judges a call.
     *
     * @param authorization the header of that name, null when there is none
     */
    public Verdict who(Realm realm, @Nullable String authorization) {
        boolean required = realm == Realm.SCHEDULER ? frameworks : operators;
        if (!required) {
            return new Verdict.Passed(null);
        }
        var principal = authorization == null ? null : principal(authorization);
        return principal == null
                ? new Verdict.Refused("Basic realm=\"" + realm.text + "\"")
                : new Verdict.Passed(principal);
    }

    private @Nullable String principal(String authorization) {
        var digest = digest(authorization);
        var known = good.get(digest);
        if (known != null) {
            return known;
        }
        var given = read(authorization);
        if (given == null) {
            return null;
        }
        var secret = secrets.get(given.principal());
        // An unknown name takes as long as a wrong secret.
        boolean fits = fits(given.secret(), secret == null ? "nobody's secret" : secret);
        if (!fits || secret == null) {
            return null;
        }
        if (good.size() >= REMEMBERED_MAX) {
            good.clear();
        }
        good.put(digest, given.principal());
        return given.principal();
    }

    private record Given(String principal, String secret) {}

    private static @Nullable Given read(String authorization) {
        if (!authorization.regionMatches(true, 0, "Basic ", 0, "Basic ".length())) {
            return null;
        }
        try {
            var bytes = Base64.getDecoder()
                    .decode(authorization.substring("Basic ".length()).strip());
            var text = new String(bytes, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? null : new Given(text.substring(0, colon), text.substring(colon + 1));
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }

    private static boolean fits(String given, String secret) {
        var hash = secret.startsWith(HASHED) ? Hash.read(secret) : null;
        if (hash != null) {
            return MessageDigest.isEqual(hash.value(), hash.of(given));
        }
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(String authorization) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder().encodeToString(sha.digest(authorization.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }

    /** A salted hash of a secret. */
    private record Hash(int iterations, byte[] salt, byte[] value) {
        private static final int ITERATIONS_MAX = 10_000_000;

        static @Nullable Hash read(String text) {
            var parts = text.split(":", -1);
            if (parts.length != 4 || !parts[1].matches("[1-9][0-9]{0,7}")) {
                return null;
            }
            int iterations = Integer.parseInt(parts[1]);
            try {
                var salt = Base64.getDecoder().decode(parts[2]);
                var value = Base64.getDecoder().decode(parts[3]);
                return iterations > ITERATIONS_MAX || salt.length == 0 || value.length == 0
                        ? null
                        : new Hash(iterations, salt, value);
            } catch (IllegalArgumentException noBase64) {
                return null;
            }
        }

        byte[] of(String secret) {
            try {
                var spec = new PBEKeySpec(secret.toCharArray(), salt, iterations, value.length * Byte.SIZE);
                return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(spec)
                        .getEncoded();
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA256", missing);
            }
        }
    }
}
