package org.mesolith.scenario.grammar;

import static org.mesolith.scenario.grammar.Form.may;
import static org.mesolith.scenario.grammar.Form.need;
import static org.mesolith.scenario.grammar.Kinds.TEXT;
import static org.mesolith.scenario.grammar.Kinds.list;
import static org.mesolith.scenario.grammar.Kinds.map;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.model.Milli;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.OfferConstraints.Predicate;
import org.mesolith.model.OfferConstraints.Selector;
import org.mesolith.model.Resources;
import org.mesolith.scenario.yaml.Nearest;
import org.mesolith.scenario.yaml.YamlNode;

/** The kinds of values that have parts of their own. */
public final class PartKinds {
    private static final List<String> OPERATION_NAMES = List.of(
            "reserve",
            "unreserve",
            "create",
            "destroy",
            "grow-volume",
            "shrink-volume",
            "launch",
            "launch-group",
            "remove");
    private static final List<String> SELECTORS = List.of("attribute", "pseudo");
    private static final List<String> TESTS =
            List.of("exists", "not-exists", "equals", "not-equals", "matches", "not-matches");

    private static final Kind<List<Fields>> LAUNCHED =
            list(parts("a task", need("task", TEXT), need("resources", Kinds.RESOURCES)));
    private static final Kind<Fields> GROUP =
            parts("launch-group", need("executor", TEXT), may("resources", Kinds.RESOURCES), need("tasks", LAUNCHED));
    private static final Kind<Fields> GROW =
            parts("grow-volume", need("volume", Kinds.RESOURCES), need("addition", Kinds.RESOURCES));
    private static final Kind<Fields> SHRINK =
            parts("shrink-volume", need("volume", Kinds.RESOURCES), need("subtract", Kinds.NUMBER));

    /** Operations in their order. */
    public static final Kind<List<Operation>> OPERATIONS = list(new Kind<>("an operation", PartKinds::operation));

    /** Offer constraints. */
    public static final Kind<SortedMap<String, OfferConstraints>> CONSTRAINTS = constraints();

    /** A window of maintenance of one agent: start (from now) and duration. */
    public static final Kind<Fields> UNAVAILABILITY =
            parts("unavailability", need("start", Kinds.ANY_DURATION), may("duration", Kinds.ANY_DURATION));

    /** Tasks that are asked about: task, agent. */
    public static final Kind<List<Fields>> ASKED_TASKS = list(parts("a task", need("task", TEXT), may("agent", TEXT)));

    /** Windows of a schedule: machines, start, duration. */
    public static final Kind<List<Fields>> WINDOWS = list(parts(
            "a window",
            need("machines", Kinds.TEXTS),
            need("start", Kinds.ANY_DURATION),
            may("duration", Kinds.ANY_DURATION)));

    /** Quota configurations: role, guarantees, limits. */
    public static final Kind<List<Fields>> QUOTA_CONFIGS = list(parts(
            "a quota configuration",
            need("role", TEXT),
            may("guarantees", Kinds.QUANTITIES),
            may("limits", Kinds.LIMITS)));

    /** Task updates: framework, task, state, reason, source. */
    public static final Kind<List<Fields>> UPDATES = list(parts(
            "an update",
            need("framework", TEXT),
            need("task", TEXT),
            need("state", WordKinds.TASK_STATE),
            may("reason", WordKinds.REASON),
            may("source", WordKinds.SOURCE)));

    /** Agents by name: state, drain, deactivated. */
    public static final Kind<SortedMap<String, Fields>> AGENT_VIEWS = map(parts(
            "the view of an agent",
            may("state", WordKinds.AGENT_STATE),
            may("drain", WordKinds.DRAIN_STATE),
            may("deactivated", Kinds.TRUTH)));

    /** Quota by role: guarantees, limits, consumed. */
    public static final Kind<SortedMap<String, Fields>> QUOTA_VIEWS = map(parts(
            "the view of a quota",
            may("guarantees", Kinds.QUANTITIES),
            may("limits", Kinds.LIMITS),
            may("consumed", Kinds.QUANTITIES)));

    /** Answers to inverse offers by machine and framework. */
    public static final Kind<SortedMap<String, SortedMap<String, String>>> ANSWERS = map(map(WordKinds.ANSWER));

    /** Rules of who may do what: action, principals, objects. */
    public static final Kind<List<Fields>> ACLS = list(parts(
            "a rule",
            need("action", WordKinds.ACTION),
            need("principals", WordKinds.SUBJECTS),
            need("objects", WordKinds.SUBJECTS)));

    /** Who validates an operation as a framework: roles, principal, capabilities. */
    public static final Kind<Fields> VALIDATOR = parts(
            "a framework",
            need("roles", Kinds.TEXTS),
            may("principal", TEXT),
            may("capabilities", Kinds.FRAMEWORK_CAPABILITIES));

    /** Sums and differences: add or subtract. */
    public static final Kind<List<Fields>> ARITHMETIC =
            list(parts("a step", may("add", Kinds.RESOURCES), may("subtract", Kinds.RESOURCES)));

