package org.mesolith.cli.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.base.Check;
import org.mesolith.cli.it.DeliverySite.Outcome;
import org.mesolith.cli.it.KillPair.Kind;
import org.mesolith.cli.it.KillPair.Victim;

/**
 * Everybody killed at every step of a launch and of one of its updates, one run each. The tables for docs/delivery.md
 * are left in the build directory as {@code kill-matrix.md}.
 */
@Tag("nightly")
final class KillMatrixIT {
    @TempDir(cleanup = CleanupMode.NEVER) // Processes may still write below it.
    private static Path directory;

    private static @Nullable DeliverySite site;
    private static int sites;
    private static final List<Outcome> OUTCOMES = new ArrayList<>();

    static Stream<KillPair> pairs() {
        return Stream.of(Kind.values())
                .flatMap(kind -> KillPair.all(kind).stream())
                .filter(pair -> pair.cannot().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @Timeout(500)
    void aLaunchAndItsUpdateSurviveADeathAtThisStep(KillPair pair) throws IOException {
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
        var lines = new ArrayList<String>();
        for (Kind kind : Kind.values()) {
            lines.addAll(table(kind));
        }
        Files.write(Path.of(System.getProperty("java.io.tmpdir"), "kill-matrix.md"), lines);
    }

    private static List<String> table(Kind kind) {
        var cells = new EnumMap<DeliveryStep, Map<Victim, String>>(DeliveryStep.class);
        for (KillPair pair : KillPair.all(kind)) {
            cells.computeIfAbsent(pair.step(), _ -> new EnumMap<>(Victim.class))
                    .put(pair.victim(), pair.cannot().isEmpty() ? "**red**" : "—");
        }
        for (Outcome outcome : OUTCOMES) {
            if (outcome.pair().kind() == kind) {
                Check.present(cells.get(outcome.pair().step()), "the row")
                        .put(outcome.pair().victim(), cell(outcome));
            }
        }
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("| " + kind + " | leader | agent | supervisor | executor | framework |");
        lines.add("|---|---|---|---|---|---|");
        cells.forEach((step, row) -> lines.add("| " + step + " | " + String.join(" | ", row.values()) + " |"));
        return lines;
    }

    /** How the task ended, whether it had begun where that does not follow, and how long all took. */
    private static String cell(Outcome outcome) {
        String end = outcome.end().substring("TASK_".length());
        String begun = outcome.end().equals("TASK_FINISHED") ? "" : outcome.ran() == 1 ? ", begun" : ", not begun";
        return end + begun + ", " + (outcome.took().toMillis() + 500) / 1_000 + " s";
    }
}
