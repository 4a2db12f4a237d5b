package org.mesolith.scenario.leader;

import static org.mesolith.scenario.grammar.Kinds.TEXT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Unavailability;
import org.mesolith.model.Weight;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.PartKinds;
import org.mesolith.sim.calm.CalmCluster;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.QuotaCommand;

/** What operators do. */
final class OperatorSide {
    private final Clues clues;

    OperatorSide(Clues clues) {
        this.clues = clues;
    }

    /** A step about resources of an agent. */
    void operate(String step, Fields given) {
        var resources = given.get("resources", Kinds.RESOURCES);
        var principal = principal(given);
        var type = switch (step) {
            case "operator-reserve" -> "RESERVE_RESOURCES";
            case "operator-unreserve" -> "UNRESERVE_RESOURCES";
            case "operator-create" -> "CREATE_VOLUMES";
            default -> "DESTROY_VOLUMES";
        };
        call(given, CallJson.call(type, body -> {
            body.set("agent_id", agent(given));
            body.set(type.endsWith("VOLUMES") ? "volumes" : "resources", Json.resources(resources, principal));
        }));
    }

    void updateQuota(Fields given) {
        call(given, CallJson.call("UPDATE_QUOTA", body -> {
            body.put("force", given.get("force", Kinds.TRUTH, false));
            var configs = body.putArray("quota_configs");
            for (var config : given.get("configs", PartKinds.QUOTA_CONFIGS)) {
                var one = configs.addObject().put("role", config.get("role", TEXT));
                one.set("guarantees", Json.quantities(config.get("guarantees", Kinds.QUANTITIES, Quantities.NONE)));
                one.set("limits", Json.limits(config.get("limits", Kinds.LIMITS, QuantityLimits.NONE)));
            }
        }));
    }

    void updateWeights(Fields given) {
        call(given, CallJson.call("UPDATE_WEIGHTS", body -> {
            var infos = body.putArray("weight_infos");
            given.get("weights", Kinds.TEXT_BY_NAME).forEach((role, weight) -> {
                var info = infos.addObject().put("role", role);
                try {
                    info.put("weight", new BigDecimal(weight));
                } catch (NumberFormatException text) {
                    info.put("weight", weight);
                }
            });
        }));
    }

    void scheduleMaintenance(Fields given) {
        call(given, CallJson.call("UPDATE_MAINTENANCE_SCHEDULE", body -> {
            var windows = body.putObject("schedule").putArray("windows");
            for (var window : given.get("windows", PartKinds.WINDOWS)) {
                window(windows.addObject(), window.get("machines", Kinds.TEXTS), unavailability(window));
            }
        }));
    }

    /**
     * One window more than are scheduled, for the machine of an agent that is about to register. Nobody asks for it, so
     * no rule on who may do what stands against it.
     */
    void addWindow(String machine, Fields asked) {
        var windows = new ArrayList<>(clues.cluster.registry().maintenance().windows());
        windows.add(new MaintenanceWindow(List.of(new MachineId(machine, "")), unavailability(asked)));
        clues.cluster.order(new MaintenanceCommand.UpdateSchedule(windows));
    }

    private Unavailability unavailability(Fields asked) {
        var start = clues.cluster.now().plus(asked.get("start", Kinds.ANY_DURATION));
        return new Unavailability(start, asked.find("duration", Kinds.ANY_DURATION));
    }

    private static void window(ObjectNode node, List<String> machines, Unavailability when) {
        node.set("machine_ids", machines(machines));
        var unavailability = node.putObject("unavailability");
        var start = when.start();
        unavailability
                .putObject("start")
                .put("nanoseconds", nanos(Duration.ofSeconds(start.getEpochSecond(), start.getNano())));
        var duration = when.duration();
        if (duration != null) {
            unavailability.putObject("duration").put("nanoseconds", nanos(duration));
        }
    }

    private static long nanos(Duration duration) {
        return duration.toNanos();
    }

    private static com.fasterxml.jackson.databind.node.ArrayNode machines(List<String> names) {
        return Json.array(names.stream()
                .map(name -> Json.object(node -> node.put("hostname", name)))
                .toList());
    }

    /** START_MAINTENANCE or STOP_MAINTENANCE. */
    void maintain(String type, Fields given) {
        call(given, CallJson.call(type, body -> body.set("machines", machines(given.get("machines", Kinds.TEXTS)))));
    }

    /** A step about one agent. */
    void agentCall(String type, Fields given) {
        call(given, CallJson.call(type, body -> {
            body.set("agent_id", agent(given));
            if (given.get("mark_gone", Kinds.TRUTH, false)) {
                body.put("mark_gone", true);
            }
        }));
    }

    /** The weights that the scenario begins with; nobody asks for them. */
    void weights(SortedMap<String, Double> weights) {
        if (!weights.isEmpty()) {
            var all = new ArrayList<Weight>();
            weights.forEach((role, weight) -> all.add(Weight.of(role, weight)));
            clues.cluster.order(new QuotaCommand.SetWeights(all));
        }
    }

    private ObjectNode agent(Fields given) {
        return Json.value(clues.idOf(given.get("agent", TEXT)).value());
    }

    private static String principal(Fields given) {
        return given.get("principal", TEXT, "p");
    }

    private void call(Fields given, ObjectNode call) {
        Http.expect(given.find("expect", Kinds.OUTCOME), post(principal(given), call));
    }

    private CalmCluster.Answer post(String principal, ObjectNode call) {
        return clues.cluster.post(CalmCluster.OPERATOR, call.toString(), Http.as(principal));
    }
}
