package org.mesolith.scenario.table;

import static org.mesolith.scenario.grammar.Kinds.TEXT;

import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.mesolith.allocator.ConstraintFilter;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.Roles;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.PartKinds;

/** Roles, offer constraints, and what is looked at before an operation is tried. */
final class Rules {
    private Rules() {}

    static void register(SortedMap<String, Function<Fields, Shown>> ops) {
        ops.put("validate-role", given -> Shown.valid(Roles.problem(given.get("role", TEXT)) == null));
        ops.put("role-ancestors", given -> Shown.texts(Roles.ancestors(given.get("role", TEXT))));
        ops.put(
                "strict-subrole",
                given -> Shown.truth(Roles.isStrictSubrole(given.get("left", TEXT), given.get("right", TEXT))));
        ops.put("agent-excluded", Rules::agentExcluded);
        ops.put("validate-operation", OperationCheck::check);
    }

    private static Shown agentExcluded(Fields given) {
        var region = given.find("region", TEXT);
        var zone = given.find("zone", TEXT);
        var filter = ConstraintFilter.of(given.get("constraints", PartKinds.CONSTRAINTS));
        var facts = new ConstraintFilter.Facts(
                given.get("hostname", TEXT, "host"),
                region == null && zone == null ? null : new FaultDomain(or(region), or(zone)),
                given.get("attributes", Kinds.ATTRIBUTES, List.of()));
        return Shown.truth(filter.excludes(given.get("role", TEXT), facts));
    }

    private static String or(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }
}
