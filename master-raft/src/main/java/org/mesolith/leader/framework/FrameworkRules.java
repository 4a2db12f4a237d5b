package org.mesolith.leader.framework;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.leader.event.Permits;
import org.mesolith.leader.event.Present;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.FrameworkProblem;
import org.mesolith.model.FrameworkProblem.Step;
import org.mesolith.model.Ids;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.OfferWishes;
import org.mesolith.model.Roles;

/** What is wrong with what a framework says of itself, as the sentence it is told; the first step decides. */
final class FrameworkRules {
    /** Clients look for this very sentence. */
    static final String REMOVED = "Framework has been removed";

    private final Present present;
    private final Allowed allowed;

    /**
     * What this cluster allows.
     *
     * @param roles the only roles besides "*"; null for any
     * @param root whether frameworks may run as user root
     * @param constraints what is wrong with the expressions in offer constraints, or null
     * @param acls who may have which role
     */
    record Allowed(
            @Nullable List<String> roles,
            boolean root,
            Function<OfferConstraints, @Nullable String> constraints,
            Acls acls) {}

    FrameworkRules(Present present, Allowed allowed) {
        this.present = present;
        this.allowed = allowed;
    }

    /** The first thing that is wrong; null when nothing is. */
    @Nullable
    FrameworkProblem problem(
            FrameworkInfo info, List<String> suppressedRoles, OfferWishes wishes, List<FrameworkProblem> found) {
        var problems = new ArrayList<>(found);
        roles(info, problems);
        if (info.user().equals("root") && !allowed.root()) {
            add(Step.ROOT, "User 'root' is not allowed to run frameworks: root_submissions is off", problems);
        }
        id(info, problems);
        for (var role : suppressedRoles) {
            if (!info.roles().contains(role)) {
                var text = "Suppressed role '" + role + "' is not contained in the list of roles";
                add(Step.SUPPRESSED_ROLES, text, problems);
            }
        }
        constraints(info, wishes, problems);
        permits(info, problems);
        return problems.stream()
                .min(Comparator.comparing(FrameworkProblem::step))
                .orElse(null);
    }

    private void permits(FrameworkInfo info, List<FrameworkProblem> problems) {
        for (var role : info.roles()) {
            if (!allowed.acls().allow(Action.REGISTER_FRAMEWORK, info.principal(), role)) {
                var text = Permits.no(info.principal(), Action.REGISTER_FRAMEWORK, "with role '" + role + "'");
                add(Step.AUTHORIZATION, "Not authorized to use role '" + role + "': " + text, problems);
            }
        }
    }

    private void roles(FrameworkInfo info, List<FrameworkProblem> problems) {
        var seen = new TreeSet<String>();
        for (var role : info.roles()) {
            var problem = Roles.problem(role);
            if (problem != null) {
                add(Step.ROLES, problem, problems);
            } else if (!seen.add(role)) {
                add(Step.ROLES, "'FrameworkInfo.roles' contains duplicate roles: '" + role + "'", problems);
            } else if (allowed.roles() != null
                    && !role.equals(Roles.STAR)
                    && !allowed.roles().contains(role)) {
                add(Step.WHITELIST, "Role '" + role + "' is not present in the master's --roles", problems);
            }
        }
    }

    private void id(FrameworkInfo info, List<FrameworkProblem> problems) {
        var id = info.id();
        if (id == null) {
            return;
        }
        if (present.registry().completedFramework(id) != null) {
            add(Step.COMPLETED, REMOVED, problems);
        }
        var problem = Ids.problem(id.value());
        if (problem != null) {
            add(Step.ID, "Framework " + problem, problems);
        }
    }

    private void constraints(FrameworkInfo info, OfferWishes wishes, List<FrameworkProblem> problems) {
        wishes.constraints().forEach((role, constraints) -> {
            if (!info.roles().contains(role)) {
                var text = "Offer constraints name the role '" + role + "', which is not in the list of roles";
                add(Step.CONSTRAINED_ROLES, text, problems);
            }
            var problem = allowed.constraints().apply(constraints);
            if (problem != null) {
                add(Step.CONSTRAINTS, "Invalid offer constraints of role '" + role + "': " + problem, problems);
            }
        });
    }

    private static void add(Step step, String text, List<FrameworkProblem> problems) {
        problems.add(new FrameworkProblem(step, text));
    }
}
