package org.mesolith.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class MetricsTextTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static Sample calls(String framework, String help) {
        return new Sample(
                "master/frameworks/" + framework + "/calls",
                Sample.Kind.COUNTER,
                help,
                2,
                "master/frameworks/calls",
                List.of(new Sample.Label("framework-name", framework)));
    }

    @Test
    void aFamilyIsExplainedOnceAndItsSamplesDifferByLabels() {
        var text = MetricsText.prometheus(
                List.of(calls("b\"\\\n", "Calls."), Sample.gauge("a/x-y", "Of\nwhat.", 0.5), calls("a", "Calls.")));

        assertThat(text).isEqualTo("""
                        # HELP mesolith_a_x_y Of\\nwhat.
                        # TYPE mesolith_a_x_y gauge
                        mesolith_a_x_y 0.5
                        # HELP mesolith_master_frameworks_calls Calls.
                        # TYPE mesolith_master_frameworks_calls counter
                        mesolith_master_frameworks_calls{framework_name="a"} 2
                        mesolith_master_frameworks_calls{framework_name="b\\"\\\\\\n"} 2
                        """);
    }

    @Test
    void theSnapshotNamesEveryNumberThatJsonCanSay() {
        var text = MetricsText.snapshot(List.of(
                Sample.gauge("z", "Z.", Double.NaN), Sample.gauge("b\"\t", "B.", 1.5), Sample.gauge("a", "A.", 3)));

        assertThat(text).isEqualTo("{\"a\":3,\"b\\\"\\u0009\":1.5}");
    }

    private static Map<String, Double> shown(TimeWindow window, Instant now) {
        var shown = new TreeMap<String, Double>();
        window.show(now, shown::put);
        return shown;
    }

    @Test
    void timesOfTheLastHourAreSummedUp() {
        var window = new TimeWindow();
        for (int i = 1; i <= 100; i++) {
            window.add(NOW, Duration.ofMillis(i));
        }

        assertThat(shown(window, NOW))
                .containsEntry("", 100.0)
                .containsEntry("/count", 100.0)
                .containsEntry("/min", 1.0)
                .containsEntry("/max", 100.0)
                .containsEntry("/p50", 50.5)
                .containsKeys("/p90", "/p95", "/p99", "/p999", "/p9999");
    }

    @Test
    void olderTimesAreForgottenAndSoAreMoreThanAThousand() {
        var window = new TimeWindow();
        window.add(NOW, Duration.ofSeconds(9));
        for (int i = 0; i < 1_000; i++) {
            window.add(NOW, Duration.ofMillis(1));
        }

        assertThat(shown(window, NOW)).containsEntry("/count", 1000.0).containsEntry("/max", 1.0);
        assertThat(shown(window, NOW.plus(Duration.ofMinutes(61)))).containsExactly(Map.entry("/count", 0.0));
    }
}
