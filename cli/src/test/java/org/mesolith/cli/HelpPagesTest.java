package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mesolith.agent.http.AgentDoor;
import org.mesolith.http.Routes;
import org.mesolith.pages.HelpPage;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.Query;

/** What {@code /help} of masters and agents tells is what {@code docs/http.md} tells. */
final class HelpPagesTest {
    private static final Path PAGE = Path.of("..", "docs", "http.md");
    private static final Pattern PATH = Pattern.compile("`(/[^` ]*)`");

    @Test
    void everyPathOfTheDocumentIsInTheHelpAndTheOtherWayRound() throws IOException {
        assertThat(HelpPage.read("master", Routes.class, "master-help.tsv").paths())
                .containsExactlyElementsOf(documented("## Masters"));
        assertThat(HelpPage.read("slave(1)", AgentDoor.class, "agent-help.tsv").paths())
                .containsExactlyElementsOf(documented("## Agents"));
    }

    @Test
    void oneLineIsFoundWithAndWithoutTheNameOfTheProcess() {
        var help = HelpPage.read("slave(1)", AgentDoor.class, "agent-help.tsv");

        assertThat(text(help.answer("/help/slave(1)/state", json())))
                .isEqualTo("{\"processes\":[{\"id\":\"slave(1)\",\"endpoints\":[{\"name\":\"/state\","
                        + "\"text\":\"GET: everything, as Mesos shows it\"}]}]}");
        assertThat(text(help.answer("/help/state", new Query(List.of()))))
                .contains("<h1>slave(1)</h1>", "<dt><code>/state</code></dt>")
                .doesNotContain("/flags");
        assertThat(text(help.answer("/help", json()))).contains("\"/flags\"", "\"/state\"");
        assertThat(help.answer("/help/nothing", json()).status()).isEqualTo(404);
    }

    private static Query json() {
        return new Query(List.of(new Query.Parameter("format", "json")));
    }

    private static String text(HttpAnswer.Full answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().utf8();
    }

    /** First cells of the rows of the table below a heading. */
    private static SortedSet<String> documented(String heading) throws IOException {
        var paths = new TreeSet<String>();
        var lines = Files.readAllLines(PAGE);
        for (var line : lines.subList(lines.indexOf(heading) + 1, lines.size())) {
            if (line.startsWith("## ")) {
                break;
            }
            if (line.startsWith("| `/")) {
                paths.addAll(paths(line.substring(2, line.indexOf(" |", 2))));
            }
        }
        return paths;
    }

    private static List<String> paths(String cell) {
        var found = new ArrayList<String>();
        var matcher = PATH.matcher(cell);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
