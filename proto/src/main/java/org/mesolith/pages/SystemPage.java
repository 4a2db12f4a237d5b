package org.mesolith.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mesolith.codec.legacy.JsonText;
import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;

/** {@code /system/stats.json}: the machine of a process, as Linux tells it. Any thread; reads {@code /proc}. */
public final class SystemPage {
    /** Where it is served. */
    public static final String PATH = "/system/stats.json";

    private static final List<String> LOADS = List.of("avg_load_1min", "avg_load_5min", "avg_load_15min");
    private static final long KIB = 1_024;

    private SystemPage() {}

    /** The page; what the machine does not tell is missing. */
    public static HttpAnswer.Full answer() {
        return answer(Path.of("/proc"), Runtime.getRuntime().availableProcessors());
    }

    static HttpAnswer.Full answer(Path proc, int processors) {
        var all = new LinkedHashMap<String, Object>();
        var loads = lines(proc.resolve("loadavg")).stream()
                .findFirst()
                .map(line -> line.split(" "))
                .orElse(new String[0]);
        for (int i = 0; i < LOADS.size() && i < loads.length; i++) {
            all.put(LOADS.get(i), Double.parseDouble(loads[i]));
        }
        all.put("cpus_total", processors);
        for (var line : lines(proc.resolve("meminfo"))) {
            put(all, line, "MemTotal:", "mem_total_bytes");
            put(all, line, "MemFree:", "mem_free_bytes");
        }
        return HttpAnswer.of(200, "application/json", Body.of(JsonText.of(all)));
    }

    private static void put(Map<String, Object> all, String line, String begins, String key) {
        if (line.startsWith(begins)) {
            all.put(key, Long.parseLong(line.substring(begins.length()).strip().split(" ")[0]) * KIB);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unknown) {
            return List.of();
        }
    }
}
