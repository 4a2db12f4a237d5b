package org.mesolith.scenario.leader;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.mesolith.model.Milli;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.Quantities;
import org.mesolith.scenario.grammar.Operation;

/** Calls and their parts in JSON. */
final class CallJson {
    private CallJson() {}

    /** A call of a type whose body has the same name in small letters. */
    static ObjectNode call(String type, Consumer<ObjectNode> body) {
        return Json.object(node -> {
            node.put("type", type);
            body.accept(node.putObject(type.toLowerCase(java.util.Locale.ROOT)));
        });
    }

    static ObjectNode filters(Duration refuse) {
        return Json.object(node -> node.put("refuse_seconds", refuse.toMillis() / 1000.0));
    }

    /** Min allocatable resources by role. */
    static ObjectNode offerFilters(SortedMap<String, List<Quantities>> minimums) {
        return Json.object(node -> minimums.forEach((role, sets) -> node.putObject(role)
                .putObject("min_allocatable_resources")
                .set(
                        "quantities",
                        Json.array(sets.stream()
                                .map(set -> Json.object(one -> one.set("quantities", Json.quantities(set))))
                                .toList()))));
    }

    static ObjectNode constraints(SortedMap<String, OfferConstraints> constraints) {
        return Json.object(node -> {
            var byRole = node.putObject("role_constraints");
            constraints.forEach((role, wanted) -> byRole.putObject(role)
                    .set(
                            "groups",
                            Json.array(wanted.groups().stream()
                                    .map(group -> Json.object(one -> one.set(
                                            "attribute_constraints",
                                            Json.array(group.constraints().stream()
                                                    .map(CallJson::constraint)
                                                    .toList()))))
                                    .toList())));
        });
    }

    private static ObjectNode constraint(OfferConstraints.Constraint constraint) {
        return Json.object(node -> {
            var selector = node.putObject("selector");
            switch (constraint.selector()) {
                case OfferConstraints.Selector.Attribute(var name) -> selector.put("attribute_name", name);
                case OfferConstraints.Selector.Pseudo.HOSTNAME -> selector.put("pseudoattribute_type", "HOSTNAME");
                case OfferConstraints.Selector.Pseudo.REGION -> selector.put("pseudoattribute_type", "REGION");
                case OfferConstraints.Selector.Pseudo.ZONE -> selector.put("pseudoattribute_type", "ZONE");
            }
            var test = node.putObject("predicate");
            switch (constraint.predicate()) {
                case OfferConstraints.Predicate.Exists _ -> test.putObject("exists");
                case OfferConstraints.Predicate.NotExists _ -> test.putObject("not_exists");
                case OfferConstraints.Predicate.TextEquals(var text) ->
                    test.putObject("text_equals").put("value", text);
                case OfferConstraints.Predicate.TextNotEquals(var text) ->
                    test.putObject("text_not_equals").put("value", text);
                case OfferConstraints.Predicate.TextMatches(var regex) ->
                    test.putObject("text_matches").put("regex", regex);
                case OfferConstraints.Predicate.TextNotMatches(var regex) ->
                    test.putObject("text_not_matches").put("regex", regex);
            }
        });
    }

    /**
     * An operation of an ACCEPT.
     *
     * @param agent on which tasks are launched
     */
    static ObjectNode operation(Operation operation, String agent, String principal) {
        return switch (operation) {
            case Operation.Reserve(var all) ->
                call("RESERVE", body -> body.set("resources", Json.resources(all, principal)));
            case Operation.Unreserve(var all) ->
                call("UNRESERVE", body -> body.set("resources", Json.resources(all, principal)));
            case Operation.Create(var all) ->
                call("CREATE", body -> body.set("volumes", Json.resources(all, principal)));
            case Operation.Destroy(var all) ->
                call("DESTROY", body -> body.set("volumes", Json.resources(all, principal)));
            case Operation.Grow(var volume, var addition) ->
                call("GROW_VOLUME", body -> {
                    body.set("volume", Json.resource(volume.get(0), principal));
                    body.set("addition", Json.resource(addition.get(0), principal));
                });
            case Operation.Shrink(var volume, long milli) ->
                call("SHRINK_VOLUME", body -> {
                    body.set("volume", Json.resource(volume.get(0), principal));
                    body.putObject("subtract").put("value", Milli.toDouble(milli));
                });
            case Operation.Launch(var tasks) ->
                call(
                        "LAUNCH",
                        body -> body.set(
                                "task_infos",
                                Json.array(tasks.stream()
                                        .map(task -> task(task, agent, principal))
                                        .toList())));
            case Operation.LaunchGroup(var executor, var own, var tasks) ->
                call("LAUNCH_GROUP", body -> {
                    var made = body.putObject("executor");
                    made.put("type", "DEFAULT");
                    made.set("executor_id", Json.value(executor));
                    made.set("resources", Json.resources(own, principal));
                    body.putObject("task_group")
                            .set(
                                    "tasks",
                                    Json.array(tasks.stream()
                                            .map(task -> task(task, agent, principal))
                                            .toList()));
                });
            case Operation.Remove _ -> throw new IllegalArgumentException("remove is no operation of this level");
        };
    }

    private static ObjectNode task(Operation.Task task, String agent, String principal) {
        return Json.object(node -> {
            node.put("name", task.task());
            node.set("task_id", Json.value(task.task()));
            node.set("agent_id", Json.value(agent));
            node.set("resources", Json.resources(task.resources(), principal));
            node.putObject("command").put("value", "sleep 1000");
        });
    }
}
