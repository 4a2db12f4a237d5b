package org.mesolith.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mesolith.cli.bench.RetentionSample.Figure;
import org.mesolith.store.RegistryStore;

final class RetentionSampleTest {
    private static List<RetentionSample> week(Figure leaking, double shareInADay) {
        var samples = new ArrayList<RetentionSample>();
        for (int sample = 1; sample <= 84; sample++) {
            double days = sample / 12.0;
            var figures = new ArrayList<>(Collections.nCopies(Figure.values().length, 1_000_000L));
            // From the middle of the week on the mean is what it is there.
            figures.set(leaking.ordinal(), Math.round(1_000_000 * (1 + shareInADay * (days - 4.7))));
            samples.add(new RetentionSample(days, figures));
        }
        return samples;
    }

    private static boolean flat(List<RetentionSample> samples, ByteArrayOutputStream said) {
        return RetentionSample.judge(samples, new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(value = Figure.class, names = "CACHE", mode = EnumSource.Mode.EXCLUDE)
    void oneFigureThatGrowsByMoreThanTwoPercentInADayIsEnough(Figure leaking) {
        var said = new ByteArrayOutputStream();

        assertThat(flat(week(leaking, 0.021), said)).isFalse();
        assertThat(said.toString(StandardCharsets.UTF_8).lines().filter(line -> line.endsWith(": it grows")))
                .hasSize(1);
        assertThat(flat(week(leaking, 0.019), said)).isTrue();
        assertThat(flat(week(leaking, -0.3), said)).isTrue();
    }

    @Test
    void theCacheMayFillToItsBoundAndNoFurther() {
        var said = new ByteArrayOutputStream();
        long bound = RegistryStore.CACHE_BYTES_MAX;

        assertThat(flat(filling(bound), said)).isTrue();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("within its bound of " + bound);
        assertThat(flat(filling(bound + 1), said)).isFalse();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("above its bound of " + bound);
    }

    /** Empty at first. */
    private static List<RetentionSample> filling(long last) {
        var samples = new ArrayList<>(week(Figure.HEAP, 0));
        for (int sample = 0; sample < samples.size(); sample++) {
            var figures = new ArrayList<>(samples.get(sample).figures());
            figures.set(Figure.CACHE.ordinal(), last * (sample + 1) / samples.size());
            samples.set(sample, new RetentionSample(samples.get(sample).days(), figures));
        }
        return samples;
    }
}
