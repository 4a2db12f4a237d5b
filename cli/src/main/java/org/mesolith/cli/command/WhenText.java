package org.mesolith.cli.command;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * Moments as people write them, and as they are shown to people. What names no zone of its own is meant in the given
 * one; an hour that a change of clocks leaves out or brings twice is refused.
 */
public final class WhenText {
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss XXX", Locale.ROOT);
    private static final Pattern CLOCK = Pattern.compile("([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?");

    private WhenText() {}

    /** With the offset of the zone, always. */
    public static String shown(Instant at, ZoneId zone) {
        return SHOWN.format(at.atZone(zone));
    }

    /**
     * {@code now}, {@code in 2h}, {@code 22:00} (the next one), {@code today 22:00}, {@code tomorrow 22:00},
     * {@code friday 22:00} (the next one), {@code 2026-12-01 02:00}, {@code 2026-12-01T02:00+01:00}; a zone may follow:
     * {@code tomorrow 22:00 Europe/Berlin}.
     *
     * @param where the option, for the complaint
     * @param now in the zone that is meant
     */
    public static Instant read(String where, String text, ZonedDateTime now) {
        var wanted = text.strip().replaceAll("\\s+", " ");
        var small = wanted.toLowerCase(Locale.ROOT);
        if (small.equals("now")) {
            return now.toInstant();
        }
        if (small.startsWith("in ")) {
            return now.toInstant().plus(SpanText.read(where, small.substring(3)));
        }
        var absolute = absolute(wanted);
        if (absolute != null) {
            return absolute;
        }
        var local = local(small, now);
        if (local != null) {
            return at(where, text, local, now.getZone());
        }
        int space = wanted.lastIndexOf(' ');
        var zone = space < 0 ? null : zone(wanted.substring(space + 1));
        if (zone != null) {
            var there = now.withZoneSameInstant(zone);
            var meant = local(small.substring(0, space), there);
            if (meant != null) {
                return at(where, text, meant, zone);
            }
        }
        throw new Failure(
                ExitCode.USAGE,
                where + " is `" + text + "`, which is no time; give one as `now`, `in 2h`, `22:00`, `tomorrow 22:00`,"
                        + " `friday 22:00`, `2026-12-01 02:00`, `2026-12-01T02:00+01:00`, or with a zone behind it, as"
                        + " `tomorrow 22:00 Europe/Berlin`");
    }

    private static @Nullable Instant absolute(String text) {
        try {
            return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    private static @Nullable LocalDateTime local(String text, ZonedDateTime now) {
        var clock = clock(text);
        if (clock != null) {
            var today = now.toLocalDate().atTime(clock);
            return today.isBefore(now.toLocalDateTime()) ? today.plusDays(1) : today;
        }
        int cut = text.indexOf(' ') < 0 ? text.indexOf('t') : text.indexOf(' ');
        if (cut <= 0) {
            return null;
        }
        var time = clock(text.substring(cut + 1));
        var word = text.substring(0, cut);
        if (time == null) {
            return null;
        }
        if (word.equals("today") || word.equals("tomorrow")) {
            return now.toLocalDate().plusDays(word.equals("today") ? 0 : 1).atTime(time);
        }
        var day = weekday(word);
        if (day != null) {
            var next = now.toLocalDate().with(TemporalAdjusters.nextOrSame(day)).atTime(time);
            return next.isBefore(now.toLocalDateTime()) ? next.plusWeeks(1) : next;
        }
        try {
            return LocalDate.parse(word).atTime(time);
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    private static @Nullable LocalTime clock(String text) {
        var clock = CLOCK.matcher(text);
        if (!clock.matches()) {
            return null;
        }
        int second = clock.group(3) == null ? 0 : Integer.parseInt(clock.group(3));
        return LocalTime.of(Integer.parseInt(clock.group(1)), Integer.parseInt(clock.group(2)), second);
    }

    private static @Nullable DayOfWeek weekday(String word) {
        for (var day : DayOfWeek.values()) {
            var name = day.name().toLowerCase(Locale.ROOT);
            if (word.equals(name) || word.equals(name.substring(0, 3))) {
                return day;
            }
        }
        return null;
    }

    private static @Nullable ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException none) {
            return null;
        }
    }

    private static Instant at(String where, String text, LocalDateTime local, ZoneId zone) {
        var offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() == 1) {
            return local.toInstant(offsets.getFirst());
        }
        throw new Failure(
                ExitCode.USAGE,
                where + " is `" + text + "`, and in " + zone + " clocks are changed then: "
                        + (offsets.isEmpty() ? "there is no such hour" : "there are two such hours")
                        + "; give the offset, as " + local + (offsets.isEmpty() ? "Z" : offsets.getFirst()));
    }
}
