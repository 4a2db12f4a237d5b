package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.cli.it.KillPair.Kind;
import org.mesolith.cli.it.KillPair.Victim;

/** A part of {@link KillMatrixIT}, one victim of each kind, for every build. */
final class KillSampleIT {
    @TempDir(cleanup = CleanupMode.NEVER) // Processes may still write below it.
    private static Path directory;

    private static DeliverySite site;

    static Stream<KillPair> pairs() {
        return Stream.of(
                new KillPair(Kind.EXECUTOR, DeliveryStep.COMMITTED, Victim.LEADER),
                new KillPair(Kind.COMMAND, DeliveryStep.AGENT_CHECKPOINT, Victim.AGENT),
                new KillPair(Kind.EXECUTOR, DeliveryStep.SUPERVISOR_STARTED, Victim.SUPERVISOR),
                new KillPair(Kind.EXECUTOR, DeliveryStep.EXECUTOR_STARTED, Victim.EXECUTOR),
                new KillPair(Kind.EXECUTOR, DeliveryStep.UPDATE_STORED, Victim.AGENT),
                new KillPair(Kind.EXECUTOR, DeliveryStep.FRAMEWORK_ACKNOWLEDGES, Victim.FRAMEWORK),
                new KillPair(Kind.EXECUTOR, DeliveryStep.ACKNOWLEDGEMENT_COMMITTED, Victim.LEADER));
    }

    @BeforeAll
    static void start() throws IOException {
        site = new DeliverySite(directory);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @Timeout(500)
    void aLaunchAndItsLastUpdateSurviveADeathAtThisStep(KillPair pair) throws IOException {
        assertThat(pair.cannot()).isEmpty();

        System.out.println(site.run(pair));

        assertThat(site.notes()).containsKeys(DeliveryNote.values());
    }
}
