package org.mesolith.leader.framework;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Ids;
import org.mesolith.model.Roles;

/** What is wrong with what a framework says of itself, as the sentence it is told. */
final class FrameworkRules {
    private final @Nullable List<String> whitelist;

    /**
     * @param whitelist the only roles besides "*"; null for any
     */
    FrameworkRules(@Nullable List<String> whitelist) {
        this.whitelist = whitelist;
    }

    /** Null when nothing is wrong. */
    @Nullable
    String problem(FrameworkInfo info, List<String> suppressedRoles) {
        var id = info.id();
        var idProblem = id == null ? null : Ids.problem(id.value());
        if (idProblem != null) {
            return "Framework " + idProblem;
        }
        var seen = new TreeSet<String>();
        for (var role : info.roles()) {
            var problem = roleProblem(role);
            if (problem != null) {
                return problem;
            }
            if (!seen.add(role)) {
                return "Framework contains duplicate roles: '" + role + "' is listed twice";
            }
        }
        return suppressedProblem(info.roles(), suppressedRoles);
    }

    /** Null when every suppressed role is one of the framework's. */
    static @Nullable String suppressedProblem(List<String> roles, List<String> suppressedRoles) {
        for (var role : suppressedRoles) {
            if (!roles.contains(role)) {
                return "Suppressed role '" + role + "' is not contained in the list of roles";
            }
        }
        return null;
    }

    private @Nullable String roleProblem(String role) {
        var problem = Roles.problem(role);
        if (problem != null) {
            return problem;
        }
        boolean allowed = whitelist == null || role.equals(Roles.STAR) || whitelist.contains(role);
        return allowed ? null : "Role '" + role + "' is not present in the master's --roles";
    }
}
