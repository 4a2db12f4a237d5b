package org.mesolith.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.mesolith.allocator.FilterPicture;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.leader.explain.Explainer;
import org.mesolith.leader.explain.Forecast;
import org.mesolith.leader.explain.Holdings;
import org.mesolith.leader.explain.Scene;
import org.mesolith.leader.explain.Wish;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meso bench explain}. */
@Command(
        description = {
            "Measures explanations on the made-up cluster of `bench allocate`: one framework over all agents, another",
            "one each time, with what would change each verdict; and a what-if with one changed weight.",
            "In milliseconds, as tab-separated values on stdout."
        },
        footer = {"", "Example: meso bench explain --agents 10000 --frameworks 200 --roles 50 --quota"})
public final class BenchExplain implements Callable<Integer> {
    private static final int AGENTS_MAX = 200_000;
    private static final int FRAMEWORKS_MAX = 20_000;

    private final Console console;

    @Option(names = "--agents", paramLabel = "N", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}.")
    private int agents = 10_000;

    @Option(names = "--frameworks", paramLabel = "N", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}.")
    private int frameworks = 200;

    @Option(names = "--roles", paramLabel = "N", defaultValue = "50", description = "Default: ${DEFAULT-VALUE}.")
    private int roles = 50;

    @Option(names = "--quota", description = "50 roles have guarantees and limits.")
    private boolean quota;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "40", description = "Default: ${DEFAULT-VALUE}.")
    private int runs = 40;

    @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
    private int warmUpSeconds = 5;

    /** The command in these surroundings. */
    public BenchExplain(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        check("--agents", agents, AGENTS_MAX);
        check("--frameworks", frameworks, FRAMEWORKS_MAX);
        check("--roles", roles, FRAMEWORKS_MAX);
        check("--runs", runs, 100_000);
        check("--warm-up", warmUpSeconds, 600);
        var input = new AllocationLoad(new AllocationLoad.Size(agents, frameworks, roles, quota, false)).all();
        var scene = new Scene(input, new TreeMap<>(), Holdings.NONE, FilterPicture.NONE, null, Instant.EPOCH);
        var groups = new int[1];
        var explained = measure(run -> {
            var framework = input.frameworks().get(run * 7 % input.frameworks().size());
            groups[0] = new Explainer(scene, framework.id(), () -> false)
                    .all(null)
                    .groups()
                    .size();
        });
        var role = input.frameworks().getFirst().roles().firstKey();
        var tried = measure(run -> {
            var answer = new Forecast(scene).of(java.util.List.of(new Wish.SetWeight(role, 2)));
            groups[0] += answer.roles().size();
        });
        console.err().println("# of the last ones " + groups[0] + " lines");
        console.out()
                .println("agents\tframeworks\troles\tquota\texplain_p50_ms\texplain_p95_ms\texplain_max_ms"
                        + "\twhat_if_p50_ms\twhat_if_max_ms");
        console.out()
                .println(String.format(
                        Locale.ROOT,
                        "%d\t%d\t%d\t%b\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f",
                        agents,
                        frameworks,
                        roles,
                        quota,
                        explained.millisAt(0.5),
                        explained.millisAt(0.95),
                        explained.millisAt(1),
                        tried.millisAt(0.5),
                        tried.millisAt(1)));
        return ExitCode.OK;
    }

    private Latencies measure(java.util.function.IntConsumer work) {
        long end = System.nanoTime() + Duration.ofSeconds(warmUpSeconds).toNanos();
        int number = 0;
        while (System.nanoTime() < end) {
            work.accept(number++);
        }
        var spans = new Latencies();
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            work.accept(number++);
            spans.add(System.nanoTime() - start);
        }
        return spans;
    }

    private static void check(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new Failure(ExitCode.USAGE, name + " is " + value + "; it must be 1 to " + max);
        }
    }
}
