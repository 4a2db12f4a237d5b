package org.mesolith.scenario.leader;

import java.util.List;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Settings;
import org.mesolith.scenario.grammar.WordKinds;

/** The rules of a scenario on who may do what. */
final class Acl {
    private Acl() {}

    static Acls of(Settings settings) {
        return new Acls(settings.acls().stream().map(Acl::rule).toList(), settings.aclsPermissive());
    }

    private static Acls.Rule rule(Fields given) {
        return new Acls.Rule(
                action(given.get("action", WordKinds.ACTION)),
                side(given.get("principals", WordKinds.SUBJECTS)),
                side(given.get("objects", WordKinds.SUBJECTS)));
    }

    private static Acls.Side side(List<String> subjects) {
        if (subjects.equals(WordKinds.ANYBODY)) {
            return Acls.Side.ANY;
        }
        return subjects.equals(WordKinds.NOBODY) ? Acls.Side.NONE : Acls.Side.of(subjects);
    }

    private static Action action(String word) {
        return switch (word) {
            case "reserve" -> Action.RESERVE_RESOURCES;
            case "unreserve" -> Action.UNRESERVE_RESOURCES;
            case "create" -> Action.CREATE_VOLUME;
            case "destroy" -> Action.DESTROY_VOLUME;
            case "resize" -> Action.RESIZE_VOLUME;
            case "update-quota" -> Action.UPDATE_QUOTA;
            case "update-weights" -> Action.UPDATE_WEIGHT;
            case "start-maintenance" -> Action.START_MAINTENANCE;
            case "stop-maintenance" -> Action.STOP_MAINTENANCE;
            default -> throw new IllegalArgumentException("there is no action " + word);
        };
    }
}
