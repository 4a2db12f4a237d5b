package org.mesolith.agent.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file's bytes must add up to. Written as the last part of a URI, {@code #sha256=HEX} or {@code #sha512=HEX}: no
 * server is ever sent what stands behind a {@code #}.
 *
 * @param name as people write it
 * @param hex in small letters
 */
record Checksum(String name, String hex) {
    private static final Pattern AT_END =
            Pattern.compile("(.*)#(?:sha256=([0-9a-fA-F]{64})|sha512=([0-9a-fA-F]{128}))", Pattern.DOTALL);

    /** A URI without its checksum, and the checksum. */
    record Split(String uri, @Nullable Checksum checksum) {}

    static Split split(String uri) {
        var found = AT_END.matcher(uri);
        if (!found.matches()) {
            return new Split(uri, null);
        }
        var sha256 = found.group(2);
        return sha256 != null
                ? new Split(found.group(1), new Checksum("sha256", sha256.toLowerCase(Locale.ROOT)))
                : new Split(
                        found.group(1), new Checksum("sha512", found.group(3).toLowerCase(Locale.ROOT)));
    }

    /**
     * @throws FetchException when the file is another one
     */
    void verify(Path file, Pace pace) throws IOException {
        var digest = digest();
        byte[] buffer = new byte[Pace.CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                pace.moved();
            }
        }
        var actual = HexFormat.of().formatHex(digest.digest());
        if (!actual.equals(hex)) {
            throw new FetchException("its " + name + " is " + actual + ", and must be " + hex);
        }
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(name.equals("sha256") ? "SHA-256" : "SHA-512");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
