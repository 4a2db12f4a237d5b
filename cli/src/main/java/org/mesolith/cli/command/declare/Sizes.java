package org.mesolith.cli.command.declare;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sizes of memory and disk: the file has units, the interface has megabytes. */
final class Sizes {
    private static final BigDecimal STEP = BigDecimal.valueOf(1_024);

    /** The largest first. */
    private static final Map<String, BigDecimal> MEGABYTES = megabytes();

    private Sizes() {}

    private static Map<String, BigDecimal> megabytes() {
        var units = new LinkedHashMap<String, BigDecimal>();
        units.put("TB", STEP.pow(2));
        units.put("GB", STEP);
        units.put("MB", BigDecimal.ONE);
        return units;
    }

    /** Of a text that {@link FileKeys#SIZE} fits. */
    static String megabytes(String size) {
        int end = size.length() - 2;
        var unit = MEGABYTES.getOrDefault(size.substring(end), BigDecimal.ONE);
        return new BigDecimal(size.substring(0, end))
                .multiply(unit)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The largest unit of which it is a whole number, else megabytes. */
    static String spoken(String megabytes) {
        var amount = new BigDecimal(megabytes);
        for (var unit : MEGABYTES.entrySet()) {
            var count = amount.divide(unit.getValue(), 9, RoundingMode.HALF_UP).stripTrailingZeros();
            if (amount.signum() > 0 && count.scale() <= 0) {
                return count.toPlainString() + unit.getKey();
            }
        }
        return amount.stripTrailingZeros().toPlainString() + "MB";
    }
}
