package org.mesolith.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.sim.plan.FaultKind;

/** What real runs and simulated clusters call by one name, and the table of both in {@code docs/simulation.md}. */
final class FaultNamesTest {
    private static final String HEAD = "| fault | real runs | simulated | what it is there, or why not |";

    /** One row: the words of its second and third cell. */
    private record Known(String real, String simulated) {}

    private static Map<String, Known> table() throws IOException {
        var named = System.getProperty("mesolith.root");
        var page = Path.of(named == null ? ".." : named).resolve("docs/simulation.md");
        var rows = new TreeMap<String, Known>();
        boolean inside = false;
        for (var line : Files.readAllLines(page, StandardCharsets.UTF_8)) {
            inside = line.equals(HEAD) || (inside && line.startsWith("|"));
            if (!inside || line.equals(HEAD) || line.startsWith("|---")) {
                continue;
            }
            var cells = line.split("\\|", -1);
            assertThat(cells).as(line).hasSize(6);
            assertThat(cells[4].strip()).as(line).isNotEmpty();
            for (var fault : cells[1].split(",", -1)) {
                var before = rows.put(fault.strip().replace("`", ""), new Known(cells[2].strip(), cells[3].strip()));
                assertThat(before).as("%s stands there once", fault).isNull();
            }
        }
        return rows;
    }

    @Test
    void theTableNamesEveryFaultOfBothAndSaysWhereItIs() throws IOException {
        var real = new TreeSet<>(Profile.FAULTS.stream().map(Fault::word).toList());
        var simulated = new TreeSet<>(
                Arrays.stream(FaultKind.values()).map(FaultKind::word).toList());
        var expected = new TreeMap<String, Known>();
        var all = new TreeSet<>(real);
        all.addAll(simulated);
        all.forEach(word -> expected.put(
                word, new Known(real.contains(word) ? "yes" : "no", simulated.contains(word) ? "yes" : "no")));

        assertThat(table()).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void whatStrikesProcessesAndNamedPartsOfTheNetworkIsKnownToBoth() {
        var simulated = Arrays.stream(FaultKind.values()).map(FaultKind::word).toList();

        assertThat(simulated)
                .contains("master-crash", "master-stop", "power-loss", "master-pause", "handover", "agent-crash")
                .contains("agent-pause", "agent-silence", "master-partition", "leader-alone", "leader-with-agents")
                .contains("leader-without-agents", "leader-without-frameworks", "agent-partition", "answers-lost")
                .contains("slow-network", "broken-connection", "lost-disk", "rolling-restart", "master-clock");
    }
}
