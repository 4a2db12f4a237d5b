package org.mesolith.allocator;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Attribute;
import org.mesolith.model.FaultDomain;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.OfferConstraints.Predicate;
import org.mesolith.model.OfferConstraints.Selector;
import org.mesolith.model.Value;

/**
 * A framework's offer constraints, ready to be asked about agents. Regular expressions are RE2's: the time to match is
 * linear in the text, and their size is bounded. Mesos: {@code offer_constraints_filter.cpp}.
 */
public final class ConstraintFilter {
    /** Any agent passes. */
    public static final ConstraintFilter NONE = new ConstraintFilter(new TreeMap<>());

    /** What is known of an agent. */
    public record Facts(String hostname, @Nullable FaultDomain domain, List<Attribute> attributes) {
        /** Of what an agent says of itself. */
        public static Facts of(AgentInfo info) {
            return new Facts(info.hostname(), info.domain(), info.attributes());
        }
    }

    /** A constraint, ready to be asked. */
    private record Test(OfferConstraints.Constraint constraint, java.util.function.Predicate<Facts> holds) {}

    private final SortedMap<String, List<List<Test>>> groupsByRole = new TreeMap<>();

    private ConstraintFilter(SortedMap<String, OfferConstraints> constraints) {
        constraints.forEach((role, wanted) -> {
            var compiled = new ArrayList<List<Test>>();
            for (var group : wanted.groups()) {
                compiled.add(group.constraints().stream()
                        .map(constraint -> new Test(constraint, predicate(constraint)))
                        .toList());
            }
            groupsByRole.put(role, compiled);
        });
    }

    /**
     * Of constraints by role; a role that is missing has none.
     *
     * @throws IllegalArgumentException if {@link Constraints#problem} finds something: ask it first
     */
    public static ConstraintFilter of(SortedMap<String, OfferConstraints> constraints) {
        if (constraints.isEmpty()) {
            return NONE;
        }
        for (var wanted : constraints.values()) {
            var problem = Constraints.problem(wanted);
            if (problem != null) {
                throw new IllegalArgumentException(problem);
            }
        }
        return new ConstraintFilter(constraints);
    }

    /** The roles that have some. */
    public SortedSet<String> roles() {
        return new TreeSet<>(groupsByRole.keySet());
    }

    /** Whether agents like this one must not be offered for the role. */
    public boolean excludes(String role, Facts agent) {
        var groups = groupsByRole.get(role);
        return groups != null
                && groups.stream()
                        .noneMatch(group ->
                                group.stream().allMatch(test -> test.holds().test(agent)));
    }

    /** In words, of each group of the role the first constraint that does not hold for the agent. */
    public List<String> unmet(String role, Facts agent) {
        var unmet = new ArrayList<String>();
        for (var group : groupsByRole.getOrDefault(role, List.of())) {
            for (var test : group) {
                if (!test.holds().test(agent)) {
                    unmet.add(text(
                            test.constraint(), find(agent, test.constraint().selector())));
                    break;
                }
            }
        }
        return unmet;
    }

    /** The same without constraints for this role. */
    public ConstraintFilter without(String role) {
        var rest = new ConstraintFilter(new TreeMap<>());
        rest.groupsByRole.putAll(groupsByRole);
        rest.groupsByRole.remove(role);
        return rest;
    }

    private static String text(OfferConstraints.Constraint constraint, @Nullable Value value) {
        var what = switch (constraint.selector()) {
            case Selector.Attribute(var name) -> "attribute " + name;
            case Selector.Pseudo pseudo -> pseudo.name().toLowerCase(java.util.Locale.ROOT);
        };
        var wanted = switch (constraint.predicate()) {
            case Predicate.Exists _ -> "must be there";
            case Predicate.NotExists _ -> "must not be there";
            case Predicate.TextEquals(var text) -> "must be '" + text + "'";
            case Predicate.TextNotEquals(var text) -> "must not be '" + text + "'";
            case Predicate.TextMatches(var regex) -> "must match '" + regex + "'";
            case Predicate.TextNotMatches(var regex) -> "must not match '" + regex + "'";
        };
        var is = value == null
                ? "is missing"
                : value instanceof Value.Text(var text) ? "is '" + text + "'" : "is " + value;
        return what + " " + wanted + " and " + is;
    }

    /** Whether no role has constraints. */
    public boolean isEmpty() {
        return groupsByRole.isEmpty();
    }

    private static java.util.function.Predicate<Facts> predicate(OfferConstraints.Constraint constraint) {
        var selector = constraint.selector();
        return switch (constraint.predicate()) {
            case Predicate.Exists _ -> agent -> find(agent, selector) != null;
            case Predicate.NotExists _ -> agent -> find(agent, selector) == null;
            case Predicate.TextEquals(var wanted) -> agent -> isThere(find(agent, selector), wanted::equals);
            case Predicate.TextNotEquals(var wanted) -> agent -> isOther(find(agent, selector), wanted::equals);
            case Predicate.TextMatches(var regex) -> {
                var pattern = Pattern.compile(regex);
                yield agent -> isThere(find(agent, selector), pattern::matches);
            }
            case Predicate.TextNotMatches(var regex) -> {
                var pattern = Pattern.compile(regex);
                yield agent -> isOther(find(agent, selector), pattern::matches);
            }
        };
    }

    private static boolean isThere(@Nullable Value value, java.util.function.Predicate<String> wanted) {
        return value != null && (!(value instanceof Value.Text(var text)) || wanted.test(text));
    }

    private static boolean isOther(@Nullable Value value, java.util.function.Predicate<String> unwanted) {
        return !(value instanceof Value.Text(var text)) || !unwanted.test(text);
    }

    private static @Nullable Value find(Facts agent, Selector selector) {
        var domain = agent.domain();
        return switch (selector) {
            case Selector.Attribute(var name) ->
                agent.attributes().stream()
                        .filter(attribute -> attribute.name().equals(name))
                        .map(Attribute::value)
                        .findFirst()
                        .orElse(null);
            case Selector.Pseudo.HOSTNAME -> new Value.Text(agent.hostname());
            case Selector.Pseudo.REGION -> domain == null ? null : new Value.Text(domain.region());
            case Selector.Pseudo.ZONE -> domain == null ? null : new Value.Text(domain.zone());
        };
    }
}
