package org.mesolith.cli.command.reservation;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.command.WhenText;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Option;

/** What is to be written down of a reservation. */
final class NoteOptions {
    private static final String NEVER = "never";

    @Option(names = "--owner", paramLabel = "NAME", description = "Whom to ask about it; not part of the reservation.")
    private @Nullable String owner;

    @Option(names = "--purpose", paramLabel = "TEXT", description = "What it is for; not part of the reservation.")
    private @Nullable String purpose;

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "When what is free of it is given back: `in 30d`, `friday 18:00`, …, or `never`.")
    private @Nullable String expires;

    /** Whether anything is to be written down. */
    boolean isGiven() {
        return owner != null || purpose != null || expires != null;
    }

    /** Adds what is to be written down to the body of a call. */
    void add(Map<String, @Nullable Object> body) {
        if (owner != null) {
            body.put("owner", owner);
        }
        if (purpose != null) {
            body.put("purpose", purpose);
        }
        if (expires != null) {
            var at = expires();
            body.put("expires", at == null ? null : at.toString());
        }
    }

    /** Null for never, or when nothing is said. */
    @Nullable
    Instant expires() {
        if (expires == null || expires.equals(NEVER)) {
            return null;
        }
        var now = Instant.now();
        var at = WhenText.read("--expires", expires, now.atZone(ZoneId.systemDefault()));
        if (!at.isAfter(now)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--expires is " + WhenText.shown(at, ZoneId.systemDefault())
                            + ", which is over already; nothing was changed");
        }
        return at;
    }
}
