package org.mesolith.scenario.cluster;

import static org.mesolith.scenario.grammar.Form.may;
import static org.mesolith.scenario.grammar.Form.need;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Roles;
import org.mesolith.scenario.cluster.Plan.FrameworkPlan;
import org.mesolith.scenario.cluster.Plan.Policy;
import org.mesolith.scenario.cluster.Plan.RolePlan;
import org.mesolith.scenario.cluster.Plan.Shape;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Form;
import org.mesolith.scenario.grammar.Kind;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.yaml.Place;
import org.mesolith.scenario.yaml.UnreadableException;
import org.mesolith.scenario.yaml.YamlNode;
import org.mesolith.scenario.yaml.YamlReader;

/** Reads the description of a cluster; every key must be known, and every number be possible. */
public final class PlanReader {
    private static final int AGENTS_MAX = 20_000;
    private static final int FRAMEWORKS_MAX = 2_000;
    private static final int TASKS_MAX = 1_000_000;
    private static final int ROUNDS_MAX = 1_000_000;

    /** Agents that all rounds together look at: some minutes of work. */
    private static final long LOOKS_MAX = 500_000_000;

    private static final int SAMPLES = 100;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final Kind<YamlNode> RAW = new Kind<>("anything", node -> node);
    private static final Kind<List<YamlNode>> NODES = Kinds.list(RAW);
    private static final Kind<Policy> POLICY = Kinds.oneOf("a policy", List.of(Policy.values()), Policy::word);

    private static final Kind<String> ROLE = Kinds.scalar("a role", text -> {
        var problem = Roles.problem(text);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return text;
    });

    /** Two times with two dots between them, or one. */
    private static final Kind<List<Duration>> TIMES = Kinds.scalar("a duration such as 30s, or two: 30s..90s", text -> {
        var read = new ArrayList<Duration>();
        for (var part : text.split("\\.\\.", -1)) {
            read.add(Kinds.DURATION.read(new YamlNode.Text(new Place("", 0), part, false)));
        }
        if (read.size() > 2 || read.getFirst().compareTo(read.getLast()) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is no time and no smaller and larger one");
        }
        return read;
    });

    private static final Form CLUSTER = Form.of(
            may("seed", Kinds.COUNT),
            need("duration", Kinds.DURATION),
            may("allocation_interval", Kinds.DURATION),
            may("sample", Kinds.DURATION),
            may("strict_limits", Kinds.TRUTH),
            need("agents", NODES),
            may("roles", NODES),
            need("frameworks", NODES));

    private static final Form AGENTS =
            Form.of(may("count", Kinds.COUNT), need("resources", Kinds.RESOURCES), may("attributes", Kinds.ATTRIBUTES));

    private static final Form ROLES = Form.of(
            need("role", ROLE),
            may("weight", Kinds.POSITIVE),
            may("guarantees", Kinds.QUANTITIES),
            may("limits", Kinds.LIMITS));

    private static final Form FRAMEWORKS = Form.of(
            need("name", Kinds.TEXT),
            may("role", ROLE),
            may("count", Kinds.COUNT),
            may("arrives", Kinds.DURATION),
            may("apart", Kinds.DURATION),
            may("tasks", Kinds.COUNT),
            may("every", Kinds.DURATION),
            need("task", Kinds.RESOURCES),
            may("runs", TIMES),
            may("policy", POLICY),
            may("refuse", Kinds.DURATION),
            may("holds", Kinds.DURATION));

    private PlanReader() {}

    /**
     * The one description in the text.
     *
     * @param file its name in messages
     * @throws UnreadableException with the place and what is expected
     */
    public static Plan read(String file, String text) {
        var documents = YamlReader.read(file, text);
        if (documents.size() != 1) {
            throw new UnreadableException(
                    new Place(file, 1), "the file describes " + documents.size() + " clusters; write one");
        }
        var node = documents.getFirst();
        var given = CLUSTER.read("a cluster", node);
        var duration = positive(given, "duration", given.get("duration", Kinds.DURATION));
        var interval = positive(given, "allocation_interval", given.get("allocation_interval", Kinds.DURATION, SECOND));
        if (duration.dividedBy(interval) > ROUNDS_MAX) {
            throw node.wrong("duration " + duration + " has more than " + ROUNDS_MAX
                    + " allocation intervals; make it shorter or allocation_interval longer");
        }
        var sample = positive(given, "sample", given.get("sample", Kinds.DURATION, longer(duration, interval)));
        var agents = agents(given.get("agents", NODES), node);
        long looks = duration.dividedBy(interval)
                * agents.stream().mapToLong(Shape::count).sum();
        if (looks > LOOKS_MAX) {
            throw node.wrong("duration / allocation_interval x agents is " + looks + "; at most " + LOOKS_MAX
                    + " is played: make the duration shorter or allocation_interval longer");
        }
        return new Plan(
                given.get("seed", Kinds.COUNT, 1),
                duration,
                interval,
                sample,
                given.get("strict_limits", Kinds.TRUTH, false),
                agents,
                roles(given.get("roles", NODES, List.of())),
                frameworks(given.get("frameworks", NODES), node));
    }

