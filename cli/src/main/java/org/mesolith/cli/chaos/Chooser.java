package org.mesolith.cli.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.scheduler.Tasks;

/** Decides what a framework makes of an offer. All methods are called by the thread of the framework's events. */
interface Chooser {

    /**
     * What is done with an offer.
     *
     * @param before operations that come before the launch, in one ACCEPT with it
     * @param resources of the task
     * @param shell what the task does after it has written down that it began; ends with the task
     * @param toBeKilled if it is to be killed once it runs
     * @param facts more of them for the history
     */
    record Choice(
            List<JsonObject> before,
            List<JsonObject> resources,
            String shell,
            boolean toBeKilled,
            Map<String, String> facts) {}

    /** Null to decline. */
    @Nullable
    Choice choose(JsonObject offer, String task);

    /**
     * The call for a choice.
     *
     * @param mark a file into which the task writes a line when it begins; null for none
     */
    static JsonObject accept(JsonObject offer, String task, Choice choice, @Nullable Path mark) {
        var info = Tasks.task(
                task,
                task,
                offer.object("agent_id"),
                choice.resources(),
                JsonObject.of(
                        "shell", true, "value", (mark == null ? "" : "echo $$ >> '" + mark + "'; ") + choice.shell()));
        var operations = new ArrayList<>(choice.before());
        operations.add(JsonObject.of("type", "LAUNCH", "launch", JsonObject.of("task_infos", List.of(info))));
        return JsonObject.of(
                "type",
                "ACCEPT",
                "accept",
                JsonObject.of(
                        "offer_ids", List.of(offer.object("id")),
                        "operations", operations,
                        "filters", JsonObject.of("refuse_seconds", 0)));
    }

    /** Of a task that was launched nothing more will come; {@code state} is empty if it was never sent. */
    default void ended(String task, String state) {}
}
