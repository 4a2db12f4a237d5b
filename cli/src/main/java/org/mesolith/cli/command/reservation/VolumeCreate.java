package org.mesolith.cli.command.reservation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.MasterOptions;
import org.mesolith.cli.command.Order;
import org.mesolith.cli.command.SizeText;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso volume create}: finds the reservation that the volume is made of. */
@Command(
        description = {
            "Makes a persistent volume of disk that is reserved for a role on an agent.",
            "The disk must be free of tasks; offers that hold it are taken back."
        },
        footer = {"", "Example: meso volume create S0000000001 ads orders 20GB --path data"})
public final class VolumeCreate implements Callable<Integer> {

    private final Console console;

    @Mixin
    private MasterOptions masters = new MasterOptions();

    @Mixin
    private Order order = new Order();

    @Parameters(index = "0", paramLabel = "AGENT", description = "Its id, or a beginning or end that only it has.")
    private String agent = "";

    @Parameters(index = "1", paramLabel = "ROLE", description = "For which the disk is reserved.")
    private String role = "";

    @Parameters(index = "2", paramLabel = "ID", description = "Of the volume; new for this role on this agent.")
    private String id = "";

    @Parameters(index = "3", paramLabel = "SIZE", description = "For example 512MB or 20GB.")
    private String size = "";

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Where a task finds it, below its sandbox (default: the id of the volume).")
    private String path = "";

    @Option(names = "--principal", paramLabel = "NAME", description = "Who makes it; part of the volume.")
    private String principal = "";

    /** The command in these surroundings. */
    public VolumeCreate(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        double megabytes = SizeText.megabytes("the size", size);
        Operator operator = masters.operator(console);
        JsonObject found = new Lookup(operator).agent(agent);
        String agentId = found.text("agent_info.id.value");
        JsonObject disk = reservedDisk(agentId, found.objects("total_resources"), megabytes);
        JsonObject source = disk.has("disk.source") ? disk.object("disk.source") : null;
        JsonObject call = Reserve.call(
                "CREATE_VOLUMES", "volumes", agentId, List.of(Volume.disk(disk, megabytes, source, volume())));
        order.make(console, operator, call, "volume " + id + " made on " + agentId);
        return ExitCode.OK;
    }

    private JsonObject volume() {
        var persistence = new LinkedHashMap<String, @Nullable Object>();
        persistence.put("id", id);
        if (!principal.isEmpty()) {
            persistence.put("principal", principal);
        }
        return JsonObject.of(
                "persistence",
                new JsonObject(persistence),
                "volume",
                JsonObject.of("mode", "RW", "container_path", path.isEmpty() ? id : path));
    }

    /** The first reserved disk of the role that is large enough. */
    private JsonObject reservedDisk(String agentId, List<JsonObject> resources, double megabytes) {
        double largest = 0;
        for (JsonObject resource : resources) {
            List<JsonObject> stack = resource.objects("reservations");
            boolean fits = resource.text("name").equals("disk")
                    && !Volume.isVolume(resource)
                    && !stack.isEmpty()
                    && stack.getLast().text("role").equals(role);
            double has = resource.number("scalar.value", 0);
            if (fits && has >= megabytes) {
                return resource;
            }
            largest = fits ? Math.max(largest, has) : largest;
        }
        throw new Failure(
                ExitCode.FAILED,
                (largest == 0
                                ? "no disk without a volume is reserved for `" + role + "` on " + agentId
                                : "the largest disk without a volume that is reserved for `" + role + "` on "
                                        + agentId + " has " + Texts.decimal(largest) + "MB, and "
                                        + Texts.decimal(megabytes) + "MB are needed")
                        + "; nothing was changed. First: meso reserve " + agentId + " " + role + " disk:"
                        + Texts.decimal(megabytes) + "MB");
    }
}
