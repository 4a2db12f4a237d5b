package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.cli.render.Table;

/**
 * Every table and every kind of error as an operator sees it on a terminal, of one cluster that does not change; in
 * {@code src/test/resources/screens}. Made anew with {@code -Dupdate=true}.
 */
final class ScreensTest {
    private static final Path SCREENS =
            Path.of(System.getProperty("mesolith.root", ".."), "cli/src/test/resources/screens");

    private FakeServer master;

    @BeforeEach
    void start() throws IOException {
        Map<String, String> answers = answers();
        master = new FakeServer((request, out) -> {
            String key = request.body().isEmpty() ? request.target() : type(request.body());
            String answer = answers.get(key);
            out.write(
                    answer == null
                            ? FakeServer.answer(404, "", "nothing is known of " + key)
                            : FakeServer.answer(answer.startsWith("{\"refused") ? 409 : 200, "", answer));
        });
    }

    @AfterEach
    void stop() throws IOException {
        master.close();
    }

    /** Blocks of a file: a line {@code == KEY}, then the JSON; KEY is the type of a call or a path. */
    private static Map<String, String> answers() throws IOException {
        var found = new java.util.HashMap<String, String>();
        for (String block : Files.readString(SCREENS.resolve("cluster")).split("(?m)^== ", -1)) {
            int end = block.indexOf('\n');
            if (end > 0) {
                found.put(block.substring(0, end), block.substring(end + 1).strip());
            }
        }
        return found;
    }

    private static String type(String body) {
        int from = body.indexOf("\"type\":\"") + 8;
        return body.substring(from, body.indexOf('"', from));
    }

    /** The lines of the file that lists them: a name, and what is typed. */
    static Stream<String> screens() throws IOException {
        return Files.readAllLines(SCREENS.resolve("list")).stream().filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("screens")
    void theScreenIsAsItWas(String line) throws IOException {
        String name = line.substring(0, line.indexOf(' '));
        String typed = line.substring(line.indexOf(' ')).strip();

        Run seen = run("12", typed);

        String screen = "$ meso " + typed + "\n" + seen.out() + seen.err() + "exit " + seen.code() + "\n";
        String text = screen.replace(master.address(), "10.0.0.1:5050");
        Path golden = SCREENS.resolve(name + ".txt");
        if (Boolean.getBoolean("update")) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
        assertThat(text).doesNotContain("\u001b").doesNotContain("\tat ");
        assertThat(seen.out().lines()).allMatch(row -> row.length() <= Table.TERMINAL_COLUMNS);
    }

    @Test
    void everyScreenIsListedOnce() throws IOException {
        var named = new ArrayList<>(List.of("cluster", "list"));
        screens().forEach(line -> named.add(line.substring(0, line.indexOf(' ')) + ".txt"));
        try (var files = Files.list(SCREENS)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Test
    void everyReadThatShowsATableIsAmongThem() throws IOException {
        var typed =
                screens().map(line -> line.substring(line.indexOf(' ')).strip()).toList();

        assertThat(Catalog.ENTRIES.stream().map(Catalog.Entry::name))
                .filteredOn(name -> name.matches(".* (ls|show|status|get)") && !name.startsWith("cluster "))
                .allMatch(name -> typed.stream().anyMatch(line -> line.startsWith(name)));
    }

    /** What is cut on a terminal is whole in a pipe, and what is left of it is taken. */
    @Test
    void anIdThatWasShortenedIsTakenAndInAPipeNoneIs() throws IOException {
        String shortened = run("12", "task ls").out().lines().toList().get(1).split(" +")[0];
        String agent = run("12", "task ls").out().lines().toList().get(1).split(" +")[3];

        assertThat(shortened).endsWith("…");
        assertThat(run("12", "task show " + shortened).code()).isZero();
        assertThat(run("12", "agent show " + agent).code()).isZero();
        assertThat(run("", "task ls").out()).doesNotContain("…").contains("3dad3cdc-0001-F0000000001");
    }

    private Run run(String terminals, String typed) {
        var words = new ArrayList<>(List.of(typed.split(" ")));
        return Run.with(
                Map.of(
                        "HOME",
                        "/nonexistent",
                        "TZ",
                        "UTC",
                        "MESO_TERMINALS",
                        terminals,
                        "MESO_MASTERS",
                        master.address()),
                words.toArray(String[]::new));
    }
}
