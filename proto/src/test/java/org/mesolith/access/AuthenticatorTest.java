package org.mesolith.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.access.Authenticator.Realm;
import org.mesolith.access.Authenticator.Verdict;

final class AuthenticatorTest {
    /** Of "secret", salt "salt", 1000 rounds, 32 bytes. */
    private static final String HASH = "pbkdf2:1000:c2FsdA==:" + hash("secret", "salt", 1000);

    private final TreeMap<String, String> secrets = new TreeMap<>();

    private static String hash(String secret, String salt, int iterations) {
        try {
            var spec = new javax.crypto.spec.PBEKeySpec(
                    secret.toCharArray(), salt.getBytes(StandardCharsets.UTF_8), iterations, 256);
            var key = javax.crypto.SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec);
            return Base64.getEncoder().encodeToString(key.getEncoded());
        } catch (java.security.GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Verdict operator(@Nullable String header) {
        return Authenticator.of(secrets, List.of(Realm.OPERATOR)).who(Realm.OPERATOR, header);
    }

    @Test
    void aDoorThatAsksForNoNameLearnsNone() {
        assertThat(Authenticator.OPEN.who(Realm.OPERATOR, basic("a:b"))).isEqualTo(new Verdict.Passed(null));
        assertThat(Authenticator.of(secrets, List.of(Realm.OPERATOR)).who(Realm.SCHEDULER, null))
                .isEqualTo(new Verdict.Passed(null));
    }

    @Test
    void theRightSecretPassesPlainOrHashed() {
        secrets.put("plain", "a:b c");
        secrets.put("hashed", HASH);

        assertThat(operator(basic("plain:a:b c"))).isEqualTo(new Verdict.Passed("plain"));
        assertThat(operator(basic("hashed:secret"))).isEqualTo(new Verdict.Passed("hashed"));
    }

    @Test
    void everythingElseIsRefusedWithTheRealmOfTheDoor() {
        secrets.put("plain", "secret");
        secrets.put("hashed", HASH);

        for (var header : new @Nullable String[] {
            null,
            "",
            "Basic",
            "Basic ***",
            basic("plain"),
            basic("plain:wrong"),
            basic("nobody:secret"),
            basic("hashed:" + HASH),
            "Bearer secret"
        }) {
            assertThat(operator(header)).isEqualTo(new Verdict.Refused("Basic realm=\"mesos-master-readwrite\""));
        }
    }

    @Test
    void aHashThatIsNoneIsSeenBeforeAnybodyCalls() {
        assertThat(Authenticator.isUsable(HASH)).isTrue();
        assertThat(Authenticator.isUsable("plain")).isTrue();
        assertThat(Authenticator.isUsable("pbkdf2:0:c2FsdA==:AAAA")).isFalse();
        assertThat(Authenticator.isUsable("pbkdf2:99999999:c2FsdA==:AAAA")).isFalse();
        assertThat(Authenticator.isUsable("pbkdf2:10:***:AAAA")).isFalse();
    }
}
