package org.mesolith.cli.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.cli.it.DeliverySite.Outcome;
import org.mesolith.cli.it.KillPair.Victim;

/**
 * Everybody killed at every step of a launch and of its last update, one run each. The table for docs/delivery.md is
 * left in the build directory as {@code kill-matrix.md}.
 */
@Tag("nightly")
final class KillMatrixIT {
    @TempDir(cleanup = CleanupMode.NEVER) // Processes may still write below it.
    private static Path directory;

    private static @Nullable DeliverySite site;
    private static int sites;
    private static final List<Outcome> OUTCOMES = new ArrayList<>();

    static Stream<KillPair> pairs() {
        return KillPair.all().stream().filter(pair -> pair.cannot().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @Timeout(400)
    void aLaunchAndItsLastUpdateSurviveADeathAtThisStep(KillPair pair) throws IOException {
        var present = site;
        if (present == null) {
            present = new DeliverySite(Files.createDirectories(directory.resolve("site-" + ++sites)));
        }
        // What a failure leaves behind must not spoil the next pair: that gets a new site.
        site = null;
        try {
            Outcome outcome = present.run(pair);
            System.out.println(outcome);
            OUTCOMES.add(outcome);
            site = present;
        } finally {
            if (site == null) {
                present.close();
            }
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (site != null) {
            site.close();
        }
        Files.write(Path.of(System.getProperty("java.io.tmpdir"), "kill-matrix.md"), table());
    }

    private static List<String> table() {
        var cells = new TreeMap<DeliveryStep, TreeMap<Victim, String>>();
        for (KillPair pair : KillPair.all()) {
            cells.computeIfAbsent(pair.step(), _ -> new TreeMap<>())
                    .put(pair.victim(), pair.cannot().isEmpty() ? "**red**" : "—");
        }
        for (Outcome outcome : OUTCOMES) {
            String end = outcome.end().substring("TASK_".length())
                    + (outcome.ran() == 1 == outcome.end().equals("TASK_FINISHED")
                            ? ""
                            : outcome.ran() == 1 ? ", begun" : ", not begun");
            cells.getOrDefault(outcome.pair().step(), new TreeMap<>())
                    .put(outcome.pair().victim(), end + " " + (outcome.took().toMillis() + 500) / 1_000 + " s");
        }
        var lines = new ArrayList<String>();
        lines.add("| step | leader | agent | supervisor | executor | framework |");
        lines.add("|---|---|---|---|---|---|");
        cells.forEach((step, row) -> lines.add("| " + step + " | " + String.join(" | ", row.values()) + " |"));
        return lines;
    }
}
