package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Waiting;

/** The alert rules and the dashboard of {@code docs/monitoring} name metrics that a real master has. */
final class MonitoringFilesIT {
    private static final Pattern NAME = Pattern.compile("mesolith_[a-z0-9_]+");
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @Test
    void everyMetricThatTheFilesNameIsThere() throws IOException {
        var named = new TreeSet<String>();
        for (var file : new String[] {"alerts.yaml", "grafana.json"}) {
            var text = Files.readString(
                    Path.of(System.getProperty("mesolith.root")).resolve("docs/monitoring/" + file));
            NAME.matcher(text).results().forEach(found -> named.add(found.group()));
        }
        assertThat(named).hasSizeGreaterThan(30);
        try (var cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(2, 1))) {
            cluster.start();
            var leader = cluster.awaitLeader(LONG);
            Waiting.until("every metric that is named", LONG, () -> {
                var there = leader.get("/metrics")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("# TYPE "))
                        .map(line -> line.split(" ")[2])
                        .collect(Collectors.toSet());
                var missing = new TreeSet<>(named);
                missing.removeAll(there);
                return missing.isEmpty() ? "" : "these are missing: " + missing;
            });
        }
    }
}
