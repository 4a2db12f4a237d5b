package org.mesolith.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator.Realm;
import org.mesolith.codec.AccessFiles;
import org.mesolith.model.Acls;
import org.mesolith.settings.Settings;

/**
 * Who may come in and what they may do, as the settings say.
 *
 * @param authenticator at the door
 * @param acls behind it
 */
public record AccessSettings(Authenticator authenticator, Acls acls) {
    /** Everybody comes in and may do everything. */
    public static final AccessSettings OPEN = new AccessSettings(Authenticator.OPEN, Acls.OPEN);

    private static final SortedMap<String, Realm> OF_MASTERS = new TreeMap<>(Map.of(
            "authenticate_http_frameworks", Realm.SCHEDULER,
            "authenticate_http_readwrite", Realm.OPERATOR,
            "authenticate_http_readonly", Realm.READER,
            "authenticate_agents", Realm.AGENT));

    private static final SortedMap<String, Realm> OF_AGENTS = new TreeMap<>(Map.of(
            "authenticate_http_readwrite", Realm.AGENT_OPERATOR,
            "authenticate_http_readonly", Realm.AGENT_READER));

    /**
     * Reads the files that the settings of a master name.
     *
     * @param complaints what is wrong with them is added
     */
    public static AccessSettings ofMaster(Settings settings, List<String> complaints) {
        return new AccessSettings(
                authenticator(settings, OF_MASTERS, "credentials", complaints), acls(settings, complaints));
    }

    /** The same of an agent. */
    public static AccessSettings ofAgent(Settings settings, List<String> complaints) {
        return new AccessSettings(
                authenticator(settings, OF_AGENTS, "http_credentials", complaints), acls(settings, complaints));
    }

    private static Authenticator authenticator(
            Settings settings, SortedMap<String, Realm> switches, String setting, List<String> complaints) {
        var closed = new ArrayList<Realm>();
        switches.forEach((name, realm) -> {
            if (settings.on(name)) {
                closed.add(realm);
            }
        });
        var file = settings.find(setting);
        var secrets = new TreeMap<String, String>();
        if (file == null && !closed.isEmpty()) {
            complaints.add("--" + String.join(", --", switches.keySet()) + " need --" + setting
                    + ": name the file of principals and secrets");
        }
        var bytes = file == null ? null : read(setting, file, complaints);
        if (bytes != null) {
            try {
                secrets.putAll(AccessFiles.credentials(bytes));
            } catch (AccessFiles.BadFile bad) {
                complaints.add("--" + setting + "=" + file + ": " + bad.getMessage());
            }
        }
        secrets.forEach((principal, secret) -> {
            if (!Authenticator.isUsable(secret)) {
                complaints.add("--" + setting + "=" + file + ": the secret of '" + principal
                        + "' is no hash; write pbkdf2:ITERATIONS:SALT:HASH with salt and hash in base64");
            }
        });
        return Authenticator.of(secrets, closed);
    }

    private static Acls acls(Settings settings, List<String> complaints) {
        var given = settings.find("acls");
        if (given == null) {
            return Acls.OPEN;
        }
        var bytes = given.stripLeading().startsWith("{")
                ? given.getBytes(StandardCharsets.UTF_8)
                : read("acls", given, complaints);
        try {
            return bytes == null ? Acls.OPEN : AccessFiles.acls(bytes);
        } catch (AccessFiles.BadFile bad) {
            complaints.add("--acls: " + bad.getMessage());
            return Acls.OPEN;
        }
    }

    private static byte @Nullable [] read(String setting, String file, List<String> complaints) {
        var name = file.startsWith("file://") ? file.substring("file://".length()) : file;
        try {
            return Files.readAllBytes(Path.of(name));
        } catch (IOException | InvalidPathException unreadable) {
            complaints.add("--" + setting + "=" + file + " cannot be read (" + unreadable + "); name a file that this"
                    + " process may read");
            return null;
        }
    }
}
