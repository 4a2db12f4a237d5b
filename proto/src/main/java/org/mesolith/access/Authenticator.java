package org.mesolith.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: HTTP basic authentication against a list of principals and secrets. A secret is a text, or a salted hash
 * of one as {@code pbkdf2:ITERATIONS:SALT:HASH} (PBKDF2 with HMAC-SHA256, salt and hash in base64). Any thread.
 */
public final class Authenticator {
    /** Nobody has to say who they are. */
    public static final Authenticator OPEN = new Authenticator(new TreeMap<>(), EnumSet.noneOf(Realm.class));

    private static final String HASHED = "pbkdf2:";
    private static final int REMEMBERED_MAX = 1_000;
    private static final int HASHED_AT_ONCE_MAX = 2;

    /** Which door is asked at; the names are those of Mesos' realms. */
    public enum Realm {
        /** Frameworks. */
        SCHEDULER("mesos-master-scheduler"),
        /** The operator API, reads too. */
        OPERATOR("mesos-master-readwrite"),
        /** Pages that only show something. */
        READER("mesos-master-readonly"),
        /** Agents that ask for a link; Mesos authenticates them in another way. */
        AGENT("mesos-master-agent"),
        /** The operator API of an agent. */
        AGENT_OPERATOR("mesos-agent-readwrite"),
        /** Pages of an agent that only show something. */
        AGENT_READER("mesos-agent-readonly");

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
    private final Set<Realm> closed;

    /** Digests of headers that were found good: a hash is slow on purpose, and clients call often. */
    private final Map<String, String> good =
            Collections.synchronizedMap(new LinkedHashMap<String, String>(16, 0.75f, true));

    /** A hash takes a tenth of a second of a processor: many callers at once wait for each other, not for all. */
    private final Semaphore hashing = new Semaphore(HASHED_AT_ONCE_MAX);

    private Authenticator(SortedMap<String, String> secrets, Set<Realm> closed) {
        this.secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
        this.closed = Collections.unmodifiableSet(closed);
    }

    /**
     * @param secrets by principal
     * @param closed doors at which everybody must say who they are
     */
    public static Authenticator of(SortedMap<String, String> secrets, Collection<Realm> closed) {
        var realms = EnumSet.noneOf(Realm.class);
        realms.addAll(closed);
        return new Authenticator(secrets, realms);
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
        if (!closed.contains(realm)) {
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
        hashing.acquireUninterruptibly();
        try {
            // Whoever waited may find that another one with the same header did the work.
            return good.containsKey(digest) || fits(given) ? remembered(digest, given.principal()) : null;
        } finally {
            hashing.release();
        }
    }

    private boolean fits(Given given) {
        var secret = secrets.get(given.principal());
        // An unknown name takes as long as a wrong secret.
        boolean fits = fits(given.secret(), secret == null ? "nobody's secret" : secret);
        return fits && secret != null;
    }

    private String remembered(String digest, String principal) {
        if (good.size() >= REMEMBERED_MAX) {
            good.clear();
        }
        good.put(digest, principal);
        return principal;
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
