package org.mesolith.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Fixed-point numbers with three decimals, kept as a {@code long} count of thousandths: 1.5 cpus are 1500.
 *
 * <p>All scalars of resources are such numbers (Mesos compares and adds scalars rounded to three decimals), so that
 * arithmetic is exact and the same on every machine. Halves round away from zero.
 */
public final class Milli {
    /** Thousandths in one. */
    public static final long ONE = 1000;

    /** Largest absolute value that can be read, in units: far above any limit of the API, far below overflow. */
    public static final long UNITS_MAX = 1_000_000_000_000_000L;

    private static final int TEXT_LENGTH_MAX = 64;
    private static final Pattern NUMBER = Pattern.compile("\\+?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,2})?");

    private Milli() {}

    /** Thousandths in this many units. */
    public static long ofUnits(long units) {
        return Math.multiplyExact(units, ONE);
    }

    /** Whether a number from outside can be kept: finite and within {@link #UNITS_MAX}. */
    public static boolean fits(double units) {
        return Math.abs(units) <= (double) UNITS_MAX;
    }

    /**
     * Rounds a number from outside to three decimals.
     *
     * @throws IllegalArgumentException if it is not finite or beyond {@link #UNITS_MAX}; ask {@link #fits} first
     */
    public static long ofDouble(double units) {
        if (!fits(units)) {
            throw new IllegalArgumentException("number " + units + " is not finite or beyond " + UNITS_MAX);
        }
        long magnitude = Math.round(Math.abs(units) * ONE);
        return units < 0 ? -magnitude : magnitude;
    }

    /** The nearest double, for the API's messages. */
    public static double toDouble(long milli) {
        return milli / (double) ONE;
    }

    /** Reads a decimal number that is not negative; empty if the text is something else ("inf", "nan", "-1", "x"). */
    public static OptionalLong read(String text) {
        if (text.length() > TEXT_LENGTH_MAX || !NUMBER.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        BigDecimal units = new BigDecimal(text);
        if (units.compareTo(BigDecimal.valueOf(UNITS_MAX)) > 0) {
            throw new MalformedTextException(
                    "number " + text + " is too large; at most " + UNITS_MAX + " can be kept exactly");
        }
        return OptionalLong.of(
                units.movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /** Writes at most three decimals, without trailing zeros. */
    public static String text(long milli) {
        if (milli % ONE == 0) {
            return Long.toString(milli / ONE);
        }
        String sign = milli < 0 ? "-" : "";
        String fraction = Long.toString(ONE + Math.abs(milli % ONE)).substring(1);
        int end = fraction.length();
        while (fraction.charAt(end - 1) == '0') {
            end--;
        }
        return sign + Math.abs(milli / ONE) + "." + fraction.substring(0, end);
    }

    /** The sum, or the largest long if the sum is beyond it: quantities of a whole cluster never wrap around. */
    static long plusSaturated(long left, long right) {
        long sum = left + right;
        return ((left ^ sum) & (right ^ sum)) < 0 ? Long.MAX_VALUE : sum;
    }
}
