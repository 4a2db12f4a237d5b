package org.mesolith.cli.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.scheduler.Tasks;

/** Takes a little of every offer for a task of some seconds, and one of the agent's ports for it alone. */
final class TaskChooser implements Chooser {
    private static final double CPUS = 0.1;
    private static final double MEM = 16;

    private final Random dice;

    TaskChooser(long seed) {
        this.dice = new Random(seed);
    }

    @Override
    public @Nullable Choice choose(JsonObject offer, String task) {
        if (Tasks.offered(offer, "cpus") < CPUS || Tasks.offered(offer, "mem") < MEM) {
            return null;
        }
        boolean isLong = dice.nextInt(4) == 0;
        String sleep = isLong ? Integer.toString(5 + dice.nextInt(10)) : "0." + (1 + dice.nextInt(9));
        var resources = new ArrayList<>(List.of(Tasks.scalar("cpus", CPUS), Tasks.scalar("mem", MEM)));
        long port = port(offer);
        if (port >= 0) {
            var range = JsonObject.of("begin", port, "end", port);
            resources.add(
                    JsonObject.of("name", "ports", "type", "RANGES", "ranges", JsonObject.of("range", List.of(range))));
        }
        return new Choice(
                List.of(),
                resources,
                "exec sleep " + sleep,
                isLong && dice.nextBoolean(),
                port < 0 ? Map.of() : Map.of("port", Long.toString(port)));
    }

    /** The first one that is offered; -1 if none is. */
    private static long port(JsonObject offer) {
        return offer.objects("resources").stream()
                .filter(resource -> resource.text("name").equals("ports")
                        && resource.objects("reservations").isEmpty())
                .flatMap(resource -> resource.objects("ranges.range").stream())
                .mapToLong(range -> range.whole("begin", -1))
                .findFirst()
                .orElse(-1);
    }
}
