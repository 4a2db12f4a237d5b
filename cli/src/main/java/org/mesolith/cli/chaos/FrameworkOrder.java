package org.mesolith.cli.chaos;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;

/**
 * What a framework in a process of its own is told when it begins: the first line of its input.
 *
 * @param name of the framework
 * @param keepsVolume whether it keeps a persistent volume; else it launches small tasks
 * @param life 1 for its first
 * @param seed of its dice
 * @param announced where the masters are
 * @param names of the masters by their addresses
 * @param marks where tasks leave marks
 */
record FrameworkOrder(
        String name,
        boolean keepsVolume,
        int life,
        long seed,
        List<HostPort> announced,
        Map<HostPort, String> names,
        Marks marks,
        FrameworkPast past) {

    /** Lists are kept in order. */
    FrameworkOrder {
        announced = List.copyOf(announced);
        names = Map.copyOf(names);
    }

    JsonObject toJson() {
        var masters = new LinkedHashMap<String, @Nullable Object>();
        names.forEach((address, master) -> masters.put(address.toString(), master));
        return JsonObject.of(
                "name",
                name,
                "keeps_volume",
                keepsVolume,
                "life",
                life,
                "seed",
                seed,
                "announced",
                announced.stream().map(HostPort::toString).toList(),
                "names",
                new JsonObject(masters),
                "began",
                text(marks.began()),
                "wrote",
                text(marks.wrote()),
                "past",
                past.toJson());
    }

    static FrameworkOrder of(JsonObject json) {
        return new FrameworkOrder(
                json.text("name"),
                json.isTrue("keeps_volume"),
                Math.toIntExact(json.whole("life", 1)),
                json.whole("seed", 0),
                json.texts("announced").stream().map(HostPort::parse).toList(),
                json.object("names").fields().entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> HostPort.parse(entry.getKey()), entry -> String.valueOf(entry.getValue()))),
                new Marks(path(json.text("began")), path(json.text("wrote"))),
                FrameworkPast.of(json.object("past")));
    }

    private static String text(@Nullable Path path) {
        return path == null ? "" : path.toString();
    }

    private static @Nullable Path path(String text) {
        return text.isEmpty() ? null : Path.of(text);
    }
}
