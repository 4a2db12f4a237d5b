package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.cli.it.DeliveryEvidence.Update;

/** What trials of deaths call wrong. */
final class DeliveryEvidenceTest {
    private static final String NAME = "01234567-89ab-cdef-0123-456789abcdef";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        // Nothing is wrong.
        "R=one F=two, 1, one two, one two, ''",
        "R=one R=one F=two F=two, 1, one two, one two, ''",
        "R=- F=- R=one F=two F=-, 1, one two, one two, ''",
        "G=-, 0, '', '', ''",
        "X=agent, 0, '', '', ''",
        "X=agent, 1, one two, '', ''",
        "R=one X=agent, 1, one two, one, ''",
        // Something is.
        "R=one, 1, one two, one, told no end",
        "R=one F=two, 2, one two, one two, begun 2 times",
        "R=one F=two, 0, one two, one two, finished and was begun 0 times",
        "G=-, 1, one two, '', did not come from its agent",
        "R=one F=two R=one, 1, one two, one two, told again behind a later one",
        "F=two R=one, 1, one two, one two, made as",
        "F=two, 1, one two, one two, the agent had update one",
        "R=one F=two X=agent, 1, one two, one two, ended more than once",
        "F=two R=agent, 1, two, two, behind the end",
    })
    void whatIsWrongIsSaid(String told, int ran, String made, String kept, String problem) {
        var updates = Stream.of(told.split(" "))
                .map(each -> new Update(state(each.charAt(0)), each.substring(2), ""))
                .toList();

        var problems = new DeliveryEvidence("t", updates, ran, words(made), words(kept)).problems();

        if (problem.isEmpty()) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).anyMatch(each -> each.contains(problem));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BEGAN FORWARDED HEARD, false",
        "BEGAN APPLIED FORWARDED HEARD, false",
        "BEGAN HEARD FORWARDED, true",
        "APPLIED BEGAN FORWARDED, true",
    })
    void whatALeaderSendsAfterItKnowsOfTheAcknowledgementIsFound(String notes, boolean wrong) throws IOException {
        var lines = words(notes).stream().map(note -> note + " [uuid=" + NAME + "]");
        Files.write(directory.resolve("notes-master-1"), lines.toList());

        assertThat(DeliveryEvidence.sentAfterAcknowledgement(directory, List.of("master-1", "master-2")))
                .hasSize(wrong ? 1 : 0);
    }

    @Test
    void updatesOfOtherTasksAreLeftOut() throws IOException {
        Files.write(
                directory.resolve("events"),
                List.of(
                        "subscribed 127.0.0.1:1",
                        "update t TASK_RUNNING one ",
                        "update u TASK_FINISHED two ",
                        "update t TASK_GONE - REASON_RECONCILIATION"));

        assertThat(DeliveryEvidence.of(directory, directory, "t").updates())
                .containsExactly(
                        new Update("TASK_RUNNING", "one", ""), new Update("TASK_GONE", "-", "REASON_RECONCILIATION"));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private static String state(char letter) {
        return switch (letter) {
            case 'R' -> "TASK_RUNNING";
            case 'F' -> "TASK_FINISHED";
            case 'G' -> "TASK_GONE";
            default -> "TASK_FAILED";
        };
    }
}
