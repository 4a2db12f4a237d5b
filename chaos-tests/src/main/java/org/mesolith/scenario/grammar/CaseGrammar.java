package org.mesolith.scenario.grammar;

import static org.mesolith.scenario.grammar.Form.may;
import static org.mesolith.scenario.grammar.Form.need;
import static org.mesolith.scenario.grammar.Kinds.LIMITS;
import static org.mesolith.scenario.grammar.Kinds.QUANTITIES;
import static org.mesolith.scenario.grammar.Kinds.RESOURCES;
import static org.mesolith.scenario.grammar.Kinds.TEXT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.scenario.yaml.YamlNode;

/** The table of table operations: what each is given. What is expected is compared as it is written. */
public final class CaseGrammar {
    /** The key of what is expected. */
    public static final String EXPECT = "expect";

    /** As it is written. */
    public static final Kind<YamlNode> RAW = new Kind<>("anything", node -> node);

    /** Several resources. */
    public static final Kind<List<org.mesolith.model.Resources>> BAGS = Kinds.list(RESOURCES);

    private static final SortedMap<String, Form> OPS = new TreeMap<>();

    static {
        parsing();
        arithmetic();
        quantities();
        rules();
    }

    private CaseGrammar() {}

    /** The operations by name. */
    public static SortedMap<String, Form> operations() {
        return Collections.unmodifiableSortedMap(OPS);
    }

    private static void op(String name, Form.Field... fields) {
        var all = new ArrayList<>(Arrays.asList(fields));
        all.add(need("op", TEXT));
        all.add(need(EXPECT, RAW));
        OPS.put(name, Form.of(all.toArray(Form.Field[]::new)));
    }

    private static void parsing() {
        op("parse", need("text", TEXT), may("default_role", TEXT));
        op("parse-value", need("text", TEXT));
        op("parse-attributes", need("text", TEXT));
        op("attributes-equal", need("left", TEXT), need("right", TEXT));
        op("parse-quantities", need("text", TEXT));
        op("parse-limits", need("text", TEXT));
        op("format-scalar", need("value", Kinds.NUMBER));
    }

    private static void arithmetic() {
        for (var name : List.of("equal", "contains", "add", "subtract", "find", "reservation-ancestor")) {
            op(name, need("left", RESOURCES), need("right", RESOURCES));
        }
        op("object-count", need("sum", BAGS));
        op("shared-count", need("sum", BAGS), may("minus", BAGS), need("of", RESOURCES));
        op("filter", need("text", RESOURCES), need("by", TableWords.FILTER), may("role", TEXT), may("name", TEXT));
        op("apply", need("to", RESOURCES), need("operations", PartKinds.OPERATIONS));
        op("shrink-to-quantities", need("text", RESOURCES), need("target", QUANTITIES));
        op("shrink-to-limits", need("text", RESOURCES), need("target", LIMITS));
        op("scalar-after", need("start", RESOURCES), need("times", Kinds.COUNT), need("steps", PartKinds.ARITHMETIC));
        op("ranges-add", need("left", TableWords.RANGES), need("right", TableWords.RANGES));
        op("ranges-subtract", need("left", TableWords.RANGES), need("right", TableWords.RANGES));
    }

    private static void quantities() {
        op("contains-quantities", need("left", RESOURCES), need("quantities", QUANTITIES));
        for (var name : List.of("quantities-add", "quantities-subtract", "quantities-contain")) {
            op(name, need("left", TableWords.AMOUNTS), need("right", TableWords.AMOUNTS));
        }
        op("quantities-of", may("text", RESOURCES), may("left", RESOURCES), may("of", RESOURCES));
        op("limits-subtract", need("left", LIMITS), need("right", QUANTITIES));
        op("limits-contain-quantities", need("left", LIMITS), need("right", QUANTITIES));
        op("limits-contain-limits", need("left", LIMITS), need("right", LIMITS));
    }

    private static void rules() {
        op("validate-role", need("role", TEXT));
        op("role-ancestors", need("role", TEXT));
        op("strict-subrole", need("left", TEXT), need("right", TEXT));
        op(
                "agent-excluded",
                need("role", TEXT),
                need("constraints", PartKinds.CONSTRAINTS),
                may("attributes", Kinds.ATTRIBUTES),
                may("hostname", TEXT),
                may("region", TEXT),
                may("zone", TEXT));
        op(
                "validate-operation",
                need("kind", TableWords.OPERATION),
                may("resources", RESOURCES),
                may("volume", RESOURCES),
                may("addition", RESOURCES),
                may("subtract", Kinds.NUMBER),
                may("framework", PartKinds.VALIDATOR),
                may("principal", TEXT),
                may("allocated_role", TEXT),
                may("checkpointed", RESOURCES),
                may("used", RESOURCES),
                may("volume_principal", TEXT));
    }
}
