package org.mesolith.cli.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** Who a command says that it is: the principal and secret of the file that {@code MESO_CREDENTIAL} names. */
public final class OwnCredential {
    /** The variable that names the file. */
    public static final String VARIABLE = "MESO_CREDENTIAL";

    /** The variable that names the file for agents that ask; they need not know what masters are told. */
    public static final String AGENTS_VARIABLE = "MESO_AGENT_CREDENTIAL";

    private OwnCredential() {}

    /** The value of the header Authorization; null when no file is named. */
    static @Nullable String header() {
        return header(System.getenv(VARIABLE));
    }

    /** The same for agents. */
    static @Nullable String agentsHeader() {
        return header(System.getenv(AGENTS_VARIABLE));
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

    /** What of this file nobody else may read: the secret, and how it goes over the wire. */
    public static List<String> secrets(@Nullable String file) {
        String header = header(file);
        if (header == null) {
            return List.of();
        }
        String wire = header.substring("Basic ".length());
        String pair = new String(Base64.getDecoder().decode(wire), StandardCharsets.UTF_8);
        return List.of(wire, pair.substring(pair.indexOf(':') + 1));
    }

    private static Failure wrong(String file, Exception why) {
        return new Failure(
                ExitCode.USAGE,
                "the file " + file + ", which --credential, " + VARIABLE + " or " + AGENTS_VARIABLE
                        + " names, is no credential (" + why.getMessage()
                        + "); write {\"principal\": \"NAME\", \"secret\": \"SECRET\"}",
                why);
    }
}
