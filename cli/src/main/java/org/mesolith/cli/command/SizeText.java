package org.mesolith.cli.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** Sizes of disk as operators write them: a number and its unit, powers of 1,024 as everywhere in Mesos. */
public final class SizeText {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,3})?)([A-Za-z]*)");
    private static final BigDecimal STEP = BigDecimal.valueOf(1_024);
    private static final Map<String, BigDecimal> MEGABYTES =
            Map.of("MB", BigDecimal.ONE, "GB", STEP, "TB", STEP.pow(2));

    private SizeText() {}

    /**
     * Megabytes, the unit of `disk` in the API.
     *
     * @param where the option or argument, for the complaint
     */
    public static double megabytes(String where, String text) {
        var parts = SIZE.matcher(text);
        if (!parts.matches()) {
            throw wrong(where, text, "is not a number with a unit");
        }
        var unit = MEGABYTES.get(parts.group(2).toUpperCase(Locale.ROOT));
        if (unit == null) {
            throw wrong(
                    where,
                    text,
                    parts.group(2).isEmpty() ? "has no unit" : "has a unit that is not known: " + parts.group(2));
        }
        var size = new BigDecimal(parts.group(1)).multiply(unit).setScale(3, RoundingMode.HALF_UP);
        if (size.signum() <= 0) {
            throw wrong(where, text, "is not above 0");
        }
        return size.doubleValue();
    }

    private static Failure wrong(String where, String text, String why) {
        return new Failure(ExitCode.USAGE, where + " `" + text + "` " + why + "; write it like 512MB, 20GB or 1.5TB");
    }
}
