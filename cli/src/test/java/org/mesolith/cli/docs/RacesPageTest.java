package org.mesolith.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/races.md} says is shown by a test or scenario is. */
final class RacesPageTest {
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)`");
    private static final Pattern SCENARIO = Pattern.compile("`([a-z]+(?:\\.[a-z-]+)+)`");
    private static final List<String> MODULES =
            List.of("proto", "statemachine", "master-raft", "agent", "chaos-tests", "cli");
    private static final int ROWS_MIN = 20;

    @Test
    void everyRaceNamesTestsAndScenariosThatExist() throws IOException {
        var tests = tests();
        var scenarios = scenarios();
        var wrong = new ArrayList<String>();
        int rows = 0;
        for (var line : Files.readAllLines(Page.root().resolve("docs/races.md"))) {
            int named = 0;
            for (var found = TEST.matcher(line); found.find(); named++) {
                var text = tests.getOrDefault(found.group(1), "");
                if (!text.contains("void " + found.group(2) + "(")) {
                    wrong.add("no such test: " + found.group());
                }
            }
            for (var found = SCENARIO.matcher(line); found.find(); named++) {
                if (!scenarios.contains(found.group(1))) {
                    wrong.add("no such scenario: " + found.group());
                }
            }
            boolean isRow = line.startsWith("| ") && !line.endsWith("| shown by |");
            rows += isRow ? 1 : 0;
            if (isRow && named == 0) {
                wrong.add("shown by nothing: " + line);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(rows).isGreaterThan(ROWS_MIN);
    }

    /** Texts of all test classes by name. */
    private static Map<String, String> tests() throws IOException {
        var texts = new TreeMap<String, String>();
        for (var module : MODULES) {
            for (var file : below(module + "/src/test/java", ".java")) {
                texts.put(String.valueOf(file.getFileName()).replace(".java", ""), Files.readString(file));
            }
        }
        return texts;
    }

    private static Set<String> scenarios() throws IOException {
        var ids = new TreeSet<String>();
        for (var file : below("chaos-tests/src/test/resources", ".yaml")) {
            Files.readString(file)
                    .lines()
                    .filter(line -> line.startsWith("id: "))
                    .forEach(line -> ids.add(line.substring(4).strip()));
        }
        return ids;
    }

    private static List<Path> below(String directory, String ending) throws IOException {
        try (var files = Files.walk(Page.root().resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