    private static Duration longer(Duration duration, Duration interval) {
        var hundredth = duration.dividedBy(SAMPLES);
        return hundredth.compareTo(interval) > 0 ? hundredth : interval;
    }

    private static Duration positive(Fields given, String key, Duration value) {
        if (value.toMillis() <= 0) {
            throw new UnreadableException(given.place(), key + " must be 1ms or more");
        }
        return value;
    }

    private static List<Shape> agents(List<YamlNode> nodes, YamlNode document) {
        var shapes = new ArrayList<Shape>();
        long count = 0;
        for (var node : nodes) {
            var given = AGENTS.read("an entry of agents", node);
            var shape = new Shape(
                    given.get("count", Kinds.COUNT, 1),
                    given.get("resources", Kinds.RESOURCES),
                    given.get("attributes", Kinds.ATTRIBUTES, List.of()));
            if (shape.resources().isEmpty()) {
                throw node.wrong("agents need resources, such as \"cpus:8;mem:32768\"");
            }
            count += shape.count();
            shapes.add(shape);
        }
        return within("agents", count, AGENTS_MAX, document, shapes);
    }

    private static <T> List<T> within(String what, long count, int max, YamlNode document, List<T> read) {
        if (count < 1 || count > max) {
            throw document.wrong("there are " + count + " " + what + "; there must be 1 to " + max);
        }
        return read;
    }

    private static List<RolePlan> roles(List<YamlNode> nodes) {
        var roles = new ArrayList<RolePlan>();
        var seen = new TreeSet<String>();
        for (var node : nodes) {
            var given = ROLES.read("an entry of roles", node);
            var role = new RolePlan(
                    given.get("role", ROLE),
                    given.get("weight", Kinds.POSITIVE, 1.0),
                    given.get("guarantees", Kinds.QUANTITIES, Quantities.NONE),
                    given.get("limits", Kinds.LIMITS, QuantityLimits.NONE));
            boolean hasQuota = given.has("guarantees") || given.has("limits");
            if (hasQuota && role.role().contains("/")) {
                throw node.wrong("role " + role.role() + " is below another one; only top-level roles have quota");
            }
            if (hasQuota && !isWithin(role)) {
                throw node.wrong("the guarantees of role " + role.role() + " are above its limits");
            }
            if (!seen.add(role.role())) {
                throw node.wrong("role " + role.role() + " is described twice; leave one out");
            }
            roles.add(role);
        }
        return roles;
    }

    private static boolean isWithin(RolePlan role) {
        return role.limits().contains(role.guarantees());
    }

    private static List<FrameworkPlan> frameworks(List<YamlNode> nodes, YamlNode document) {
        var frameworks = new ArrayList<FrameworkPlan>();
        var seen = new TreeSet<String>();
        long tasks = 0;
        long count = 0;
        for (var node : nodes) {
            var given = FRAMEWORKS.read("an entry of frameworks", node);
            int copies = given.get("count", Kinds.COUNT, 1);
            count += copies;
            if (count <= FRAMEWORKS_MAX) {
                for (int copy = 0; copy < copies; copy++) {
                    var framework = framework(given, copy, copies, node);
                    if (!seen.add(framework.name())) {
                        throw node.wrong("there are two frameworks " + framework.name() + "; give one another name");
                    }
                    tasks += framework.tasks();
                    frameworks.add(framework);
                }
            }
        }
        within("frameworks", count, FRAMEWORKS_MAX, document, frameworks);
        return within("tasks", tasks, TASKS_MAX, document, frameworks);
    }

    private static FrameworkPlan framework(Fields given, int copy, int copies, YamlNode node) {
        var task = given.get("task", Kinds.RESOURCES);
        if (task.isEmpty() || !task.reserved().isEmpty()) {
            throw node.wrong("a task needs resources that are not reserved, such as \"cpus:1;mem:1024\"");
        }
        var runs = given.get("runs", TIMES, List.of(Duration.ofMinutes(1)));
        var name = given.get("name", Kinds.TEXT);
        return new FrameworkPlan(
                copies == 1 ? name : name + "-" + (copy + 1),
                given.get("role", ROLE, Roles.STAR),
                given.get("arrives", Kinds.DURATION, Duration.ZERO)
                        .plus(given.get("apart", Kinds.DURATION, Duration.ZERO).multipliedBy(copy)),
                given.get("tasks", Kinds.COUNT, 1),
                given.get("every", Kinds.DURATION, Duration.ZERO),
                task,
                runs.getFirst(),
                runs.getLast(),
                given.get("policy", POLICY, Policy.FILL),
                given.get("refuse", Kinds.DURATION, Duration.ofSeconds(5)),
                given.get("holds", Kinds.DURATION, Duration.ofSeconds(30)));
    }
}
