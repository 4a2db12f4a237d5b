package org.mesolith.cli.command;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.console.Similar;

/** Names of roles as operators type them: any may be new, so one that is merely like a known one is only a remark. */
public final class Roles {
    private Roles() {}

    /** The roles with a framework, a weight or a quota; none when the masters do not say. */
    public static List<String> known(Operator operator) {
        var names = new TreeSet<String>();
        try {
            operator.rows("GET_ROLES", "get_roles", Map.of("roles", role -> names.add(role.text("name"))));
        } catch (Failure notSaid) {
            // It helps against typing mistakes only: what was asked for goes on without it.
            return List.of();
        }
        return List.copyOf(names);
    }

    /** Says on stderr of each role that is new when a known one is spelt almost like it. */
    public static void remark(Console console, Operator operator, List<String> roles) {
        List<String> known = known(operator);
        for (String role : roles) {
            List<String> near = known.contains(role) ? List.of() : Similar.to(role, known);
            if (!near.isEmpty()) {
                console.err().println("note: the role `" + role + "` is new" + Similar.hint(near));
            }
        }
    }
}
