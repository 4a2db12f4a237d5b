package org.mesolith.cli.command.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.scenario.cluster.ClusterRun;
import org.mesolith.scenario.cluster.FindingsPlot;
import org.mesolith.scenario.cluster.FindingsText;
import org.mesolith.scenario.cluster.Plan;
import org.mesolith.scenario.cluster.PlanReader;
import org.mesolith.scenario.yaml.UnreadableException;
import picocli.CommandLine.Option;

/** {@code meso simulate --cluster}: a cluster and its work as a file describes them. */
final class ClusterPlay {
    private static final long BYTES_MAX = 1L << 20;

    @Option(
            names = "--cluster",
            paramLabel = "FILE",
            description = "No scenarios, but a cluster and its work as this file describes them: shares, waits, what is"
                    + " unused.")
    private @Nullable Path cluster;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "With --cluster: shares, waiting tasks and unused parts over time, comma-separated.")
    private @Nullable Path csv;

    @Option(names = "--svg", paramLabel = "FILE", description = "With --cluster: a picture of the shares over time.")
    private @Nullable Path svg;

    boolean isAsked() {
        return cluster != null;
    }

    /** Whether something was said that is only of use with a cluster. */
    boolean isAskedForFiles() {
        return csv != null || svg != null;
    }

    int run(Console console) {
        var file = cluster;
        if (file == null) {
            throw new Failure(ExitCode.USAGE, "say which cluster with --cluster FILE");
        }
        Plan plan;
        try {
            plan = PlanReader.read(file.toString(), text(file));
        } catch (UnreadableException bad) {
            throw new Failure(ExitCode.USAGE, String.valueOf(bad.getMessage()), bad);
        }
        var findings = ClusterRun.play(plan);
        var text = new FindingsText(plan, findings);
        text.table().forEach(console.out()::println);
        if (csv != null) {
            write(csv, text.csv());
        }
        if (svg != null) {
            write(svg, FindingsPlot.svg(plan, findings));
        }
        return ExitCode.OK;
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new Failure(ExitCode.USAGE, file + " is larger than 1 MiB; describe the cluster in fewer words");
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new Failure(
                    ExitCode.USAGE,
                    "cannot read " + file + " (" + unreadable.getMessage() + "); name a file",
                    unreadable);
        }
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException failed) {
            throw new Failure(ExitCode.FAILED, "cannot write " + file + " (" + failed.getMessage() + ")", failed);
        }
    }
}
