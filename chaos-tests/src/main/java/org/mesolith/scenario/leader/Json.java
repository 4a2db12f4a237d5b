package org.mesolith.scenario.leader;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.mesolith.model.Milli;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Ranges;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;

/** Pieces of the v1 interface in JSON, as a client writes them. */
final class Json {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    /** An object filled by the caller. */
    static ObjectNode object(Consumer<ObjectNode> fill) {
        var node = NODES.objectNode();
        fill.accept(node);
        return node;
    }

    /** {@code {"value": text}}. */
    static ObjectNode value(String text) {
        return NODES.objectNode().put("value", text);
    }

    static ObjectNode value(long milli) {
        return NODES.objectNode().put("value", Milli.toDouble(milli));
    }

    static ArrayNode texts(Collection<String> texts) {
        var array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    static ArrayNode array(Collection<ObjectNode> nodes) {
        var array = NODES.arrayNode();
        nodes.forEach(array::add);
        return array;
    }

    /** Amounts by name. */
    static ObjectNode quantities(Quantities quantities) {
        return object(node -> quantities.forEach((name, milli) -> node.set(name, value(milli))));
    }

    /** Limits by name. */
    static ObjectNode limits(QuantityLimits limits) {
        return object(node -> limits.milliByName().forEach((name, milli) -> node.set(name, value(milli))));
    }

    /**
     * Resources in the form with stacks of reservations; a shared one as often as there are copies.
     *
     * @param volumePrincipal who makes the volumes among them
     */
    static ArrayNode resources(Resources resources, String volumePrincipal) {
        var array = NODES.arrayNode();
        for (var resource : resources) {
            for (int copy = 0; copy < resource.copies(); copy++) {
                array.add(resource(resource, volumePrincipal));
            }
        }
        return array;
    }

    static ObjectNode resource(Resource resource, String volumePrincipal) {
        return object(node -> {
            node.put("name", resource.name());
            value(node, resource.value());
            if (!resource.reservations().isEmpty()) {
                node.set("reservations", reservations(resource.reservations()));
            }
            disk(node, resource, volumePrincipal);
            if (resource.kind().revocable()) {
                node.set("revocable", NODES.objectNode());
            }
            if (resource.kind().shared()) {
                node.set("shared", NODES.objectNode());
            }
        });
    }

    private static void value(ObjectNode node, Value value) {
        switch (value) {
            case Value.Scalar(long milli) -> {
                node.put("type", "SCALAR");
                node.set("scalar", value(milli));
            }
            case Ranges ranges -> {
                node.put("type", "RANGES");
                var list = NODES.arrayNode();
                for (int i = 0; i < ranges.count(); i++) {
                    list.add(NODES.objectNode().put("begin", ranges.begin(i)).put("end", ranges.end(i)));
                }
                node.set("ranges", NODES.objectNode().set("range", list));
            }
            case Value.Items(var items) -> {
                node.put("type", "SET");
                node.set("set", NODES.objectNode().set("item", texts(items)));
            }
            case Value.Text(var text) -> throw new IllegalArgumentException("a resource cannot be the text " + text);
        }
    }

    private static ArrayNode reservations(List<Reservation> stack) {
        return array(stack.stream()
                .map(reservation -> object(node -> {
                    node.put("type", reservation.isDynamic() ? "DYNAMIC" : "STATIC");
                    node.put("role", reservation.role());
                    if (reservation.principal() != null) {
                        node.put("principal", reservation.principal());
                    }
                    if (!reservation.labels().isEmpty()) {
                        node.set(
                                "labels",
                                NODES.objectNode()
                                        .set(
                                                "labels",
                                                array(reservation.labels().labels().stream()
                                                        .map(label -> object(pair -> {
                                                            pair.put("key", label.key());
                                                            if (label.value() != null) {
                                                                pair.put("value", label.value());
                                                            }
                                                        }))
                                                        .toList())));
                    }
                }))
                .toList());
    }

    private static void disk(ObjectNode node, Resource resource, String volumePrincipal) {
        var disk = resource.disk();
        if (disk == null) {
            return;
        }
        var made = node.putObject("disk");
        var persistence = disk.persistence();
        if (persistence != null) {
            made.putObject("persistence").put("id", persistence.id()).put("principal", volumePrincipal);
        }
        var volume = disk.volume();
        if (volume != null) {
            made.putObject("volume")
                    .put("container_path", volume.containerPath())
                    .put("mode", "RW");
        }
        var source = disk.source();
        if (source != null) {
            var of = made.putObject("source").put("type", source.type().name());
            if (source.root() != null) {
                of.putObject(source.type().name().toLowerCase(java.util.Locale.ROOT))
                        .put("root", source.root());
            }
            putIfThere(of, "vendor", source.vendor());
            putIfThere(of, "id", source.id());
            putIfThere(of, "profile", source.profile());
        }
    }

    private static void putIfThere(ObjectNode node, String key, @org.jspecify.annotations.Nullable String text) {
        if (text != null) {
            node.put(key, text);
        }
    }
}
