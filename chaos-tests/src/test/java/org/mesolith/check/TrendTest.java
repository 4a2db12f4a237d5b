package org.mesolith.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class TrendTest {
    private static List<Trend.Point> week(DoubleUnaryOperator value) {
        var points = new ArrayList<Trend.Point>();
        for (int sample = 1; sample <= 84; sample++) {
            points.add(new Trend.Point(sample / 12.0, value.applyAsDouble(sample / 12.0)));
        }
        return points;
    }

    @Test
    void whatStaysIsFlat() {
        assertThat(Trend.of(week(day -> 500)).shareGrown()).isZero();
    }

    @Test
    void whatIsReachedInTheFirstThirdDoesNotCount() {
        assertThat(Trend.of(week(day -> Math.min(day, 2) * 100)).shareGrown()).isZero();
    }

    @Test
    void whatGrowsIsFoundAlsoBehindASaw() {
        var trend = Trend.of(week(day -> 100 + 5 * day + 10 * (day % 1)));

        assertThat(trend.slope()).isCloseTo(5, within(1.0));
        assertThat(trend.shareGrown()).isGreaterThan(0.02);
    }
}
