package org.mesolith.pages;

import org.mesolith.logging.Verbosity;
import org.mesolith.settings.SettingText;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.Query;

/** {@code /logging/toggle}: the level of the log, and another one for a while. */
public final class LoggingPage {
    /** The path. */
    public static final String PATH = "/logging/toggle";

    private LoggingPage() {}

    /** Tells the level; with {@code level=} and {@code duration=} it is another one for so long. */
    public static HttpAnswer.Full answer(Query query, Verbosity verbosity) {
        var level = query.first("level").orElse(null);
        var time = query.first("duration").orElse(null);
        if (level == null && time == null) {
            return HttpAnswer.text(200, verbosity.level() + "\n");
        }
        if (level == null || time == null) {
            return HttpAnswer.text(
                    400,
                    "Expecting 'level=value' and 'duration=value' in query, such as" + " level=1&duration=5mins\n");
        }
        var duration = SettingText.duration(time);
        if (!level.matches("[0-9]{1,9}")) {
            return HttpAnswer.text(400, "Invalid level '" + level + "': give a number from 0 on\n");
        }
        var problem = duration == null ? "'" + time + "' is no length of time" : Verbosity.problem(duration);
        if (problem != null || duration == null) {
            return HttpAnswer.text(400, "Invalid duration: " + problem + "; write duration=5mins\n");
        }
        verbosity.set(Long.parseLong(level), duration);
        return HttpAnswer.empty(200);
    }
}
