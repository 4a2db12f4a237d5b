package org.mesolith.cli.command.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.cli.Run;
import org.mesolith.cli.command.self.Version;
import org.mesolith.cli.console.ExitCode;

final class RandomWorldsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--random --agents 0 | --agents must be 1 to 100, not 0",
                "--random --frameworks 101 | --frameworks must be 1 to 100, not 101",
                "--random --masters -1 | --masters must be 1 to 100, not -1",
                "--random --tasks 2147483647 | --tasks must be 1 to 100, not 2147483647",
                "--random --seeds 0 | --seeds must be 1 to 1000000, not 0",
                "--random --seed -1 | --seed must be 0 to",
                "--random --seed 9223372036854775807 --seeds 2 | --seed must be 0 to",
                "--random --unrest 0 | --unrest must be 1 to 3600, not 0",
                "--random --trace-lines -1 | --trace-lines must not be negative",
                "--random --agents many | many",
                "--random --faults master-crsh | the nearest valid one is \"master-crash\"",
                "--random --faults ,agent-crash | no fault is called \"\"",
                "--random --only 3,x | --only must be numbers like 3,9 or none",
                "--random --only 9999 | the plan of seed 1 has no fault 9999",
                "--random --filter x | --filter is said of scenarios",
                "--random --trace | --trace is said of scenarios",
                "--random some.yaml | one of them",
                "--agents 3 some.yaml | --agents is said of clusters in trouble; add --random",
                "--cluster some.yaml --seeds 3 | --seeds is said of clusters in trouble; add --random"
            })
    void whatMakesNoSenseIsRefused(String words, String why) {
        var run = Run.of(("simulate " + words).split(" ", -1));

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(why);
    }

    @Test
    void aSmallClusterInTroublePrintsItsHash() {
        var words = "simulate --random --seeds 2 --agents 1 --frameworks 1 --tasks 3 --unrest 5 --faults agent-crash";
        var run = Run.of(words.split(" "));

        assertThat(run.code()).isZero();
        assertThat(run.out().lines().toList().getLast()).matches("hash [0-9a-f]{16}");
    }

    @Test
    void aBuildThatWasOnlyCompiledKnowsNoCommit() {
        assertThat(Version.commit()).isEqualTo("commit unknown: this is not a packaged build");
    }
}
