package org.mesolith.cli.command.journal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;

/** A row of events or audit for programs: one JSON document a line. */
final class JsonRow {
    private JsonRow() {}

    static void print(PrintStream out, JsonObject row) {
        out.println(new String(Json.bytes(row), StandardCharsets.UTF_8));
    }
}
