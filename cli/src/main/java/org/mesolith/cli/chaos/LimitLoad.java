package org.mesolith.cli.chaos;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.cli.client.JsonObject;

/** An operator who changes again and again how much the role of a framework may have, and looks what it has. */
final class LimitLoad implements Load {
    private static final List<String> CPUS = List.of("0.4", "0.7", "1");
    private static final int LOOKS_MIN = 8;
    private static final int LOOKS_MORE = 8;
    private static final long PAUSE_NANOS = 400_000_000;

    private final Stage stage;
    private final String framework;
    private final Random dice;
    private final Keyed keyed;
    private int looksLeft;

    /** @param framework whose role is limited */
    LimitLoad(Stage stage, String framework, long seed) {
        this.stage = stage;
        this.framework = framework;
        this.dice = new Random(seed + 97);
        this.keyed = new Keyed(stage, name(), dice);
    }

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public void step() {
        if (looksLeft-- > 0) {
            AgentsRead.of(stage, name(), stage.any(dice));
        } else {
            looksLeft = LOOKS_MIN + dice.nextInt(LOOKS_MORE);
            limit(CPUS.get(dice.nextInt(CPUS.size())));
        }
        LockSupport.parkNanos(PAUSE_NANOS / 2 + dice.nextLong(PAUSE_NANOS));
    }

    private void limit(String cpus) {
        String role = TaskLoad.role(framework);
        var config = JsonObject.of(
                "role", role, "limits", JsonObject.of("cpus", JsonObject.of("value", Double.parseDouble(cpus))));
        keyed.call(
                "limit-set",
                Map.of("role", role, "framework", framework, "cpus", cpus),
                JsonObject.of(
                        "type",
                        "UPDATE_QUOTA",
                        "update_quota",
                        JsonObject.of("force", true, "quota_configs", List.of(config))));
    }
}
