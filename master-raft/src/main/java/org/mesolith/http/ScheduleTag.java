package org.mesolith.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.state.Registry;
import org.mesolith.view.Sight;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * Which maintenance schedule was shown ({@code ETag}), and which one is to be replaced ({@code If-Match}), so that no
 * operator's change is lost under another's. Any thread.
 */
final class ScheduleTag {
    static final String SHOWN = "ETag";
    static final String EXPECTED = "If-Match";

    private static final Pattern TAG = Pattern.compile("\"([0-9a-f]{16})\"");

    private ScheduleTag() {}

    /** Tells which schedule is shown, to those who see all of it: others must not replace it. */
    static HttpAnswer.Full tell(HttpAnswer.Full answer, Registry registry, Sight sight) {
        boolean whole = answer.status() == 200 && sight.seesSchedule(registry);
        return whole ? answer.with(SHOWN, '"' + registry.maintenance().fingerprint() + '"') : answer;
    }

    /** What the request expects, or why it cannot be understood. */
    sealed interface Expected {
        /** The call with what is expected; as it was when nothing is. */
        record Call(OperatorCall call) implements Expected {}

        /** The header means nothing here. */
        record Refused(String why) implements Expected {}
    }

    /** Nobody's wish is dropped without a word: the header is refused where it means nothing. */
    static Expected of(HttpRequest request, OperatorCall call) {
        var header = request.headers().first(EXPECTED).map(String::strip).orElse(null);
        if (header == null) {
            return new Expected.Call(call);
        }
        if (!(call instanceof OperatorCall.UpdateMaintenanceSchedule update)) {
            return new Expected.Refused("The header " + EXPECTED
                    + " is understood with changes of the maintenance schedule only; nothing was changed");
        }
        var tag = tag(header);
        return tag == null
                ? new Expected.Refused("The header " + EXPECTED + " must be the " + SHOWN
                        + " of the maintenance schedule as it was read, as \"0123456789abcdef\", and is " + header
                        + "; nothing was changed")
                : new Expected.Call(new OperatorCall.UpdateMaintenanceSchedule(update.windows(), tag));
    }

    private static @Nullable String tag(String header) {
        var matcher = TAG.matcher(header);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
