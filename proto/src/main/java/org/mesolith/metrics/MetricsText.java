package org.mesolith.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Samples as Prometheus' text format and as Mesos' snapshot. */
public final class MetricsText {
    /** Content type of {@link #prometheus}. */
    public static final String PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PREFIX = "mesolith_";
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_]+");
    private static final Comparator<Sample> BY_FAMILY =
            Comparator.comparing(Sample::family).thenComparing(Sample::name);

    private MetricsText() {}

    /** Every family once with HELP and TYPE, sorted by name; below it its samples. */
    public static String prometheus(List<Sample> samples) {
        var text = new StringBuilder();
        var last = "";
        for (var sample : samples.stream().sorted(BY_FAMILY).toList()) {
            var name = PREFIX + identifier(sample.family());
            if (!name.equals(last)) {
                var kind = sample.kind().name().toLowerCase(Locale.ROOT);
                text.append("# HELP ").append(name).append(' ').append(help(sample.help()));
                text.append("\n# TYPE ").append(name).append(' ').append(kind).append('\n');
                last = name;
            }
            text.append(name);
            labels(sample.labels(), text);
            text.append(' ').append(number(sample.value())).append('\n');
        }
        return text.toString();
    }

    /** One JSON object, name to number, sorted by name. Numbers that JSON cannot say are left out. */
    public static String snapshot(List<Sample> samples) {
        var text = new StringBuilder("{");
        for (var sample : samples.stream().sorted().toList()) {
            if (Double.isFinite(sample.value())) {
                text.append(text.length() > 1 ? "," : "");
                json(sample.name(), text);
                text.append(':').append(number(sample.value()));
            }
        }
        return text.append('}').toString();
    }

    private static String identifier(String name) {
        return NOT_IN_NAMES.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    private static String help(String sentence) {
        return sentence.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static void labels(List<Sample.Label> labels, StringBuilder text) {
        var before = "{";
        for (var label : labels) {
            var value =
                    label.value().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            text.append(before)
                    .append(identifier(label.name()))
                    .append("=\"")
                    .append(value)
                    .append('"');
            before = ",";
        }
        text.append(labels.isEmpty() ? "" : "}");
    }

    private static void json(String name, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                default -> {
                    if (c < ' ') {
                        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
