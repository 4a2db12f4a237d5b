package org.mesolith.cli.chaos;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mesolith.check.history.Pairs;
import org.mesolith.cli.client.JsonObject;

/** Sums of scalar resources by name, as a history holds them: exact to a thousandth. */
final class Scalars {
    private static final double MILLI = 1_000;

    private Scalars() {}

    /** Everything that is in the list, whatever it is reserved for; {@code cpus=8 mem=4096}. */
    static String text(List<JsonObject> resources) {
        Map<String, Long> sums = new TreeMap<>();
        for (JsonObject resource : resources) {
            if (resource.has("scalar")) {
                sums.merge(resource.text("name"), Math.round(resource.number("scalar.value", 0) * MILLI), Long::sum);
            }
        }
        var shown = new TreeMap<String, String>();
        sums.forEach((name, milli) -> shown.put(name, decimal(milli)));
        return Pairs.text(shown);
    }

    /** A number as it stands in a history. */
    static String number(double value) {
        return decimal(Math.round(value * MILLI));
    }

    private static String decimal(long milli) {
        return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
    }
}
