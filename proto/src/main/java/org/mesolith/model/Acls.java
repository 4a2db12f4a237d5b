package org.mesolith.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: the first rule that matches decides. Mesos: {@code authorization.md}.
 *
 * @param permissive what counts when no rule matches
 */
public record Acls(List<Rule> rules, boolean permissive) {
    /** Everybody may do everything. */
    public static final Acls OPEN = new Acls(List.of(), true);

    public Acls {
        rules = List.copyOf(rules);
    }

    /** One side of a rule. */
    public record Side(Kind kind, List<String> values) {
        /** Which ones. */
        public enum Kind {
            /** Whoever it is. */
            ANY,
            /** Whoever it is, and it is forbidden. */
            NONE,
            /** Those that are listed. */
            SOME
        }

        /** Whoever it is. */
        public static final Side ANY = new Side(Kind.ANY, List.of());

        /** Forbidden for all. */
        public static final Side NONE = new Side(Kind.NONE, List.of());

        public Side {
            values = List.copyOf(values);
        }

        /** These. */
        public static Side of(List<String> values) {
            return new Side(Kind.SOME, values);
        }

        /** Somebody without a name is in no list. {@code a/%} stands for every role below {@code a}. */
        boolean matches(@Nullable String value) {
            if (kind != Kind.SOME) {
                return true;
            }
            if (value == null) {
                return false;
            }
            for (var listed : values) {
                boolean below = listed.endsWith("/%")
                        && Roles.isStrictSubrole(value, listed.substring(0, listed.length() - "/%".length()));
                if (listed.equals(value) || below) {
                    return true;
                }
            }
            return false;
        }

        boolean forbids() {
            return kind == Kind.NONE;
        }
    }

    /** Whether these may do that to those. */
    public record Rule(Action action, Side principals, Side objects) {}

    /** Whether anything is said of this action; if not, everybody may do it to everything. */
    public boolean judge(Action action) {
        return !permissive || rules.stream().anyMatch(rule -> rule.action() == action);
    }

    /**
     * Whether it is allowed.
     *
     * @param principal null for somebody without a name
     * @param object what it is done to, null when there is nothing to name
     */
    public boolean allow(Action action, @Nullable String principal, @Nullable String object) {
        for (var rule : rules) {
            if (rule.action() == action
                    && rule.principals().matches(principal)
                    && rule.objects().matches(object)) {
                return !rule.principals().forbids() && !rule.objects().forbids();
            }
        }
        return permissive;
    }
}
