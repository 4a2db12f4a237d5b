package org.mesolith.cli.scheduler;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.cli.client.JsonObject;

/** Builds the calls that launch and end tasks. */
public final class Tasks {

    private Tasks() {}

    /** A FrameworkInfo with the capabilities that this client has. */
    public static JsonObject framework(String name, String user, String role, double failoverTimeoutSeconds) {
        return JsonObject.of(
                "name",
                name,
                "user",
                user,
                "roles",
                List.of(role),
                "failover_timeout",
                failoverTimeoutSeconds,
                "checkpoint",
                true,
                "capabilities",
                List.of(
                        JsonObject.of("type", "MULTI_ROLE"),
                        JsonObject.of("type", "RESERVATION_REFINEMENT"),
                        JsonObject.of("type", "PARTITION_AWARE")));
    }

    /** A scalar resource, unreserved. */
    public static JsonObject scalar(String name, double value) {
        return JsonObject.of("name", name, "type", "SCALAR", "scalar", JsonObject.of("value", value));
    }

    /** A TaskInfo. */
    public static JsonObject task(
            String id, String name, JsonObject agentId, List<JsonObject> resources, JsonObject command) {
        return JsonObject.of(
                "name", name,
                "task_id", JsonObject.of("value", id),
                "agent_id", agentId,
                "resources", resources,
                "command", command);
    }

    /** ACCEPT with one LAUNCH of these tasks. The rest of the offer comes back after {@code refuseSeconds}. */
    public static JsonObject accept(List<JsonObject> offers, List<JsonObject> tasks, double refuseSeconds) {
        return JsonObject.of(
                "type",
                "ACCEPT",
                "accept",
                JsonObject.of(
                        "offer_ids", ids(offers),
                        "operations",
                                List.of(JsonObject.of("type", "LAUNCH", "launch", JsonObject.of("task_infos", tasks))),
                        "filters", JsonObject.of("refuse_seconds", refuseSeconds)));
    }

    /** DECLINE of these offers. */
    public static JsonObject decline(List<JsonObject> offers, double refuseSeconds) {
        return JsonObject.of(
                "type",
                "DECLINE",
                "decline",
                JsonObject.of("offer_ids", ids(offers), "filters", JsonObject.of("refuse_seconds", refuseSeconds)));
    }

    /** ACKNOWLEDGE of an update that has a uuid. */
    public static JsonObject acknowledge(JsonObject status) {
        return JsonObject.of(
                "type",
                "ACKNOWLEDGE",
                "acknowledge",
                JsonObject.of(
                        "agent_id", status.object("agent_id"),
                        "task_id", status.object("task_id"),
                        "uuid", status.text("uuid")));
    }

    /** KILL of one task. */
    public static JsonObject kill(String taskId) {
        return JsonObject.of("type", "KILL", "kill", JsonObject.of("task_id", JsonObject.of("value", taskId)));
    }

    /** RECONCILE of one task: the master answers with an UPDATE that has no uuid. */
    public static JsonObject reconcile(String taskId) {
        return reconcile(List.of(taskId));
    }

    /** RECONCILE of these tasks; without any, of all that the master knows and that have not ended. */
    public static JsonObject reconcile(List<String> taskIds) {
        var named = taskIds.stream()
                .map(id -> JsonObject.of("task_id", JsonObject.of("value", id)))
                .toList();
        return JsonObject.of("type", "RECONCILE", "reconcile", JsonObject.of("tasks", named));
    }

    /** How much of an unreserved scalar an offer holds. */
    public static double offered(JsonObject offer, String name) {
        double sum = 0;
        for (JsonObject resource : offer.objects("resources")) {
            boolean reserved = !resource.objects("reservations").isEmpty();
            if (!reserved && resource.text("name").equals(name)) {
                sum += resource.number("scalar.value", 0);
            }
        }
        return sum;
    }

    private static List<JsonObject> ids(List<JsonObject> offers) {
        var ids = new ArrayList<JsonObject>();
        offers.forEach(offer -> ids.add(offer.object("id")));
        return ids;
    }
}
