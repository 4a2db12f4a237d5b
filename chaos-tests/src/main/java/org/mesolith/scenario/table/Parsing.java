package org.mesolith.scenario.table;

import static org.mesolith.scenario.grammar.Kinds.TEXT;

import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mesolith.model.AttributeText;
import org.mesolith.model.Milli;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.ResourceText;
import org.mesolith.model.Roles;
import org.mesolith.model.ValueText;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;

/** Texts to values and back. */
final class Parsing {
    private Parsing() {}

    static void register(SortedMap<String, Function<Fields, Shown>> ops) {
        ops.put(
                "parse",
                given -> refusable(() -> Shown.resources(ResourceText.parsePlain(
                        given.get("text", TEXT), given.get("default_role", TEXT, Roles.STAR)))));
        ops.put("parse-value", given -> refusable(() -> Shown.value(ValueText.parse(given.get("text", TEXT)))));
        ops.put(
                "parse-attributes",
                given -> refusable(() -> Shown.attributes(AttributeText.parse(given.get("text", TEXT)))));
        ops.put("attributes-equal", Parsing::attributesEqual);
        ops.put(
                "parse-quantities",
                given -> refusable(() -> Shown.quantities(Quantities.parse(given.get("text", TEXT)))));
        ops.put("parse-limits", given -> refusable(() -> Shown.limits(QuantityLimits.parse(given.get("text", TEXT)))));
        ops.put("format-scalar", Parsing::formatScalar);
    }

    private static Shown refusable(Supplier<Shown> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException refused) {
            return Shown.REFUSED;
        }
    }

    /** The order of attributes matters only among those of one name. */
    private static Shown attributesEqual(Fields given) {
        return refusable(() -> {
            var byName = java.util.Comparator.comparing(org.mesolith.model.Attribute::name);
            var left = AttributeText.parse(given.get("left", TEXT)).stream()
                    .sorted(byName)
                    .toList();
            var right = AttributeText.parse(given.get("right", TEXT)).stream()
                    .sorted(byName)
                    .toList();
            return Shown.truth(left.equals(right));
        });
    }

    private static Shown formatScalar(Fields given) {
        return Shown.word(Milli.text(Milli.ofDouble(given.get("value", Kinds.NUMBER))));
    }
}
