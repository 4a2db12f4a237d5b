package org.mesolith.scenario.table;

import static org.mesolith.scenario.grammar.Kinds.RESOURCES;
import static org.mesolith.scenario.grammar.Kinds.TEXT;

import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.mesolith.base.Check;
import org.mesolith.model.ResourceSelection;
import org.mesolith.model.Resources;
import org.mesolith.scenario.grammar.CaseGrammar;
import org.mesolith.scenario.grammar.Conversions;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.PartKinds;
import org.mesolith.scenario.grammar.TableWords;

/** Sums, differences and parts of resources. */
final class Arithmetic {
    private Arithmetic() {}

    static void register(SortedMap<String, Function<Fields, Shown>> ops) {
        ops.put("equal", two((left, right) -> Shown.truth(left.isSameAs(right))));
        ops.put("contains", two((left, right) -> Shown.truth(left.contains(right))));
        ops.put("add", two((left, right) -> Shown.resources(left.plus(right))));
        ops.put("subtract", two((left, right) -> Shown.resources(left.without(right))));
        ops.put(
                "find",
                two((left, right) -> ResourceSelection.find(left, right)
                        .map(Shown::resources)
                        .orElse(Shown.word("none"))));
        ops.put("reservation-ancestor", two((left, right) -> Shown.resources(Stacks.commonAncestor(left, right))));
        ops.put("object-count", given -> Shown.number(sum(given).size()));
        ops.put("shared-count", Arithmetic::sharedCount);
        ops.put("filter", Arithmetic::filter);
        ops.put("apply", Arithmetic::apply);
        ops.put(
                "shrink-to-quantities",
                given -> Shown.resources(
                        ResourceSelection.cut(given.get("text", RESOURCES), given.get("target", Kinds.QUANTITIES))));
        ops.put(
                "shrink-to-limits",
                given -> Shown.resources(
                        ResourceSelection.cut(given.get("text", RESOURCES), given.get("target", Kinds.LIMITS))));
        ops.put("scalar-after", Arithmetic::scalarAfter);
        ops.put(
                "ranges-add",
                given ->
                        Shown.ranges(given.get("left", TableWords.RANGES).plus(given.get("right", TableWords.RANGES))));
        ops.put(
                "ranges-subtract",
                given -> Shown.ranges(
                        given.get("left", TableWords.RANGES).without(given.get("right", TableWords.RANGES))));
    }

    private static Function<Fields, Shown> two(BiFunction<Resources, Resources, Shown> function) {
        return given -> function.apply(given.get("left", RESOURCES), given.get("right", RESOURCES));
    }

    private static Resources sum(Fields given) {
        return given.get("sum", CaseGrammar.BAGS).stream().reduce(Resources.EMPTY, Resources::plus);
    }

    private static Shown sharedCount(Fields given) {
        var left = sum(given);
        for (var minus : given.get("minus", CaseGrammar.BAGS, java.util.List.of())) {
            left = left.without(minus);
        }
        var wanted = given.get("of", RESOURCES);
        Check.that(wanted.size() == 1, "one kind of resource is counted");
        return Shown.number(left.copies(wanted.get(0)));
    }

    private static Shown filter(Fields given) {
        var all = given.get("text", RESOURCES);
        var role = given.find("role", TEXT);
        return switch (given.get("by", TableWords.FILTER)) {
            case "unreserved" -> Shown.resources(all.unreserved());
            case "reserved" -> Shown.resources(role == null ? all.reserved() : all.reservedTo(role));
            case "allocatable-to" -> Shown.resources(all.allocatableTo(role == null ? "*" : role));
            case "persistent-volumes" -> Shown.resources(all.persistentVolumes());
            case "revocable" -> Shown.resources(all.revocable());
            case "non-revocable" -> Shown.resources(all.nonRevocable());
            case "shared" -> Shown.resources(all.shared());
            case "non-shared" -> Shown.resources(all.nonShared());
            case "name" -> Shown.resources(all.named(given.get("name", TEXT, "")));
            case "to-unreserved" -> Shown.resources(all.toUnreserved());
            default -> Shown.resources(Stacks.scalarsAlone(all));
        };
    }

    private static Shown apply(Fields given) {
        var left = given.get("to", RESOURCES);
        for (var operation : given.get("operations", PartKinds.OPERATIONS)) {
            var after = Conversions.on(operation, left);
            if (after == null) {
                return Shown.REFUSED;
            }
            left = after;
        }
        return Shown.resources(left);
    }

    private static Shown scalarAfter(Fields given) {
        var left = given.get("start", RESOURCES);
        for (int i = 0; i < given.get("times", Kinds.COUNT); i++) {
            for (var step : given.get("steps", PartKinds.ARITHMETIC)) {
                left = left.plus(step.get("add", RESOURCES, Resources.EMPTY))
                        .without(step.get("subtract", RESOURCES, Resources.EMPTY));
            }
        }
        return Shown.resources(left);
    }
}
