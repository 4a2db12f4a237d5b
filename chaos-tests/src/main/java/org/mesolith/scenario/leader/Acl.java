package org.mesolith.scenario.leader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mesolith.base.Check;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Settings;
import org.mesolith.scenario.grammar.WordKinds;

/** The rules of a scenario on who may do what. */
final class Acl {
    private static final Map<String, Action> ACTIONS = new TreeMap<>(Map.of(
            "reserve", Action.RESERVE_RESOURCES,
            "unreserve", Action.UNRESERVE_RESOURCES,
            "create", Action.CREATE_VOLUME,
            "destroy", Action.DESTROY_VOLUME,
            "resize", Action.RESIZE_VOLUME,
            "update-quota", Action.UPDATE_QUOTA,
            "update-weights", Action.UPDATE_WEIGHT,
            "start-maintenance", Action.START_MAINTENANCE,
            "stop-maintenance", Action.STOP_MAINTENANCE));

    private Acl() {}

    static Acls of(Settings settings) {
        var rules = new ArrayList<>(settings.acls().stream().map(Acl::rule).toList());
        // What a scenario has no word for everybody may do, also when nothing else is allowed.
        for (var action : Action.values()) {
            if (!ACTIONS.containsValue(action)) {
                rules.add(new Acls.Rule(action, Acls.Side.ANY, Acls.Side.ANY));
            }
        }
        return new Acls(rules, settings.aclsPermissive());
    }

    private static Acls.Rule rule(Fields given) {
        return new Acls.Rule(
                Check.present(ACTIONS.get(given.get("action", WordKinds.ACTION)), "action"),
                side(given.get("principals", WordKinds.SUBJECTS)),
                side(given.get("objects", WordKinds.SUBJECTS)));
    }

    private static Acls.Side side(List<String> subjects) {
        if (subjects.equals(WordKinds.ANYBODY)) {
            return Acls.Side.ANY;
        }
        return subjects.equals(WordKinds.NOBODY) ? Acls.Side.NONE : Acls.Side.of(subjects);
    }
}
