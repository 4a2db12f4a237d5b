package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.OsProcess;

/**
 * The software of an older commit of this project, built from the history of the clone in which the tests run: once,
 * below {@code cli/target}.
 */
final class OlderCommit {
    private static final Duration ASK_MAX = Duration.ofMinutes(1);

    /** Measured: fourteen minutes on two busy cores. */
    private static final Duration BUILD_MAX = Duration.ofMinutes(40);

    private OlderCommit() {}

    /** Builds it, unless it was built before. Ends the test with a reason where the history is missing. */
    static Installation installation(String commit) throws IOException {
        var root = Path.of(System.getProperty("mesolith.root"));
        var place = root.resolve("cli/target/older-" + commit);
        var sources = place.resolve("sources");
        var home = sources.resolve("cli/target/mesolith-0.1.0");
        var built = place.resolve("built");
        if (Files.exists(built)) {
            return new Installation(home);
        }
        if (!Files.exists(root.resolve(".git"))) {
            throw Needs.missing("this is no clone of the project: the commit " + commit + ", from which the upgrade"
                    + " begins, cannot be taken from its history");
        }
        Leftovers.delete(place);
        Files.createDirectories(sources);
        if (run(root, place, "has", "git cat-file -e '" + commit + "^{commit}'", ASK_MAX) != 0) {
            throw Needs.missing("the commit " + commit + ", from which the upgrade begins, is not in this clone; fetch"
                    + " the whole history: `git fetch --unshallow`");
        }
        assertThat(run(root, place, "take", "git archive " + commit + " | tar -x -C '" + sources + "'", ASK_MAX))
                .as("taking the commit %s; the log is below %s", commit, place)
                .isZero();
        // What the present build has loaded is enough for an older one, unless a library has changed since.
        var maven = "mvn -B -nsu -Dmaven.test.skip=true -Dspotless.check.skip package";
        assertThat(run(sources, place, "build", maven + " -o || " + maven, BUILD_MAX))
                .as("building the commit %s; the log is below %s", commit, place)
                .isZero();
        Files.createFile(built);
        return new Installation(home);
    }

    private static int run(Path where, Path place, String name, String line, Duration max) {
        // Maven tells its children which project it builds.
        var environment = Map.of("MAVEN_PROJECTBASEDIR", "", "MAVEN_BASEDIR", "", "MAVEN_CMD_LINE_ARGS", "");
        var process =
                OsProcess.start(name, List.of("sh", "-c", line), environment, where, place.resolve(name + ".log"));
        return process.awaitEnd(max);
    }
}
