package org.mesolith.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.mesolith.scenario.grammar.Scenario;
import org.mesolith.scenario.grammar.ScenarioReader;
import org.mesolith.scenario.yaml.Place;
import org.mesolith.scenario.yaml.UnreadableException;

/** Finds scenario files and reads them. */
public final class ScenarioFiles {
    /** Largest file that is read. */
    private static final long BYTES_MAX = 16L << 20;

    private static final int DEPTH_MAX = 32;

    /**
     * What was read.
     *
     * @param complaints one for each file that cannot be used
     */
    public record Loaded(List<Scenario> scenarios, List<String> complaints) {
        public Loaded {
            scenarios = List.copyOf(scenarios);
            complaints = List.copyOf(complaints);
        }
    }

    private ScenarioFiles() {}

    /** Reads files, and of folders every file below them whose name ends with {@code .yaml}; each once, in order. */
    public static Loaded load(List<Path> paths) {
        var scenarios = new ArrayList<Scenario>();
        var complaints = new ArrayList<String>();
        var seen = new TreeSet<Path>();
        for (var path : paths) {
            try {
                for (var file : files(path)) {
                    if (seen.add(file.toRealPath())) {
                        scenarios.addAll(read(file));
                    }
                }
            } catch (UnreadableException bad) {
                complaints.add(String.valueOf(bad.getMessage()));
            } catch (IOException bad) {
                complaints.add(path + ": cannot be read: " + bad + "; name a scenario file or a folder of them");
            }
        }
        return new Loaded(scenarios, complaints);
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (var below = Files.walk(path, DEPTH_MAX)) {
            return below.filter(file -> file.toString().endsWith(".yaml") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private static List<Scenario> read(Path file) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            throw new UnreadableException(
                    new Place(file.toString(), 1),
                    "the file has " + Files.size(file) + " bytes; at most " + BYTES_MAX + " are read");
        }
        return ScenarioReader.read(file.toString(), Files.readString(file));
    }
}
