package org.mesolith.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code docs/trials.md} and the runbooks say is tested is tested. */
final class TrialsPageTest {
    private static final String TESTS = "org.mesolith.cli.it.";
    private static final String TEST_FILES = "cli/src/test/java/org/mesolith/cli/it";
    private static final Pattern ROW =
            Pattern.compile("\\| (F\\d+) \\|.*\\| `(\\w+)\\.(\\w+)` \\| (always|nightly) \\|");

    @Test
    void everyTrialNamesATestThatExistsAndWhenItRuns() throws Exception {
        var rows = Files.readAllLines(Page.root().resolve("docs/trials.md")).stream()
                .filter(line -> line.startsWith("| F"))
                .toList();
        for (var row : rows) {
            var parts = ROW.matcher(row);
            assertThat(parts.matches()).as(row).isTrue();
            var method = Stream.of(Class.forName(TESTS + parts.group(2)).getDeclaredMethods())
                    .filter(found -> found.getName().equals(parts.group(3)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no such test: " + row));
            boolean nightly = isNightly(method.getAnnotation(Tag.class))
                    || isNightly(method.getDeclaringClass().getAnnotation(Tag.class));
            assertThat(nightly ? "nightly" : "always").as(row).isEqualTo(parts.group(4));
        }
    }

    /** What the nightly profile found last stands there for every class that only it runs, part by part or whole. */
    @Test
    void everyTestOfTheNightHasItsLastResultOnThePage() throws IOException {
        var page = Files.readString(Page.root().resolve("docs/trials.md"));
        var forgotten = new ArrayList<String>();
        try (Stream<Path> files = Files.list(Page.root().resolve(TEST_FILES))) {
            for (var file : files.filter(file -> file.toString().endsWith("IT.java"))
                    .sorted()
                    .toList()) {
                var name = String.valueOf(file.getFileName()).replace(".java", "");
                var row = Pattern.compile("(?m)^\\| `" + name + "`[^|]*\\| \\d+ \\| \\d+ s \\| \\S.*\\|$");
                if (text(file).contains("@Tag(\"nightly\")")
                        && !row.matcher(page).find()) {
                    forgotten.add(name);
                }
            }
        }
        assertThat(forgotten).isEmpty();
    }

    private static boolean isNightly(@Nullable Tag tag) {
        return tag != null && tag.value().equals("nightly");
    }

    @Test
    void noTrialIsLeftOut() throws IOException {
        var text = Files.readString(Page.root().resolve("docs/trials.md"));
        var found = new TreeSet<>(List.of(text.lines()
                .filter(line -> line.startsWith("| F"))
                .map(line -> line.split(" ")[1])
                .toArray(String[]::new)));

        assertThat(found)
                .contains("F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10")
                .contains("F12", "F15", "F17", "F19", "F20", "F21");
    }

    /** A page with commands is run, whole or part by part, by a test that names it. */
    @Test
    void everyRunbookIsRunByATest() throws IOException {
        var sources = sources();
        var forgotten = new ArrayList<String>();
        try (Stream<Path> pages = Files.list(Page.root().resolve("docs/operations"))) {
            for (var page : pages.sorted().toList()) {
                var name = String.valueOf(page.getFileName()).replace(".md", "");
                boolean runs = sources.contains("\"" + name + "\"") || sources.contains("\"" + name + "#");
                if (Files.readString(page).contains("```sh\n") && !runs) {
                    forgotten.add(name);
                }
            }
        }
        assertThat(forgotten).isEmpty();
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.list(Page.root().resolve(TEST_FILES))) {
            return files.filter(file -> file.toString().endsWith("IT.java"))
                    .map(TrialsPageTest::text)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
