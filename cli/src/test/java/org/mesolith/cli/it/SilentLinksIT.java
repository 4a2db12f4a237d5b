package org.mesolith.cli.it;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Trick;
import org.mesolith.process.Waiting;
import org.mesolith.process.Way;

/** Connections between masters that stay open and are silent for ever, as after a firewall that was started again. */
final class SilentLinksIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String ASK = "/api/v1?consistency=linearizable";

    @TempDir
    private Path directory;

    @Test
    void aLeaderWhoseConnectionsFellSilentFollowsTheNextOneAsSoonAsItCanBeReached() {
        var settings = ClusterProcess.Settings.of(3, 0).withWires();
        try (var cluster = new ClusterProcess(Installation.current(), directory, settings)) {
            cluster.start();
            Member first = cluster.awaitLeader(LONG);
            var others = cluster.masters().stream()
                    .filter(master -> !master.equals(first))
                    .map(Member::name)
                    .toList();

            try (var _ = cluster.wires().play(Way.between(first.name(), others), Trick.DEAD)) {
                cluster.awaitLeaderOtherThan(first, LONG);
            }

            // New connections work; the old ones stay silent for as long as nobody makes them anew.
            Waiting.until(first.name() + " to answer as new as its leader is", LONG, () -> {
                Probe answer = Probe.ask(first.address(), ASK, "{\"type\":\"GET_WEIGHTS\"}", Duration.ofSeconds(4));
                return answer.isOk() ? "" : answer.status() + " " + answer.body();
            });
        }
    }
}