    private PartKinds() {}

    private static Kind<Fields> parts(String what, Form.Field... fields) {
        var form = Form.of(fields);
        return new Kind<>(what, node -> form.read(what, node));
    }

    private static Operation operation(YamlNode node) {
        if (!(node instanceof YamlNode.Mapping(var _, var entries, var _)) || entries.size() != 1) {
            throw node.wrong(
                    "an operation is a mapping with one key of " + OPERATION_NAMES + ", this is " + node.what());
        }
        var only = entries.firstEntry();
        var value = only.getValue();
        return switch (only.getKey()) {
            case "reserve" -> new Operation.Reserve(Kinds.RESOURCES.read(value));
            case "unreserve" -> new Operation.Unreserve(Kinds.RESOURCES.read(value));
            case "create" -> new Operation.Create(Kinds.RESOURCES.read(value));
            case "destroy" -> new Operation.Destroy(Kinds.RESOURCES.read(value));
            case "remove" -> new Operation.Remove(Kinds.RESOURCES.read(value));
            case "grow-volume" -> {
                var grow = GROW.read(value);
                yield new Operation.Grow(grow.get("volume", Kinds.RESOURCES), grow.get("addition", Kinds.RESOURCES));
            }
            case "shrink-volume" -> {
                var shrink = SHRINK.read(value);
                yield new Operation.Shrink(
                        shrink.get("volume", Kinds.RESOURCES), Milli.ofDouble(shrink.get("subtract", Kinds.NUMBER)));
            }
            case "launch" -> new Operation.Launch(tasks(LAUNCHED.read(value)));
            case "launch-group" -> {
                var group = GROUP.read(value);
                yield new Operation.LaunchGroup(
                        group.get("executor", TEXT),
                        group.get("resources", Kinds.RESOURCES, Resources.EMPTY),
                        tasks(group.get("tasks", LAUNCHED)));
            }
            default ->
                throw value.wrong("there is no operation \"" + only.getKey() + "\""
                        + Nearest.hint(only.getKey(), OPERATION_NAMES));
        };
    }

    private static List<Operation.Task> tasks(List<Fields> read) {
        return read.stream()
                .map(task -> new Operation.Task(task.get("task", TEXT), task.get("resources", Kinds.RESOURCES)))
                .toList();
    }

    private static Kind<SortedMap<String, OfferConstraints>> constraints() {
        var groups = map(list(list(new Kind<>("a constraint", PartKinds::constraint))));
        return new Kind<>("constraints by role", node -> {
            var read = new TreeMap<String, OfferConstraints>();
            groups.read(node)
                    .forEach((role, all) -> read.put(
                            role,
                            new OfferConstraints(all.stream()
                                    .map(OfferConstraints.Group::new)
                                    .toList())));
            return read;
        });
    }

    private static OfferConstraints.Constraint constraint(YamlNode node) {
        if (!(node instanceof YamlNode.Mapping(var _, var entries, var _)) || entries.size() != 2) {
            throw node.wrong("a constraint has one key of " + SELECTORS + " and one of " + TESTS);
        }
        Selector selector = null;
        Predicate test = null;
        for (var entry : entries.entrySet()) {
            if (SELECTORS.contains(entry.getKey())) {
                selector = selector(entry.getKey(), entry.getValue());
            } else if (TESTS.contains(entry.getKey())) {
                test = test(entry.getKey(), entry.getValue());
            } else {
                var valid = new java.util.ArrayList<>(SELECTORS);
                valid.addAll(TESTS);
                throw entry.getValue()
                        .wrong("a constraint has no key \"" + entry.getKey() + "\""
                                + Nearest.hint(entry.getKey(), valid));
            }
        }
        if (selector == null || test == null) {
            throw node.wrong("a constraint has one key of " + SELECTORS + " and one of " + TESTS);
        }
        return new OfferConstraints.Constraint(selector, test);
    }

    private static Selector selector(String key, YamlNode value) {
        if (key.equals("attribute")) {
            return new Selector.Attribute(TEXT.read(value));
        }
        return switch (WordKinds.PSEUDO_ATTRIBUTE.read(value)) {
            case "HOSTNAME" -> Selector.Pseudo.HOSTNAME;
            case "REGION" -> Selector.Pseudo.REGION;
            default -> Selector.Pseudo.ZONE;
        };
    }

    private static Predicate test(String key, YamlNode value) {
        if (key.endsWith("exists")) {
            if (!Kinds.TRUTH.read(value)) {
                throw value.wrong("write " + key + ": true, or the opposite key");
            }
            return key.equals("exists") ? new Predicate.Exists() : new Predicate.NotExists();
        }
        var text = TEXT.read(value);
        return switch (key) {
            case "equals" -> new Predicate.TextEquals(text);
            case "not-equals" -> new Predicate.TextNotEquals(text);
            case "matches" -> new Predicate.TextMatches(text);
            default -> new Predicate.TextNotMatches(text);
        };
    }
}
