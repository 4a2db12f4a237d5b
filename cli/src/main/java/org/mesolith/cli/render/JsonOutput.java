package org.mesolith.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.Json;

/** JSON for programs: one document on stdout, written as its parts come. */
public final class JsonOutput implements AutoCloseable {

    private final PrintStream out;
    private final JsonGenerator generator;

    private JsonOutput(PrintStream out) {
        this.out = out;
        try {
            this.generator = Json.pretty(out);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Writes one value and its line end. */
    public static void print(PrintStream out, @Nullable Object value) {
        try (var output = new JsonOutput(out)) {
            output.element(value);
        }
    }

    /** Begins an array whose elements follow. */
    public static JsonOutput array(PrintStream out) {
        var output = new JsonOutput(out);
        try {
            output.generator.writeStartArray();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return output;
    }

    /** One element. */
    public void element(@Nullable Object value) {
        try {
            Json.write(generator, value);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What was written so far goes out now. */
    public void flush() {
        try {
            generator.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        out.flush();
    }

    /** Ends what was begun, with a line end. */
    @Override
    public void close() {
        try {
            generator.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        out.println();
    }
}
