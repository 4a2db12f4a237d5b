package org.mesolith.cli.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mesolith.check.history.Recorder;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;

/**
 * What operators in a process of their own are told when they begin: the first line of its input.
 *
 * @param seed of their dice
 * @param masters where they call the masters
 * @param announced what the masters tell frameworks of themselves
 * @param names of the masters, at each of their addresses
 * @param doors where a master is called, by its name
 */
record OperatorOrder(
        Crew crew,
        long seed,
        List<HostPort> masters,
        List<HostPort> announced,
        Map<HostPort, String> names,
        Map<String, HostPort> doors) {

    /** Lists are kept in order. */
    OperatorOrder {
        masters = List.copyOf(masters);
        announced = List.copyOf(announced);
        names = Map.copyOf(names);
        doors = Map.copyOf(doors);
    }

    /** To work on the stage of the controller. */
    OperatorOrder(Crew crew, long seed, Stage stage) {
        this(
                crew,
                seed,
                stage.masters(),
                stage.announced(),
                stage.door().names(),
                stage.door().doors());
    }

    /** The same stage over there. */
    Stage stage(Recorder history, Signs signs) {
        var door = new MasterDoor(names, doors, MasterDoor.ANSWER_MAX);
        return new Stage(history, signs, masters, announced, door, new AtomicLong(crew.valuesFrom()), "");
    }

    JsonObject toJson() {
        var byAddress = new LinkedHashMap<String, @Nullable Object>();
        names.forEach((address, master) -> byAddress.put(address.toString(), master));
        var byName = new LinkedHashMap<String, @Nullable Object>();
        doors.forEach((master, address) -> byName.put(master, address.toString()));
        return JsonObject.of(
                "crew",
                crew.name(),
                "seed",
                seed,
                "masters",
                texts(masters),
                "announced",
                texts(announced),
                "names",
                new JsonObject(byAddress),
                "doors",
                new JsonObject(byName));
    }

    static OperatorOrder of(JsonObject json) {
        return new OperatorOrder(
                Crew.valueOf(json.text("crew")),
                json.whole("seed", 0),
                addresses(json, "masters"),
                addresses(json, "announced"),
                json.object("names").fields().entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> HostPort.parse(entry.getKey()), entry -> String.valueOf(entry.getValue()))),
                json.object("doors").fields().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> HostPort.parse(String.valueOf(entry.getValue())))));
    }

    private static List<String> texts(List<HostPort> addresses) {
        return addresses.stream().map(HostPort::toString).toList();
    }

    private static List<HostPort> addresses(JsonObject json, String field) {
        return json.texts(field).stream().map(HostPort::parse).toList();
    }
}
