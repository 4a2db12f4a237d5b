package org.mesolith.model;

import java.util.List;

/**
 * Which agents a framework wants to be offered for one role: those for which all constraints of one of the groups hold.
 * A valid one has a group, and a constraint in each.
 */
public record OfferConstraints(List<Group> groups) {
    public OfferConstraints {
        groups = List.copyOf(groups);
    }

    /** All of these must hold. */
    public record Group(List<Constraint> constraints) {
        public Group {
            constraints = List.copyOf(constraints);
        }
    }

    /** What must be true of which attribute. */
    public record Constraint(Selector selector, Predicate predicate) {}

    /** Which attribute; of several with one name, the first. */
    public sealed interface Selector {
        /** An attribute of the agent's own. */
        record Attribute(String name) implements Selector {}

        /** What every agent has, or may have, beside its attributes. */
        enum Pseudo implements Selector {
            HOSTNAME,
            REGION,
            ZONE
        }
    }

    /**
     * What must be true of it. An attribute that is no text satisfies every predicate about texts; one that is missing
     * satisfies only those with NOT in their name.
     */
    public sealed interface Predicate {
        /** It is there. */
        record Exists() implements Predicate {}

        /** It is not there. */
        record NotExists() implements Predicate {}

        /** It is this text. */
        record TextEquals(String value) implements Predicate {}

        /** It is not this text. */
        record TextNotEquals(String value) implements Predicate {}

        /** The whole text matches this regular expression (RE2). */
        record TextMatches(String regex) implements Predicate {}

        /** The whole text does not match this regular expression (RE2). */
        record TextNotMatches(String regex) implements Predicate {}
    }
}
