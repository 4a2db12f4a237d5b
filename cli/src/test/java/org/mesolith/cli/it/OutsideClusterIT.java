package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.check.Checkers;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/** A cluster that somebody started to be thrown away is used and checked from outside, while its leader is killed. */
@Tag("nightly")
final class OutsideClusterIT {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Pattern OPERATIONS = Pattern.compile("operations: [1-9]");

    @TempDir
    private Path directory;

    @Test
    @Timeout(420)
    void aClusterThatMayBeThrownAwayIsCheckedFromOutsideWhileItsLeaderDies() {
        var settings = ClusterProcess.Settings.of(3, 2).withMasterOptions("--throw_away");
        try (var cluster = new ClusterProcess(Installation.current(), directory.resolve("cluster"), settings)) {
            cluster.start();
            assertThat(meso("set", "context", "set", "shop", "--masters", cluster.masterAddresses())
                            .awaitEnd(LONG))
                    .isZero();

            OsProcess test = meso("test", "chaos", "test", "--against", "shop", "--minutes", "1", "--dir", "history");
            Waiting.until(
                    "operations", LONG, () -> OPERATIONS.matcher(test.tail()).find() ? "" : "says: " + test.tail());
            var leader = cluster.awaitLeader(LONG);
            leader.process().killNow();
            cluster.awaitLeaderOtherThan(leader, LONG);
            leader.startAndAwaitHealth(LONG, false);

            assertThat(test.awaitEnd(LONG)).as(test.tail()).isZero();
            assertThat(test.tail()).contains(Checkers.ALL.size() + " passed, 0 failed");
        }
    }

    private OsProcess meso(String name, String... arguments) {
        return OsProcess.start(
                name,
                Installation.current().command(arguments),
                Map.of("HOME", directory.toString(), "XDG_CONFIG_HOME", directory.toString()),
                directory,
                directory.resolve(name + ".log"));
    }
}
