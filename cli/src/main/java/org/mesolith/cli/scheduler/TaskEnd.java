package org.mesolith.cli.scheduler;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.ExitCode;

/** What a task's status says about its end. */
public final class TaskEnd {

    private static final Pattern STATUS = Pattern.compile("exited with status (\\d{1,3})");
    private static final Pattern SIGNAL = Pattern.compile("terminated with signal ([A-Za-z ]+)");

    /** What agents call the signals that end processes; the shell's convention is 128 + number. */
    private static final Map<String, Integer> SIGNALS = Map.of(
            "Hangup",
            1,
            "Interrupt",
            2,
            "Quit",
            3,
            "Illegal instruction",
            4,
            "Aborted",
            6,
            "Bus error",
            7,
            "Killed",
            9,
            "Segmentation fault",
            11,
            "Broken pipe",
            13,
            "Terminated",
            15);

    private static final Set<String> TERMINAL = Set.of(
            "TASK_FINISHED",
            "TASK_FAILED",
            "TASK_KILLED",
            "TASK_ERROR",
            "TASK_LOST",
            "TASK_DROPPED",
            "TASK_GONE",
            "TASK_GONE_BY_OPERATOR");

    private TaskEnd() {}

    /** True if nothing more will come from this task. */
    public static boolean isTerminal(String state) {
        return TERMINAL.contains(state);
    }

    /**
     * The exit code for the shell: the task's own exit status where its message tells it, 128 and the number of the
     * signal that ended it, 0 for a finished one, else {@link ExitCode#TASK_WITHOUT_STATUS}.
     */
    public static int exitCode(JsonObject status) {
        Matcher told = STATUS.matcher(status.text("message"));
        if (told.find()) {
            return Integer.parseInt(told.group(1)) & 0xff;
        }
        Matcher signal = SIGNAL.matcher(status.text("message"));
        if (signal.find()) {
            Integer number = SIGNALS.get(signal.group(1).strip());
            return number == null ? ExitCode.TASK_WITHOUT_STATUS : 128 + number;
        }
        return status.text("state").equals("TASK_FINISHED") ? ExitCode.OK : ExitCode.TASK_WITHOUT_STATUS;
    }
}
