package org.mesolith.scenario.table;

import static org.mesolith.scenario.grammar.Kinds.LIMITS;
import static org.mesolith.scenario.grammar.Kinds.QUANTITIES;
import static org.mesolith.scenario.grammar.Kinds.RESOURCES;

import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.TableWords;

/** Quantities and limits. */
final class Amounts {
    private Amounts() {}

    static void register(SortedMap<String, Function<Fields, Shown>> ops) {
        ops.put(
                "contains-quantities",
                given -> Shown.truth(given.get("left", RESOURCES).contains(given.get("quantities", QUANTITIES))));
        ops.put("quantities-add", two((left, right) -> Shown.quantities(left.plus(right))));
        ops.put("quantities-subtract", two((left, right) -> Shown.quantities(left.without(right))));
        ops.put("quantities-contain", two((left, right) -> Shown.truth(left.contains(right))));
        ops.put("quantities-of", Amounts::quantitiesOf);
        ops.put(
                "limits-subtract",
                given -> Shown.limits(given.get("left", LIMITS).without(given.get("right", QUANTITIES))));
        ops.put(
                "limits-contain-quantities",
                given -> Shown.truth(given.get("left", LIMITS).contains(given.get("right", QUANTITIES))));
        ops.put(
                "limits-contain-limits",
                given -> Shown.truth(given.get("left", LIMITS).contains(given.get("right", LIMITS))));
    }

    private static Function<Fields, Shown> two(BiFunction<Quantities, Quantities, Shown> function) {
        return given -> function.apply(given.get("left", TableWords.AMOUNTS), given.get("right", TableWords.AMOUNTS));
    }

    private static Shown quantitiesOf(Fields given) {
        var of = Resources.EMPTY;
        for (var key : java.util.List.of("text", "left", "of")) {
            of = of.plus(given.get(key, RESOURCES, Resources.EMPTY));
        }
        return Shown.quantities(of.quantities());
    }
}
