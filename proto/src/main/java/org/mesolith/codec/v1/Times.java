package org.mesolith.codec.v1;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mesolith.proto.gen.v1.DurationInfo;
import org.mesolith.proto.gen.v1.TimeInfo;

/** Times and lengths of time as the interfaces write them: nanoseconds, or seconds in a double. */
public final class Times {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SECONDS_MAX = Long.MAX_VALUE / NANOS_PER_SECOND;

    /** More than any of our counts of nanoseconds holds: 292 years. */
    public static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Times() {}

    /** Empty if it is no number, or more than a count of nanoseconds can hold (292 years). */
    public static Optional<Duration> ofSeconds(double seconds) {
        return Math.abs(seconds) < SECONDS_MAX
                ? Optional.of(Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND)))
                : Optional.empty();
    }

    public static double seconds(Duration duration) {
        return nanos(duration) / NANOS_PER_SECOND;
    }

    /** Since 1970, to the microsecond: a double holds no more in our time. */
    public static double seconds(Instant time) {
        int micros = time.getNano() / 1_000;
        return time.getEpochSecond() + micros / 1e6;
    }

    /** Rounded to the microsecond. A time that no clock shows becomes the end of the range. */
    public static Instant instant(double secondsSince1970) {
        double limit = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        double seconds = Double.isNaN(secondsSince1970) ? 0 : Math.max(-limit, Math.min(limit, secondsSince1970));
        long whole = (long) Math.floor(seconds);
        return Instant.ofEpochSecond(whole, Math.round((seconds - whole) * 1e6) * 1_000);
    }

    /** Stops at 292 years instead of overflowing. */
    public static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    public static Duration duration(DurationInfo info) {
        return Duration.ofNanos(info.getNanoseconds());
    }

    public static DurationInfo info(Duration duration) {
        return DurationInfo.newBuilder().setNanoseconds(nanos(duration)).build();
    }

    public static TimeInfo info(Instant time) {
        return TimeInfo.newBuilder()
                .setNanoseconds(nanos(Duration.between(Instant.EPOCH, time)))
                .build();
    }

    public static Instant instant(TimeInfo info) {
        return Instant.EPOCH.plusNanos(info.getNanoseconds());
    }

    /** A peer may send anything: what is beyond the range becomes its end. */
    public static Instant instant(Timestamp stamp) {
        long seconds =
                Math.clamp(stamp.getSeconds(), Instant.MIN.getEpochSecond() + 3, Instant.MAX.getEpochSecond() - 3);
        return Instant.ofEpochSecond(seconds, stamp.getNanos());
    }

    public static Timestamp stamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    public static Duration duration(com.google.protobuf.Duration wire) {
        return Duration.ofSeconds(
                Math.clamp(wire.getSeconds(), Long.MIN_VALUE + 3, Long.MAX_VALUE - 3), wire.getNanos());
    }

    /** The same, at most {@link #LONGEST}. */
    public static Duration bounded(com.google.protobuf.Duration wire) {
        var duration = duration(wire);
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    public static com.google.protobuf.Duration wire(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
