package org.mesolith.sim.campaign;

import java.util.Comparator;
import java.util.stream.Collectors;
import org.mesolith.sim.plan.FaultKind;
import org.mesolith.sim.plan.WorldSettings;

/** The command that repeats a simulation. */
public final class Repeat {
    private Repeat() {}

    /** With every setting that is not the default. */
    public static String command(WorldSettings settings) {
        var usual = WorldSettings.smoke(settings.seed());
        var line = new StringBuilder("meso simulate --random --seed " + settings.seed());
        count(line, "masters", settings.masters(), usual.masters());
        count(line, "agents", settings.agents(), usual.agents());
        count(line, "frameworks", settings.frameworks(), usual.frameworks());
        count(line, "tasks", settings.tasks(), usual.tasks());
        if (!settings.unrest().equals(usual.unrest())) {
            line.append(" --unrest ").append(settings.unrest().toSeconds());
        }
        if (!settings.kinds().equals(usual.kinds())) {
            line.append(" --faults ")
                    .append(settings.kinds().stream().map(FaultKind::word).collect(Collectors.joining(",")));
        }
        var only = settings.only();
        if (only != null) {
            line.append(" --only ")
                    .append(
                            only.isEmpty()
                                    ? "none"
                                    : only.stream()
                                            .sorted(Comparator.naturalOrder())
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(",")));
        }
        return line.toString();
    }

    private static void count(StringBuilder line, String name, int count, int usual) {
        if (count != usual) {
            line.append(" --").append(name).append(' ').append(count);
        }
    }
}
