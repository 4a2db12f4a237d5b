package org.mesolith.cli.command;

import java.time.Duration;
import org.mesolith.cli.client.MasterClient;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine.Option;

/** The options of every command that talks to masters. */
public final class MasterOptions {

    @Option(
            names = "--masters",
            paramLabel = "HOST:PORT,…",
            description = "Any of the masters, or file:///path of a file with them (else MESO_MASTERS, else the "
                    + "context,"
                    + " else 127.0.0.1:5050).")
    private String masters = "";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "How long to wait for an answer, elections included (default: ${DEFAULT-VALUE}).")
    private double timeoutSeconds = 15;

    /** Which masters, and who said so. */
    public MasterList list(Console console) {
        return MasterList.find(masters, console);
    }

    /** How long a call may take. */
    public Duration timeout() {
        if (!(timeoutSeconds >= 0.1 && timeoutSeconds <= 3_600)) {
            throw new Failure(
                    ExitCode.USAGE, "--timeout is " + timeoutSeconds + " seconds; give something from 0.1 to 3600");
        }
        return Duration.ofMillis((long) (timeoutSeconds * 1_000));
    }

    /** A client of these masters. */
    public MasterClient client(Console console) {
        var list = list(console);
        return new MasterClient(list, timeout(), present -> Contexts.refresh(console, list, present));
    }

    /** The operator API of these masters. */
    public Operator operator(Console console) {
        return new Operator(client(console));
    }
}
