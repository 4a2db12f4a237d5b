package org.mesolith.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** Growth that is planted, and none. */
final class UseIsFlatTest {
    private static final int MINUTES = 60;

    private static Verdict check(String settings, IntToLongFunction memory) {
        var tale = new Tale(settings);
        for (int minute = 0; minute < MINUTES; minute++) {
            tale.millis(60_000)
                    .seen("use-watch", "use", "of=master-1 threads=40 memory_bytes=" + memory.applyAsLong(minute));
        }
        return new UseIsFlat().check(tale.end());
    }

    @Test
    void whatStaysIsFlatAlsoWhenItRisesAtFirstAndTrembles() {
        var verdict = check(
                "growth-percent-max=2",
                minute -> minute < 15 ? 10_000_000L * minute : 150_000_000L + minute % 3 * 1_000L);

        assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Verdict.Outcome.PASSED);
    }

    @Test
    void whatGrowsThreePercentInAnHourIsFound() {
        var verdict = check("growth-percent-max=2", minute -> 100_000_000L + 50_000L * minute);

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(verdict.problems()).singleElement().asString().contains("master-1 memory_bytes grows by 2.9 %");
    }

    @Test
    void whereNobodyAskedForItNothingIsSaid() {
        assertThat(check("profile=quick", minute -> 1L + 1_000L * minute).outcome())
                .isEqualTo(Verdict.Outcome.PASSED);
    }

    @Test
    void aRunThatMeasuredNothingIsNotFlat() {
        var verdict = new UseIsFlat().check(new Tale("growth-percent-max=2").end());

        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAILED);
    }
}
