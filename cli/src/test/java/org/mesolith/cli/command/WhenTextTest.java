package org.mesolith.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.cli.console.Failure;

/** Times and lengths of time as people write them. */
final class WhenTextTest {
    /** A Tuesday in winter, an hour before the midnight of UTC. */
    private static final ZonedDateTime NOW =
            Instant.parse("2026-03-03T23:30:00Z").atZone(ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "now, 2026-03-03T23:30:00Z",
        "in 2h, 2026-03-04T01:30:00Z",
        "in 1h 30m, 2026-03-04T01:00:00Z",
        "today 22:00, 2026-03-04T21:00:00Z",
        "tomorrow 22:00, 2026-03-05T21:00:00Z",
        "Tomorrow  22:00 , 2026-03-05T21:00:00Z",
        "0:15, 2026-03-04T23:15:00Z",
        "00:45, 2026-03-03T23:45:00Z",
        "wednesday 00:15, 2026-03-10T23:15:00Z",
        "wed 22:00, 2026-03-04T21:00:00Z",
        "Friday 02:00, 2026-03-06T01:00:00Z",
        "2026-12-01 02:00, 2026-12-01T01:00:00Z",
        "2026-12-01T02:00, 2026-12-01T01:00:00Z",
        "2026-07-01T02:00:30, 2026-07-01T00:00:30Z",
        "2026-12-01T02:00+03:00, 2026-11-30T23:00:00Z",
        "2026-12-01 02:00Z, 2026-12-01T02:00:00Z",
        "2026-12-01 02:00 UTC, 2026-12-01T02:00:00Z",
        "tomorrow 22:00 America/New_York, 2026-03-05T03:00:00Z",
        "2026-10-25T02:30+01:00, 2026-10-25T01:30:00Z"
    })
    void aMomentIsMeantInTheZoneThatIsNamedElseInOnesOwn(String text, Instant meant) {
        assertThat(WhenText.read("--from", text, NOW)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "22",
                "25:00",
                "tomorrow",
                "tomorrow 22",
                "2026-13-01 02:00",
                "2026-12-01",
                "in 2",
                "in h",
                "in 0m",
                "yesterday 22:00",
                "22:00 Nowhere/City",
                "tomorrow 22:00 tomorrow"
            })
    void whatIsNoMomentIsRefusedWithExamples(String text) {
        assertThatThrownBy(() -> WhenText.read("--from", text, NOW))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--from");
    }

    @ParameterizedTest
    @CsvSource({"2026-03-29 02:30,no such hour", "2026-10-25 02:30,two such hours"})
    void anHourThatAChangeOfClocksLeavesOutOrBringsTwiceIsRefused(String text, String why) {
        assertThatThrownBy(() -> WhenText.read("--from", text, NOW)).hasMessageContaining(why);
    }

    @Test
    void aMomentIsShownWithTheOffsetOfItsZone() {
        assertThat(WhenText.shown(NOW.toInstant(), NOW.getZone())).isEqualTo("2026-03-04 00:30:00 +01:00");
    }

    @ParameterizedTest
    @CsvSource({"90m,PT90M,1h 30m", "1h30m,PT90M,1h 30m", "2D 5s,PT48H5S,2d 5s", "1w,PT168H,7d"})
    void aLengthOfTimeIsReadAndSpoken(String text, Duration meant, String spoken) {
        assertThat(SpanText.read("--for", text)).isEqualTo(meant);
        assertThat(SpanText.spoken(meant)).isEqualTo(spoken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "h", "-1h", "1.5h", "1h,30m", "0s", "99999d", "1y"})
    void aNumberWithoutAUnitAndWhatIsNoLengthAreRefused(String text) {
        assertThatThrownBy(() -> SpanText.read("--for", text))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--for");
    }
}
