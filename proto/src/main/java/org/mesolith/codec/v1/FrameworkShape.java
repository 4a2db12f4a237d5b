package org.mesolith.codec.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkProblem;
import org.mesolith.model.FrameworkProblem.Step;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.OfferWishes;
import org.mesolith.model.Quantities;
import org.mesolith.proto.gen.v1.FrameworkInfo;
import org.mesolith.proto.gen.v1.OfferFilters;

/**
 * What is wrong with a framework's description by itself, and what it wants of offers. A problem is an event on the
 * framework's stream, not a refusal of its call (Mesos {@code validation.cpp}), so it is carried, not thrown.
 */
public final class FrameworkShape {
    private static final int PROBLEMS_MAX = 5;

    private final List<FrameworkProblem> problems = new ArrayList<>();
    private final OfferWishes wishes;

    /**
     * Reads both.
     *
     * @param body name of the call's field that holds the two messages, for the sentences
     */
    public FrameworkShape(
            FrameworkInfo info, org.mesolith.proto.gen.v1.scheduler.OfferConstraints constraints, String body) {
        var at = Path.ROOT.field(body);
        roles(info);
        var minimums = minimums(info);
        if (Times.ofSeconds(info.getFailoverTimeout()).isEmpty()) {
            add(
                    Step.FAILOVER_TIMEOUT,
                    "The framework's failover_timeout (" + info.getFailoverTimeout()
                            + " s) is invalid: it must be a number of at most 292 years");
        }
        var errors = new ShapeErrors(PROBLEMS_MAX);
        SortedMap<String, OfferConstraints> byRole =
                ConstraintCodec.decode(constraints, at.field("offer_constraints"), errors);
        errors.texts().forEach(text -> add(Step.CONSTRAINTS, "Invalid offer constraints: " + text));
        wishes = new OfferWishes(minimums, byRole);
    }

    /** Nothing when the description is good by itself. */
    public List<FrameworkProblem> problems() {
        return List.copyOf(problems);
    }

    /** What of the wishes could be read. */
    public OfferWishes wishes() {
        return wishes;
    }

    private void roles(FrameworkInfo info) {
        boolean several = FrameworkCodec.capabilities(info).contains(FrameworkCapability.MULTI_ROLE);
        if (several && OldRole.given(info) != null) {
            add(
                    Step.ROLES,
                    "'FrameworkInfo.role' must not be set when the framework has the capability MULTI_ROLE; list the"
                            + " role in 'roles'");
        }
        if (!several && info.getRolesCount() > 0) {
            add(
                    Step.ROLES,
                    "'FrameworkInfo.roles' must not be set when the framework lacks the capability MULTI_ROLE; add it,"
                            + " or set 'role' instead");
        }
    }

    private SortedMap<String, List<Quantities>> minimums(FrameworkInfo info) {
        var minimums = new TreeMap<String, List<Quantities>>();
        for (var role : new TreeMap<>(info.getOfferFiltersMap()).entrySet()) {
            if (role.getValue().hasMinAllocatableResources()) {
                var alternatives = new ArrayList<Quantities>();
                for (var one : role.getValue().getMinAllocatableResources().getQuantitiesList()) {
                    alternatives.add(quantities(role.getKey(), one));
                }
                minimums.put(role.getKey(), alternatives);
            }
        }
        return minimums;
    }

    private Quantities quantities(String role, OfferFilters.ResourceQuantities from) {
        var amounts = new TreeMap<String, Long>();
        if (from.getQuantitiesCount() == 0) {
            add(Step.OFFER_FILTERS, "Invalid offer_filters of role '" + role + "': a minimum without any resource");
        }
        for (var amount : new TreeMap<>(from.getQuantitiesMap()).entrySet()) {
            var errors = new ShapeErrors(1);
            double value = amount.getValue().getValue();
            var scalar = ValueCodec.decode(amount.getValue(), Path.ROOT, errors);
            if (scalar == null || value < 0 || (value != 0 && value < Double.MIN_NORMAL)) {
                add(
                        Step.OFFER_FILTERS,
                        "Invalid offer_filters of role '" + role + "': " + amount.getKey() + " is " + value
                                + ", must be a finite number that is not negative");
            } else if (scalar.milli() > 0) {
                amounts.put(amount.getKey(), scalar.milli());
            }
        }
        return Quantities.of(amounts);
    }

    private void add(Step step, String text) {
        problems.add(new FrameworkProblem(step, text));
    }
}
