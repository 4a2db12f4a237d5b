package org.mesolith.codec.legacy;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.model.Attribute;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.Milli;
import org.mesolith.model.Quantities;
import org.mesolith.model.Ranges;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;

/** Resources, amounts and attributes as these endpoints show them: one number or text for each name. */
final class Amounts {
    /** Always shown, also when there is nothing of them. */
    private static final List<String> ALWAYS = List.of("cpus", "gpus", "mem", "disk");

    private static final String REVOCABLE = "_revocable";

    private Amounts() {}

    /** Summed over reservations, volumes and roles, a shared one once; what can be taken back stands apart. */
    static void summary(JsonGenerator json, String key, Resources resources) throws IOException {
        json.writeObjectFieldStart(key);
        SortedMap<String, Long> scalars = new TreeMap<>();
        SortedMap<String, Ranges> ranges = new TreeMap<>();
        SortedMap<String, TreeMap<String, String>> sets = new TreeMap<>();
        for (var resource : resources) {
            var name = resource.kind().revocable() ? resource.name() + REVOCABLE : resource.name();
            switch (resource.value()) {
                case Value.Scalar(long milli) -> scalars.merge(name, milli, Amounts::capped);
                case Ranges some -> ranges.merge(name, some, Ranges::plus);
                case Value.Items(var items) ->
                    items.forEach(item ->
                            sets.computeIfAbsent(name, n -> new TreeMap<>()).put(item, item));
                case Value.Text _ -> {}
            }
        }
        for (var name : ALWAYS) {
            number(json, name, scalars.getOrDefault(name, 0L));
        }
        for (var scalar : scalars.entrySet()) {
            if (!ALWAYS.contains(scalar.getKey())) {
                number(json, scalar.getKey(), scalar.getValue());
            }
        }
        for (var range : ranges.entrySet()) {
            json.writeStringField(range.getKey(), text(range.getValue()));
        }
        for (var set : sets.entrySet()) {
            json.writeStringField(
                    set.getKey(), "{" + String.join(", ", set.getValue().keySet()) + "}");
        }
        json.writeEndObject();
    }

    private static long capped(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** By the role that they are reserved for, the newest one of a stack. */
    static void reserved(JsonGenerator json, String key, Resources resources) throws IOException {
        json.writeObjectFieldStart(key);
        for (Map.Entry<String, Resources> role : resources.byReservedRole().entrySet()) {
            summary(json, role.getKey(), role.getValue());
        }
        json.writeEndObject();
    }

    /** Only what there is some of. */
    static void quantities(JsonGenerator json, String key, Quantities amounts) throws IOException {
        json.writeObjectFieldStart(key);
        for (var name : amounts.names()) {
            number(json, name, amounts.milli(name));
        }
        json.writeEndObject();
    }

    static void number(JsonGenerator json, String key, long milli) throws IOException {
        json.writeNumberField(key, Milli.toDouble(milli));
    }

    /**
     * Numbers as numbers, all others as text. A name that stands there twice is written twice, as it was configured.
     */
    static void attributes(JsonGenerator json, List<Attribute> attributes) throws IOException {
        json.writeObjectFieldStart("attributes");
        for (var attribute : attributes) {
            switch (attribute.value()) {
                case Value.Scalar(long milli) -> number(json, attribute.name(), milli);
                case Value.Text(var text) -> json.writeStringField(attribute.name(), text);
                case Ranges ranges -> json.writeStringField(attribute.name(), text(ranges));
                case Value.Items(var items) ->
                    json.writeStringField(attribute.name(), "{" + String.join(", ", items) + "}");
            }
        }
        json.writeEndObject();
    }

    private static String text(Ranges ranges) {
        var text = new StringBuilder("[");
        for (int i = 0; i < ranges.count(); i++) {
            text.append(i == 0 ? "" : ", ").append(ranges.begin(i)).append('-').append(ranges.end(i));
        }
        return text.append(']').toString();
    }

    /** Where a machine stands. */
    static void domain(JsonGenerator json, FaultDomain domain) throws IOException {
        json.writeObjectFieldStart("domain");
        json.writeObjectFieldStart("fault_domain");
        json.writeObjectFieldStart("region");
        json.writeStringField("name", domain.region());
        json.writeEndObject();
        json.writeObjectFieldStart("zone");
        json.writeStringField("name", domain.zone());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }
}
