package org.mesolith.codec.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.OfferConstraints.Constraint;
import org.mesolith.model.OfferConstraints.Group;
import org.mesolith.model.OfferConstraints.Predicate;
import org.mesolith.model.OfferConstraints.Selector;
import org.mesolith.proto.gen.v1.scheduler.AttributeConstraint;
import org.mesolith.proto.gen.v1.scheduler.OfferConstraints.RoleConstraints;

/** Which agents a framework wants, between our own values and {@code mesos.v1.scheduler.OfferConstraints}. */
public final class ConstraintCodec {
    private ConstraintCodec() {}

    /** By role; a role with anything wrong is left out, and what is wrong was added to the errors. */
    public static SortedMap<String, OfferConstraints> decode(
            org.mesolith.proto.gen.v1.scheduler.OfferConstraints from, Path at, ShapeErrors errors) {
        var byRole = new TreeMap<String, OfferConstraints>();
        for (var role : new TreeMap<>(from.getRoleConstraintsMap()).entrySet()) {
            var place = at.field("role_constraints").key(role.getKey()).field("groups");
            int before = errors.count();
            var groups = groups(role.getValue().getGroupsList(), place, errors);
            if (errors.count() == before) {
                byRole.put(role.getKey(), new OfferConstraints(groups));
            }
        }
        return byRole;
    }

    private static List<Group> groups(
            List<org.mesolith.proto.gen.v1.scheduler.OfferConstraints.RoleConstraints.Group> from,
            Path at,
            ShapeErrors errors) {
        if (from.isEmpty()) {
            errors.add(at, "must not be empty; leave the role out to be offered every agent");
        }
        var groups = new ArrayList<Group>();
        for (int i = 0; i < from.size(); i++) {
            groups.add(group(from.get(i).getAttributeConstraintsList(), at.index(i), errors));
        }
        return groups;
    }

    private static Group group(List<AttributeConstraint> from, Path at, ShapeErrors errors) {
        var place = at.field("attribute_constraints");
        if (from.isEmpty()) {
            errors.add(place, "must not be empty");
        }
        var constraints = new ArrayList<Constraint>();
        for (int i = 0; i < from.size(); i++) {
            var selector = selector(from.get(i).getSelector());
            if (selector == null) {
                errors.add(place.index(i).field("selector"), "names neither an attribute nor HOSTNAME, REGION or ZONE");
            }
            var predicate = predicate(from.get(i).getPredicate());
            if (predicate == null) {
                errors.add(place.index(i).field("predicate"), "is not set, or is none that this version knows");
            }
            if (selector != null && predicate != null) {
                constraints.add(new Constraint(selector, predicate));
            }
        }
        return new Group(constraints);
    }

    private static @Nullable Selector selector(AttributeConstraint.Selector from) {
        return switch (from.getSelectorCase()) {
            case ATTRIBUTE_NAME -> new Selector.Attribute(from.getAttributeName());
            case PSEUDOATTRIBUTE_TYPE ->
                switch (from.getPseudoattributeType()) {
                    case HOSTNAME -> Selector.Pseudo.HOSTNAME;
                    case REGION -> Selector.Pseudo.REGION;
                    case ZONE -> Selector.Pseudo.ZONE;
                    case UNKNOWN -> null;
                };
            case SELECTOR_NOT_SET -> null;
        };
    }

    /** As a framework said it, role by role. */
    public static org.mesolith.proto.gen.v1.scheduler.OfferConstraints encode(
            SortedMap<String, OfferConstraints> byRole) {
        var to = org.mesolith.proto.gen.v1.scheduler.OfferConstraints.newBuilder();
        byRole.forEach((role, wanted) -> {
            var groups = RoleConstraints.newBuilder();
            for (var group : wanted.groups()) {
                var one = groups.addGroupsBuilder();
                group.constraints().forEach(constraint -> one.addAttributeConstraints(encode(constraint)));
            }
            to.putRoleConstraints(role, groups.build());
        });
        return to.build();
    }

    private static AttributeConstraint encode(Constraint from) {
        var to = AttributeConstraint.newBuilder();
        switch (from.selector()) {
            case Selector.Attribute(var name) -> to.getSelectorBuilder().setAttributeName(name);
            case Selector.Pseudo pseudo ->
                to.getSelectorBuilder()
                        .setPseudoattributeType(
                                AttributeConstraint.Selector.PseudoattributeType.valueOf(pseudo.name()));
        }
        var predicate = to.getPredicateBuilder();
        switch (from.predicate()) {
            case Predicate.Exists _ -> predicate.getExistsBuilder();
            case Predicate.NotExists _ -> predicate.getNotExistsBuilder();
            case Predicate.TextEquals(var value) ->
                predicate.getTextEqualsBuilder().setValue(value);
            case Predicate.TextNotEquals(var value) ->
                predicate.getTextNotEqualsBuilder().setValue(value);
            case Predicate.TextMatches(var regex) ->
                predicate.getTextMatchesBuilder().setRegex(regex);
            case Predicate.TextNotMatches(var regex) ->
                predicate.getTextNotMatchesBuilder().setRegex(regex);
        }
        return to.build();
    }

    private static @Nullable Predicate predicate(AttributeConstraint.Predicate from) {
        return switch (from.getPredicateCase()) {
            case EXISTS -> new Predicate.Exists();
            case NOT_EXISTS -> new Predicate.NotExists();
            case TEXT_EQUALS -> new Predicate.TextEquals(from.getTextEquals().getValue());
            case TEXT_NOT_EQUALS ->
                new Predicate.TextNotEquals(from.getTextNotEquals().getValue());
            case TEXT_MATCHES -> new Predicate.TextMatches(from.getTextMatches().getRegex());
            case TEXT_NOT_MATCHES ->
                new Predicate.TextNotMatches(from.getTextNotMatches().getRegex());
            case PREDICATE_NOT_SET -> null;
        };
    }
}
