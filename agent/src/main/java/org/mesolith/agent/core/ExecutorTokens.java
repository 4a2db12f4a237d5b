package org.mesolith.agent.core;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Uuid;

/**
 * Tokens by which executors show their agent who they are: JSON web tokens signed with HMAC-SHA-256, with the claims of
 * Mesos: {@code cid}, {@code eid}, {@code fid}. They do not expire: one is good for as long as its container is the
 * executor's. Any thread.
 */
public final class ExecutorTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER =
            ENCODER.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
    private static final String BEFORE_CONTAINER = "{\"cid\":\"";

    private final SecretKeySpec key;

    /**
     * @param key the secret that all of these tokens are signed with
     * @throws IllegalArgumentException when it is empty
     */
    public ExecutorTokens(byte[] key) {
        if (key.length == 0) {
            throw new IllegalArgumentException("the key is empty");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The token of an executor in this container. */
    public String mint(FrameworkId framework, ExecutorId executor, Uuid container) {
        var claims = claims(framework, executor, container.toString());
        var signed = HEADER + "." + ENCODER.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + ENCODER.encodeToString(sign(signed));
    }

    /** The claims of a token that was signed with this key; null for any other text. */
    public @Nullable String claims(String token) {
        int end = token.lastIndexOf('.');
        if (!token.startsWith(HEADER + ".") || end <= HEADER.length()) {
            return null;
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(end + 1));
            return MessageDigest.isEqual(signature, sign(token.substring(0, end)))
                    ? new String(
                            Base64.getUrlDecoder().decode(token.substring(HEADER.length() + 1, end)),
                            StandardCharsets.UTF_8)
                    : null;
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }

    /** The container that the claims name, if they are of this executor; else null. */
    public static @Nullable String container(String claims, FrameworkId framework, ExecutorId executor) {
        int from = BEFORE_CONTAINER.length();
        int to = claims.indexOf('"', from);
        if (to < from) {
            return null;
        }
        var container = claims.substring(from, to);
        return claims.equals(claims(framework, executor, container)) ? container : null;
    }

    private static String claims(FrameworkId framework, ExecutorId executor, String container) {
        return BEFORE_CONTAINER + container + "\",\"eid\":\"" + escaped(executor.value()) + "\",\"fid\":\""
                + escaped(framework.value()) + "\"}";
    }

    private static String escaped(String text) {
        var all = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == '"' || each == '\\') {
                all.append('\\').append(each);
            } else if (each < ' ') {
                all.append(String.format("\\u%04x", (int) each));
            } else {
                all.append(each);
            }
        }
        return all.toString();
    }

    private byte[] sign(String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}
