package org.mesolith.cli.command.process;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.mesolith.base.Halt;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code meso supervise}: keeps one process running where no systemd does. Our processes end rather than repair
 * themselves; this starts them again, more slowly each time, and leaves alone what a restart cannot help.
 */
@Command(
        description = {
            "Runs a command and starts it again when it ends, with a growing pause.",
            "It is not started again after exit status 0, after a status that says that a restart does not help",
            "(bad settings, data in use, corrupt data, too old, refused), or when meso itself is told to stop."
        },
        footer = {"", "Example: meso supervise -- meso master --work_dir=/var/lib/mesolith --ip=127.0.0.1"})
public final class Supervise implements Callable<Integer> {
    private static final Duration SPAN_MAX = Duration.ofDays(1);

    private final Console console;
    private volatile boolean stopping;

    @Option(
            names = "--pause-min",
            paramLabel = "SPAN",
            defaultValue = "1s",
            description = "The first pause; it doubles with each quick end (default: ${DEFAULT-VALUE}).")
    private String pauseMinText = "1s";

    @Option(
            names = "--pause-max",
            paramLabel = "SPAN",
            defaultValue = "30s",
            description = "The longest pause (default: ${DEFAULT-VALUE}).")
    private String pauseMaxText = "30s";

    @Option(
            names = "--healthy-after",
            paramLabel = "SPAN",
            defaultValue = "1m",
            description = "A run at least this long starts the pauses anew (default: ${DEFAULT-VALUE}).")
    private String healthyAfterText = "1m";

    @Option(
            names = "--stop-grace",
            paramLabel = "SPAN",
            defaultValue = "20s",
            description = "From TERM to KILL when meso is told to stop (default: ${DEFAULT-VALUE}).")
    private String stopGraceText = "20s";

    @Parameters(paramLabel = "CMD", arity = "1..*", description = "The command and its arguments, after --.")
    private List<String> command = List.of();

    /** The command in these surroundings. */
    public Supervise(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Duration pauseMin = span("--pause-min", pauseMinText);
        Duration pauseMax = span("--pause-max", pauseMaxText);
        Duration healthyAfter = span("--healthy-after", healthyAfterText);
        Duration stopGrace = span("--stop-grace", stopGraceText);
        Duration pause = pauseMin;
        while (true) {
            Instant started = Instant.now();
            int status = runOnce(stopGrace);
            if (stopping) {
                return status;
            }
            if (!helps(status)) {
                console.err()
                        .println("meso: " + command.getFirst() + " ended with status " + status + ": "
                                + (status == 0 ? "it was done" : "starting it again would not help, see above")
                                + "; not started again");
                return status;
            }
            Duration ran = Duration.between(started, Instant.now());
            pause = ran.compareTo(healthyAfter) >= 0 ? pauseMin : pause;
            console.err()
                    .println("meso: " + command.getFirst() + " ended with status " + status + " after "
                            + ran.toSeconds() + " s; starting it again in " + pause.toMillis() + " ms");
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(pauseMax) > 0 ? pauseMax : pause.multipliedBy(2);
        }
    }

    /** False for the statuses that say that the next start would end the same way. */
    static boolean helps(int status) {
        for (Halt.Code code : Halt.Code.values()) {
            if (code.status() == status) {
                return code.restartable();
            }
        }
        return true;
    }

    private int runOnce(Duration stopGrace) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException cannotStart) {
            throw new Failure(
                    ExitCode.FAILED,
                    "cannot start `" + command.getFirst() + "`: " + cannotStart.getMessage()
                            + "; give the command after --, with its path if it is not on the PATH",
                    cannotStart);
        }
        var hook = Thread.ofPlatform().unstarted(() -> stop(process, stopGrace));
        Runtime.getRuntime().addShutdownHook(hook);
        int status = process.waitFor();
        if (!stopping) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        return status;
    }

    private void stop(Process process, Duration stopGrace) {
        stopping = true;
        process.destroy();
        try {
            if (!process.waitFor(stopGrace.toNanos(), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Duration span(String option, String text) {
        return SpanText.atMost(option, text, SPAN_MAX);
    }
}
