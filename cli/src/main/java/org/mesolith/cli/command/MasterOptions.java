package org.mesolith.cli.command;

import java.time.Duration;
import org.mesolith.cli.client.MasterClient;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.console.Console;
import picocli.CommandLine.Option;

/** The options of every command that talks to masters. */
public final class MasterOptions {
    private static final Duration TIMEOUT_MAX = Duration.ofHours(1);

    @Option(
            names = "--masters",
            paramLabel = "HOST:PORT,…",
            description = "Any of the masters, or file:///path of a file with them (else MESO_MASTERS, else the "
                    + "context,"
                    + " else 127.0.0.1:5050).")
    private String masters = "";

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The masters of this context: `meso context ls` (else MESO_CONTEXT, else the current one).")
    private String context = "";

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "15s",
            description = "How long to wait for an answer, elections included (default: ${DEFAULT-VALUE}).")
    private String timeout = "15s";

    /** Which masters, and who said so. */
    public MasterList list(Console console) {
        return MasterList.find(masters, context, console);
    }

    /** How long a call may take. */
    public Duration timeout() {
        return SpanText.atMost("--timeout", timeout, TIMEOUT_MAX);
    }

    /** A client of these masters. */
    public MasterClient client(Console console) {
        var list = list(console);
        var ears = new MasterClient.Ears(present -> Contexts.refresh(console, list, present), console.err()::println);
        return new MasterClient(list, timeout(), ears);
    }

    /** The operator API of these masters. */
    public Operator operator(Console console) {
        return new Operator(client(console));
    }
}
