package org.mesolith.master;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.AccessFiles;
import org.mesolith.http.Authenticator;
import org.mesolith.http.Authenticator.Realm;
import org.mesolith.model.Acls;
import org.mesolith.settings.Settings;

/**
 * Who may come in and what they may do, as the settings say.
 *
 * @param authenticator at the door
 * @param acls behind it
 */
record Access(Authenticator authenticator, Acls acls) {
    /** Reads the files that the settings name; what is wrong with them is added to the complaints. */
    static Access of(Settings settings, List<String> complaints) {
        return new Access(authenticator(settings, complaints), acls(settings, complaints));
    }

    private static Authenticator authenticator(Settings settings, List<String> complaints) {
        var closed = new ArrayList<Realm>();
        var switches = new TreeMap<String, Realm>();
        switches.put("authenticate_http_frameworks", Realm.SCHEDULER);
        switches.put("authenticate_http_readwrite", Realm.OPERATOR);
        switches.put("authenticate_http_readonly", Realm.READER);
        switches.put("authenticate_agents", Realm.AGENT);
        switches.forEach((name, realm) -> {
            if (settings.on(name)) {
                closed.add(realm);
            }
        });
        var file = settings.find("credentials");
        var secrets = new TreeMap<String, String>();
        if (file == null && !closed.isEmpty()) {
            complaints.add("--" + String.join(", --", switches.keySet())
                    + " need --credentials: name the file of principals and secrets");
        }
        var bytes = file == null ? null : read("credentials", file, complaints);
        if (bytes != null) {
            try {
                secrets.putAll(AccessFiles.credentials(bytes));
            } catch (AccessFiles.BadFile bad) {
                complaints.add("--credentials=" + file + ": " + bad.getMessage());
            }
        }
        secrets.forEach((principal, secret) -> {
            if (!Authenticator.isUsable(secret)) {
                complaints.add("--credentials=" + file + ": the secret of '" + principal
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
