package org.mesolith.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of rooms in {@code docs/architecture.md} is made from what stands on their doors, the package-infos. */
final class ArchitecturePagesTest {
    private static final List<String> MODULES =
            List.of("proto", "statemachine", "master-raft", "agent", "chaos-tests", "cli");
    private static final Pattern SENTENCE = Pattern.compile("^(.*?\\.)( |$)");
    private static final Pattern CLASSES = Pattern.compile("Lives here: (.*?)\\.? ?May import");

    @Test
    void thePageListsEveryPackageWithWhatLivesThere() throws IOException {
        var text = new StringBuilder();
        for (var module : MODULES) {
            text.append("\n### `")
                    .append(module)
                    .append("`\n\n| package | what it is | lives there |\n|---|---|---|\n");
            for (var door : doors(module)) {
                text.append(row(door));
            }
        }
        Page.partIsCurrent("architecture.md", "packages", text.append('\n').toString());
    }

    private static List<Path> doors(String module) throws IOException {
        var source = Page.root().resolve(module).resolve("src/main/java/org/mesolith");
        try (Stream<Path> files = Files.walk(source)) {
            return files.filter(file -> file.endsWith("package-info.java"))
                    .sorted()
                    .toList();
        }
    }

    private static String row(Path door) throws IOException {
        var source = Files.readString(door);
        var name = source.replaceAll("(?s).*\\npackage org\\.mesolith\\.([a-z0-9.]+);.*", "$1");
        var said = source.substring(source.indexOf("/**") + 3, source.indexOf("*/"))
                .replaceAll("(?s)<pre>.*?</pre>", "")
                .replaceAll("\\n \\* ?", " ")
                .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                .replace("<p>", "")
                .replaceAll(" +", " ")
                .strip();
        var sentence = SENTENCE.matcher(said);
        var classes = CLASSES.matcher(said);
        assertThat(sentence.find() && classes.find()).as(door.toString()).isTrue();
        return "| `" + name + "` | " + cell(sentence.group(1)) + " | " + cell(classes.group(1)) + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
