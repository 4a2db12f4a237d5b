package org.mesolith.cli.command.reservation;

import java.util.concurrent.Callable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code meso volume grow}. */
@Command(
        description = {
            "Makes a persistent volume larger, out of disk of the same reservation.",
            "Refused while a task has the volume; a shared volume, and a disk that is taken whole, keep their size."
        },
        footer = {"", "Example: meso volume grow orders 10GB"})
public final class VolumeGrow implements Callable<Integer> {

    private final Console console;

    @Mixin
    private VolumeResize resize = new VolumeResize();

    /** The command in these surroundings. */
    public VolumeGrow(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        resize.make(
                console,
                1,
                (volume, megabytes) -> JsonObject.of(
                        "type",
                        "GROW_VOLUME",
                        "grow_volume",
                        JsonObject.of(
                                "agent_id",
                                JsonObject.of("value", volume.agentId()),
                                "volume",
                                volume.resource(),
                                "addition",
                                volume.plainDisk(megabytes))));
        return ExitCode.OK;
    }
}
