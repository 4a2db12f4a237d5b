package org.mesolith.cli.command.past;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.replay.Replay;

/** How people name a moment of the past. */
final class Moment {
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,18}");
    private static final Pattern AGE = Pattern.compile("([0-9]{1,9})([smhd])");

    private Moment() {}

    /** Fails with {@link ExitCode#USAGE} for what is none. */
    static Replay.Until read(String text) {
        if (text.equals("end")) {
            return Replay.Until.END;
        }
        if (INDEX.matcher(text).matches()) {
            return Replay.Until.index(Long.parseLong(text));
        }
        var age = AGE.matcher(text);
        if (age.matches()) {
            return Replay.Until.time(Instant.now().minus(duration(Long.parseLong(age.group(1)), age.group(2))));
        }
        try {
            return Replay.Until.time(Instant.parse(text));
        } catch (DateTimeParseException wrong) {
            throw new Failure(
                    ExitCode.USAGE,
                    "`" + text + "` is no moment: give an index of the log, a time as 2026-03-01T12:00:00Z, a time back"
                            + " as 30m, 1h or 7d, or `end`",
                    wrong);
        }
    }

    private static Duration duration(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
