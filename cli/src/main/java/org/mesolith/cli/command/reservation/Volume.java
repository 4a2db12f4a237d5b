package org.mesolith.cli.command.reservation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * A persistent volume of an agent.
 *
 * @param agent that has it, as the API shows it
 * @param resource the disk with its id, reservations and all
 */
record Volume(JsonObject agent, JsonObject resource) {
    private static final String ID = "disk.persistence.id";

    /** Every volume of every registered agent, agent by agent. */
    static void forEach(Operator operator, Consumer<Volume> each) {
        Consumer<JsonObject> row = agent -> agent.objects("total_resources").stream()
                .filter(Volume::isVolume)
                .forEach(resource -> each.accept(new Volume(agent, resource)));
        operator.rows("GET_AGENTS", "get_agents", Map.of("agents", row));
    }

    /** The only volume with this id, on this agent when one is named. */
    static Volume only(Operator operator, String id, String agent) {
        var found = new ArrayList<Volume>();
        forEach(operator, volume -> {
            if (volume.id().equals(id) && volume.isOn(agent)) {
                found.add(volume);
            }
        });
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "no volume `" + id + "`" + (agent.isEmpty() ? "" : " on " + agent)
                            + "; nothing was changed; `meso volume ls` lists them");
        }
        throw new Failure(
                ExitCode.USAGE,
                found.size() + " volumes are called `" + id + "`, on "
                        + String.join(", ", found.stream().map(Volume::agentId).toList())
                        + "; nothing was changed; choose one with --agent");
    }

    /** A resource that is part of a persistent volume. */
    static boolean isVolume(JsonObject resource) {
        return resource.has(ID);
    }

    boolean isOn(String name) {
        return agentId().startsWith(name)
                || agentId().endsWith(name)
                || hostname().equals(name);
    }

    String id() {
        return resource.text(ID);
    }

    String agentId() {
        return agent.text("agent_info.id.value");
    }

    String hostname() {
        return agent.text("agent_info.hostname");
    }

    List<JsonObject> stack() {
        return resource.objects("reservations");
    }

    String role() {
        return stack().isEmpty() ? "" : stack().getLast().text("role");
    }

    double megabytes() {
        return resource.number("scalar.value", 0);
    }

    /** Whether a task or an executor has it now. */
    boolean isUsed() {
        return agent.objects("allocated_resources").stream()
                .anyMatch(used -> used.text(ID).equals(id()));
    }

    /** Disk of the same reservation and the same place, this much of it, without a volume. */
    JsonObject plainDisk(double size) {
        return disk(resource, size, resource.has("disk.source") ? resource.object("disk.source") : null, null);
    }

    /**
     * Disk like this one.
     *
     * @param source where it lies, null on the agent's own disk
     * @param volume the rest of `disk`, null for none
     */
    static JsonObject disk(JsonObject like, double size, @Nullable JsonObject source, @Nullable JsonObject volume) {
        var fields = new LinkedHashMap<>(like.fields());
        fields.remove("allocation_info");
        fields.put("scalar", JsonObject.of("value", size));
        var disk = new LinkedHashMap<String, @Nullable Object>();
        if (volume != null) {
            disk.putAll(volume.fields());
        }
        if (source != null) {
            disk.put("source", source);
        }
        if (disk.isEmpty()) {
            fields.remove("disk");
        } else {
            fields.put("disk", new JsonObject(disk));
        }
        fields.remove("shared");
        return new JsonObject(fields);
    }
}
