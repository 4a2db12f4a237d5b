package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator may rely on with every command that looks after the members of a cluster. */
final class ClusterCommandsTest {
    /** They only look. */
    private static final List<String> READS = List.of(
            "cluster status",
            "cluster members",
            "cluster backup show",
            "cluster backup verify",
            "cluster upgrade-check",
            "cluster replay");

    static Stream<String> commands() {
        return Stream.concat(
                Catalog.ENTRIES.stream().map(Catalog.Entry::name).filter(name -> name.startsWith("cluster ")),
                Stream.of("master join", "agent repoint"));
    }

    static Stream<String> commandsThatChangeSomething() {
        return commands().filter(name -> !READS.contains(name));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachExplainsItselfWithAnExampleAndAnswersInJson(String name) {
        var help = help(name);

        assertThat(help).contains("Usage: meso " + name).containsPattern("Example: (\\S+=\\S+ )?meso " + name);
        assertThat(help).contains("--json");
    }

    @ParameterizedTest
    @MethodSource("commandsThatChangeSomething")
    void eachThatChangesSomethingShowsBeforeWhatItWouldDo(String name) {
        assertThat(help(name)).contains("--dry-run");
    }

    private static String help(String name) {
        var run = Run.of((name + " --help").split(" "));
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }
}
