package org.mesolith.cli.render;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.mesolith.cli.client.JsonObject;

/** How single facts of the API are shown in a cell. */
public final class Texts {

    private Texts() {}

    /** {@code cpus:4 mem:8192 disk:…}: the scalars summed by name in the order they come, other kinds by their name. */
    public static String resources(List<JsonObject> resources) {
        var names = new ArrayList<String>();
        var sums = new ArrayList<Double>();
        for (JsonObject resource : resources) {
            String name = resource.text("name") + (resource.has("revocable") ? "_revocable" : "");
            int at = names.indexOf(name);
            if (at < 0) {
                names.add(name);
                sums.add(0.0);
                at = names.size() - 1;
            }
            sums.set(at, sums.get(at) + amount(resource));
        }
        var text = new StringBuilder();
        for (int at = 0; at < names.size(); at++) {
            text.append(at == 0 ? "" : " ").append(names.get(at)).append(':').append(decimal(sums.get(at)));
        }
        return text.toString();
    }

    /** The same of scalars by name, as quotas have them: {@code {"cpus":{"value":4}}}. */
    public static String amounts(JsonObject byName) {
        var text = new StringJoiner(" ");
        byName.fields()
                .keySet()
                .forEach(name ->
                        text.add(name + ":" + decimal(byName.object(name).number("value", 0))));
        return text.toString();
    }

    /** The amount of one resource: a scalar's value, the number of values of ranges and sets. */
    private static double amount(JsonObject resource) {
        double sum = resource.number("scalar.value", 0);
        for (JsonObject range : resource.objects("ranges.range")) {
            sum += range.whole("end", 0) - range.whole("begin", 0) + 1.0;
        }
        return sum + resource.texts("set.item").size();
    }

    /** A number with at most three decimals and no needless zero. */
    public static String decimal(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        String text = String.format(Locale.ROOT, "%.3f", value);
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, end);
    }

    /** How long ago: {@code 5s}, {@code 12m}, {@code 3h}, {@code 9d}; empty for a time that is not set. */
    public static String age(double epochSeconds, Instant now) {
        if (epochSeconds <= 0) {
            return "";
        }
        long seconds = Math.max(0, now.getEpochSecond() - (long) epochSeconds);
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + "m";
        }
        return seconds < 172_800 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
    }

    /** The seconds of a TimeInfo ({@code {"nanoseconds":N}}), 0 if it is not set. */
    public static double seconds(JsonObject timeInfo) {
        return timeInfo.number("nanoseconds", 0) / 1e9;
    }

    /** A span as people read it: {@code 840 ms}, {@code 1.2 s}. */
    public static String span(Duration span) {
        long millis = span.toMillis();
        return millis < 1_000 ? millis + " ms" : decimal(Math.round(millis / 100.0) / 10.0) + " s";
    }

    /** {@code TASK_RUNNING} as {@code RUNNING}. */
    public static String state(String taskState) {
        return taskState.startsWith("TASK_") ? taskState.substring("TASK_".length()) : taskState;
    }
}
