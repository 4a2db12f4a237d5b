package org.mesolith.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mesolith.model.StatusReason;

/** {@code docs/reasons.md} knows every reason, and what shows it exists and has to do with it. */
final class ReasonsPageTest {
    private static final Pattern ROW =
            Pattern.compile("\\| ([A-Z_]+) \\| ([A-Z_, ]*|what it is) ?\\| (.+) \\| (.+) \\|");
    private static final Pattern NAMED = Pattern.compile("`([\\w/.-]+)`");

    private record Row(String reason, String when, String shown) {}

    @Test
    void everyReasonHasARow() throws IOException {
        var known = Stream.of(StatusReason.values())
                .map(reason -> reason.name().substring("REASON_".length()))
                .collect(Collectors.toCollection(java.util.TreeSet::new));

        assertThat(rows().stream().map(Row::reason).distinct()).containsExactlyElementsOf(known);
    }

    @Test
    void whatShowsAReasonExistsAndNamesIt() throws IOException {
        for (var row : rows()) {
            var named = NAMED.matcher(row.shown())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            if (row.when().startsWith("never:")) {
                assertThat(row.shown()).isEqualTo("[differences](deviations.md)");
                continue;
            }
            assertThat(named).as(row.toString()).isNotEmpty();
            for (var name : named) {
                var text = Files.readString(file(name));
                var older = row.reason().replace("AGENT_", "SLAVE_");
                assertThat(List.of("REASON_" + row.reason(), "REASON_" + older))
                        .as(name + " shows " + row.reason())
                        .anyMatch(reason -> Pattern.compile("\\b" + reason + "\\b")
                                .matcher(text)
                                .find());
            }
        }
    }

    @Test
    void theOtherPageLeadsHere() throws IOException {
        assertThat(Files.readString(Page.root().resolve("docs/deviations.md"))).contains("(reasons.md)");
    }

    private static List<Row> rows() throws IOException {
        var rows = new ArrayList<Row>();
        for (var line : Files.readAllLines(Page.root().resolve("docs/reasons.md"))) {
            if (line.startsWith("| ") && !line.startsWith("| reason ")) {
                var parts = ROW.matcher(line);
                assertThat(parts.matches()).as(line).isTrue();
                rows.add(new Row(parts.group(1), parts.group(3), parts.group(4)));
            }
        }
        return rows;
    }

    /** A test by its class, or a file of scenarios by its place. */
    private static Path file(String name) throws IOException {
        if (name.endsWith(".yaml")) {
            return Page.root().resolve("chaos-tests/src/test/resources").resolve(name);
        }
        for (var module : List.of("agent", "master-raft", "statemachine", "chaos-tests", "cli")) {
            var tests = Page.root().resolve(module).resolve("src/test/java");
            try (Stream<Path> files = Files.walk(tests)) {
                var found = files.filter(file -> file.endsWith(name + ".java")).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        throw new AssertionError("there is no test " + name);
    }
}
