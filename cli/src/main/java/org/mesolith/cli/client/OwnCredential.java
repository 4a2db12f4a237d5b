package org.mesolith.cli.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** Who a command says that it is: the principal and secret of the file that {@code MESO_CREDENTIAL} names. */
public final class OwnCredential {
    private static final String VARIABLE = "MESO_CREDENTIAL";

    private OwnCredential() {}

    /** The value of the header Authorization; null when no file is named. */
    static @Nullable String header() {
        return header(System.getenv(VARIABLE));
    }

    /** Of this file. Fails with {@link ExitCode#USAGE} when it is not what it should be. */
    public static @Nullable String header(@Nullable String file) {
        if (file == null || file.isBlank()) {
            return null;
        }
        try {
            var text = Files.readString(Path.of(file)).strip();
            String[] pair;
            if (text.startsWith("{")) {
                JsonObject json = Json.readObject(text.getBytes(StandardCharsets.UTF_8));
                pair = new String[] {json.text("principal"), json.text("secret")};
            } else {
                pair = text.split("\\s+");
            }
            if (pair.length != 2 || pair[0].isEmpty() || pair[0].indexOf(':') >= 0 || pair[1].isEmpty()) {
                throw new IOException("it holds no principal and secret");
            }
            var basic = (pair[0] + ":" + pair[1]).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(basic);
        } catch (IOException | InvalidPathException unreadable) {
            throw wrong(file, unreadable);
        }
    }

    private static Failure wrong(String file, Exception why) {
        return new Failure(
                ExitCode.USAGE,
                "the file " + file + ", which --credential or " + VARIABLE + " names, is no credential ("
                        + why.getMessage() + "); write {\"principal\": \"NAME\", \"secret\": \"SECRET\"}",
                why);
    }
}
