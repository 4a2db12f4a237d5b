package org.mesolith.cli.command.top;

import java.util.List;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.render.Texts;

/**
 * One agent, role or task with what it has.
 *
 * @param name what it is called: host name, role, task id
 * @param id of the agent or framework; of a role how many frameworks it has
 * @param state for people
 * @param allocated what is in use
 * @param total of what; all 0 where there is no such thing, as for tasks
 * @param agent id of the agent that knows more of it, else empty
 * @param executor what the agent calls it; empty for the whole agent
 */
record Row(String name, String id, String state, Amount allocated, Amount total, String agent, String executor) {

    /**
     * The three that everybody looks at.
     *
     * @param mem megabytes
     * @param disk megabytes
     */
    record Amount(double cpus, double mem, double disk) {
        static final Amount NONE = new Amount(0, 0, 0);

        static Amount of(List<JsonObject> resources) {
            double cpus = 0;
            double mem = 0;
            double disk = 0;
            for (JsonObject resource : resources) {
                double value = resource.number("scalar.value", 0);
                switch (resource.text("name")) {
                    case "cpus" -> cpus += value;
                    case "mem" -> mem += value;
                    case "disk" -> disk += value;
                    default -> {}
                }
            }
            return new Amount(cpus, mem, disk);
        }

        Amount plus(Amount other) {
            return new Amount(cpus + other.cpus, mem + other.mem, disk + other.disk);
        }

        JsonObject json() {
            return JsonObject.of("cpus", cpus, "mem_megabytes", mem, "disk_megabytes", disk);
        }
    }

    JsonObject json(View view, AgentUse use) {
        return JsonObject.of(
                "name",
                name,
                view == View.ROLES ? "frameworks" : view == View.TASKS ? "framework" : "id",
                id,
                "state",
                state,
                "allocated",
                allocated.json(),
                "total",
                view == View.AGENTS ? total.json() : null,
                "used_mem_bytes",
                use.memBytes(this),
                "used_disk_bytes",
                use.diskBytes(this));
    }

    /** {@code 12.5/48 26%}, or only what is allocated. */
    static String share(double allocated, double total) {
        return total <= 0
                ? Texts.decimal(Math.round(allocated * 100) / 100.0)
                : Texts.decimal(Math.round(allocated * 100) / 100.0) + "/" + Texts.decimal(total) + " "
                        + Math.round(100 * allocated / total) + "%";
    }

    /** The same of megabytes, in the unit that suits the larger one. */
    static String sizeShare(double allocated, double total) {
        return total <= 0
                ? size(allocated)
                : size(allocated) + "/" + size(total) + " " + Math.round(100 * allocated / total) + "%";
    }

    /** {@code 512M}, {@code 1.5G}, {@code 20T}. */
    static String size(double megabytes) {
        if (megabytes >= 1_048_576) {
            return Texts.decimal(Math.round(megabytes / 104_857.6) / 10.0) + "T";
        }
        return megabytes >= 1_024
                ? Texts.decimal(Math.round(megabytes / 102.4) / 10.0) + "G"
                : Texts.decimal(Math.round(megabytes * 10) / 10.0) + "M";
    }
}
