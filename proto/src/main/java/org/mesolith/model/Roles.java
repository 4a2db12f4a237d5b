package org.mesolith.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Role names: paths in one tree, with "*" for everybody (Mesos {@code roles.md}). */
public final class Roles {
    /** The role of everything that is not reserved. */
    public static final String STAR = "*";

    private Roles() {}

    /** What is wrong with the name, as a sentence, or null when it is valid. */
    public static @Nullable String problem(String role) {
        if (role.equals(STAR)) {
            return null;
        }
        if (role.isEmpty()) {
            return "Empty role name is invalid";
        }
        if (role.startsWith("/") || role.endsWith("/")) {
            return "Role '" + role + "' cannot start or end with a slash";
        }
        for (var component : role.split("/", -1)) {
            var problem = componentProblem(role, component);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static @Nullable String componentProblem(String role, String component) {
        if (component.isEmpty()) {
            return "Role '" + role + "' cannot contain two adjacent slashes";
        }
        if (component.equals(".") || component.equals("..") || component.equals(STAR)) {
            return "Role '" + role + "' is invalid: a part of it is '" + component + "'";
        }
        if (component.startsWith("-")) {
            return "Role '" + role + "' is invalid: a part of it starts with '-'";
        }
        for (int i = 0; i < component.length(); i++) {
            char c = component.charAt(i);
            if (c == ' ' || (c >= '\b' && c <= '\r')) {
                return "Role '" + role + "' is invalid: it contains white space";
            }
        }
        return null;
    }

    /** True when {@code role} lies below {@code ancestor} in the tree. */
    public static boolean isStrictSubrole(String role, String ancestor) {
        return role.length() > ancestor.length() && role.startsWith(ancestor) && role.charAt(ancestor.length()) == '/';
    }

    /** True when resources reserved for {@code reserved} may be used by {@code role}. */
    public static boolean mayUse(String role, String reserved) {
        return role.equals(reserved) || isStrictSubrole(role, reserved);
    }

    /** The roles above this one, nearest first. */
    public static List<String> ancestors(String role) {
        var above = new ArrayList<String>();
        for (int cut = role.lastIndexOf('/'); cut > 0; cut = role.lastIndexOf('/', cut - 1)) {
            above.add(role.substring(0, cut));
        }
        return above;
    }
}
