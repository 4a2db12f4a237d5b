package org.mesolith.cli.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;

/** The lines between the controller of a run and a process that uses its cluster: one JSON document each. */
final class UserLine {
    /** What is written down. */
    static final String NOTE = "note";
    /** What works. */
    static final String SIGN = "sign";
    /** In a note: goes on only when it is written down. */
    static final String WAITS = "waits";
    /** It is written down; for an INVOKE its number, else -1. */
    static final String NUMBER = "number";
    /** Who leads. */
    static final String LEADER = "leader";
    /** Nothing more is launched. */
    static final String SETTLE = "settle";
    /** All is brought to its end. */
    static final String LEAVE = "leave";
    /** The answer to it. */
    static final String LEFT = "left";

    private static final int BYTES_MAX = 1 << 20;

    private UserLine() {}

    /** For the history; {@code operation} is -1 where there is none. */
    static JsonObject note(Kind kind, String process, long operation, String name, Map<String, String> facts) {
        var values = new LinkedHashMap<String, @Nullable Object>(facts);
        return JsonObject.of(
                NOTE,
                kind.name(),
                "process",
                process,
                "operation",
                operation,
                "name",
                name,
                "facts",
                new JsonObject(values));
    }

    /** The facts of a note. */
    static Map<String, String> facts(JsonObject note) {
        var facts = new TreeMap<String, String>();
        note.object("facts").fields().forEach((fact, value) -> facts.put(fact, String.valueOf(value)));
        return facts;
    }

    /** Writes one; callers take turns. */
    static void write(OutputStream to, JsonObject line) throws IOException {
        byte[] document = Json.bytes(line);
        byte[] whole = java.util.Arrays.copyOf(document, document.length + 1);
        whole[document.length] = '\n';
        to.write(whole);
        to.flush();
    }

    /**
     * Reads one; null at the end. What a process that was killed had half written is not a line.
     *
     * @param from buffered
     */
    static @Nullable JsonObject read(InputStream from) throws IOException {
        var line = new java.io.ByteArrayOutputStream(256);
        for (int next = from.read(); next >= 0; next = from.read()) {
            if (next == '\n') {
                return Json.readObject(line.toByteArray());
            }
            line.write(next);
            if (line.size() > BYTES_MAX) {
                throw new IOException("a line of more than " + BYTES_MAX + " bytes");
            }
        }
        return null;
    }
}
