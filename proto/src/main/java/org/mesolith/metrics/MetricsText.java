package org.mesolith.metrics;

import java.util.List;
import java.util.Locale;

/** Samples as Prometheus' text format and as Mesos' snapshot. */
public final class MetricsText {
    /** Content type of {@link #prometheus}. */
    public static final String PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PREFIX = "mesolith_";

    private MetricsText() {}

    /** Every sample with HELP and TYPE, sorted by name. */
    public static String prometheus(List<Sample> samples) {
        var text = new StringBuilder();
        for (var sample : samples.stream().sorted().toList()) {
            var name = PREFIX + sample.name().replaceAll("[^A-Za-z0-9_]", "_").toLowerCase(Locale.ROOT);
            var kind = sample.kind().name().toLowerCase(Locale.ROOT);
            text.append("# HELP ").append(name).append(' ').append(sample.help().replace("\n", " "));
            text.append("\n# TYPE ").append(name).append(' ').append(kind).append('\n');
            text.append(name).append(' ').append(number(sample.value())).append('\n');
        }
        return text.toString();
    }

    /** One JSON object, name to number, sorted by name. Numbers that JSON cannot say are left out. */
    public static String snapshot(List<Sample> samples) {
        var text = new StringBuilder("{");
        for (var sample : samples.stream().sorted().toList()) {
            if (Double.isFinite(sample.value())) {
                text.append(text.length() > 1 ? "," : "")
                        .append('"')
                        .append(escaped(sample.name()))
                        .append("\":");
                text.append(number(sample.value()));
            }
        }
        return text.append('}').toString();
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
