package org.mesolith.check.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads what {@link HistoryWriter} wrote. */
public final class HistoryReader {

    private static final JsonFactory FACTORY = new JsonFactory();

    private HistoryReader() {}

    /**
     * Reads a whole history. One whose end was cut off, because its writer died, is read up to there and says so by
     * having no line END.
     *
     * @throws IOException if it cannot be read or is no history; the message names the line
     */
    public static History read(Path file) throws IOException {
        var events = new ArrayList<HistoryEvent>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = next(lines); line != null; line = next(lines)) {
                HistoryEvent event = event(line, events.size());
                if (event == null) {
                    break;
                }
                events.add(event);
                if (events.size() > HistoryWriter.LINES_MAX) {
                    throw new IOException(file + " has more than " + HistoryWriter.LINES_MAX + " lines");
                }
            }
        } catch (IllegalArgumentException wrong) {
            throw new IOException(file + ", line " + (events.size() + 1) + ": " + wrong.getMessage(), wrong);
        }
        if (events.isEmpty() || events.getFirst().kind() != HistoryEvent.Kind.BEGIN) {
            throw new IOException(file + " is no history: it does not begin with a line BEGIN");
        }
        return new History(events);
    }

    private static @Nullable String next(BufferedReader lines) throws IOException {
        try {
            return lines.readLine();
        } catch (EOFException cut) {
            return null;
        }
    }

    /** Null for a line that was cut off. */
    private static @Nullable HistoryEvent event(String line, long number) throws IOException {
        if (!line.endsWith("}")) {
            return null;
        }
        var facts = new TreeMap<String, String>();
        long nanos = -1;
        long operation = -1;
        String kind = "";
        String process = "";
        String name = "";
        try (JsonParser parser = FACTORY.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "at" -> nanos = parser.getLongValue();
                    case "operation" -> operation = parser.getLongValue();
                    case "kind" -> kind = parser.getText();
                    case "process" -> process = parser.getText();
                    case "name" -> name = parser.getText();
                    default -> {
                        if (!field.startsWith(".")) {
                            throw new IllegalArgumentException("the field `" + field + "` is not known");
                        }
                        facts.put(field.substring(1), parser.getText());
                    }
                }
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson.getOriginalMessage(), notJson);
        }
        return new HistoryEvent(number, nanos, HistoryEvent.Kind.valueOf(kind), process, operation, name, facts);
    }
}
