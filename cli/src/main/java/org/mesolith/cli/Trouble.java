package org.mesolith.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;

/**
 * How a failure is told: a sentence on stderr, always; with {@code --json} also one object on stdout, unless results
 * stand there already. One thread.
 */
final class Trouble {
    private final Console console;

    /** Null when stdout is for people. */
    private final @Nullable Results results;

    private Trouble(Console console, @Nullable Results results) {
        this.console = console;
        this.results = results;
    }

    static Trouble asText(Console console) {
        return new Trouble(console, null);
    }

    static Trouble asJson(Console console) {
        var results = new Results(console.out());
        var out = new PrintStream(results, false, StandardCharsets.UTF_8);
        return new Trouble(new Console(out, console.err(), console.environment(), console.in()), results);
    }

    /** What the command writes to and reads from. */
    Console console() {
        return console;
    }

    /** Tells it; returns what the process ends with. */
    int tell(Failure failure) {
        console.out().flush();
        console.err().println("meso: " + failure.sentence());
        if (results != null && results.areNone()) {
            results.forget();
            JsonOutput.print(console.out(), object(failure));
            console.out().flush();
        }
        return failure.exitCode();
    }

    private static JsonObject object(Failure failure) {
        int code = failure.exitCode();
        return JsonObject.of(
                "error", JsonObject.of("exit_code", code, "kind", ExitCode.name(code), "message", failure.sentence()));
    }

    /** The command has ended without a failure. */
    int ended(int code) {
        if (results != null) {
            console.out().flush();
            results.release();
        }
        return code;
    }

    /** Stdout for programs. An array without an element is held back until it is known that no failure follows. */
    private static final class Results extends OutputStream {
        private static final String NOTHING = "[] \n";

        private final PrintStream out;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private boolean any;

        Results(PrintStream out) {
            this.out = out;
        }

        boolean areNone() {
            return !any;
        }

        void forget() {
            held.reset();
        }

        void release() {
            out.writeBytes(held.toByteArray());
            held.reset();
            out.flush();
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            for (int at = from; !any && at < from + count; at++) {
                any = NOTHING.indexOf(bytes[at]) < 0;
            }
            if (any) {
                out.writeBytes(held.toByteArray());
                held.reset();
                out.write(bytes, from, count);
            } else {
                held.write(bytes, from, count);
            }
        }

        @Override
        public void flush() {
            out.flush();
        }
    }
}
