package org.mesolith.cli.command.simulate;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.scenario.Result;
import org.mesolith.scenario.ScenarioFiles;
import org.mesolith.scenario.ScenarioRunner;
import org.mesolith.scenario.grammar.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meso simulate}. */
@Command(
        description = {
            "Plays scenarios on the product's own allocator and leader, in one thread on a virtual clock.",
            "Prints one line for each, PASS or FAIL, and how many there were of either. Exit code 1: one failed;",
            "2: a file cannot be read, has an unknown step or key, or there is no scenario."
        },
        footer = {"", "Example: meso simulate scenarios/ --filter quota"})
public final class Simulate implements Callable<Integer> {
    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Scenario files, or folders that are walked for *.yaml.")
    private List<Path> paths = List.of();

    @Option(
            names = "--filter",
            paramLabel = "TEXT",
            description = "Only scenarios whose id contains this; * stands for any characters.")
    private String filter = "";

    @Option(names = "--trace", description = "Shows every step and what came of it.")
    private boolean trace;

    @Mixin
    private ClusterPlay cluster = new ClusterPlay();

    @Option(names = "--random", description = "No scenarios, but clusters in trouble, all chance from a seed.")
    private boolean random;

    @Mixin
    private RandomWorlds worlds = new RandomWorlds();

    /** The command in these surroundings. */
    public Simulate(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (cluster.isAskedForFiles() && !cluster.isAsked()) {
            throw new Failure(ExitCode.USAGE, "--csv and --svg show a cluster; add --cluster FILE");
        }
        refuseForeign();
        int wishes = (random ? 1 : 0) + (cluster.isAsked() ? 1 : 0) + (paths.isEmpty() ? 0 : 1);
        if (wishes != 1) {
            throw new Failure(
                    ExitCode.USAGE, "name scenario files or folders, or --cluster FILE, or --random, and one of them");
        }
        if (random) {
            return worlds.run(console);
        }
        if (cluster.isAsked()) {
            return cluster.run(console);
        }
        var loaded = ScenarioFiles.load(paths);
        if (!loaded.complaints().isEmpty()) {
            loaded.complaints().forEach(complaint -> console.err().println("meso: " + complaint));
            return ExitCode.USAGE;
        }
        var chosen = loaded.scenarios().stream().filter(this::isChosen).toList();
        if (chosen.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "there is no scenario "
                            + (filter.isEmpty()
                                    ? "below " + paths
                                    : "with \"" + filter + "\" in its id, of "
                                            + loaded.scenarios().size() + " that were read")
                            + "; name files or folders with *.yaml");
        }
        return play(chosen);
    }

    /** What was said and is of no use here is not passed over: somebody meant something by it. */
    private void refuseForeign() {
        var scenarios = List.of("--filter", "--trace");
        for (var option :
                Check.present(spec, "command").commandLine().getParseResult().matchedOptions()) {
            var name = option.longestName();
            boolean ofWorlds = option.userObject() instanceof Field field
                    && field.getDeclaringClass().equals(RandomWorlds.class);
            if (ofWorlds && !random) {
                throw new Failure(ExitCode.USAGE, name + " is said of clusters in trouble; add --random");
            }
            if (scenarios.contains(name) && (random || cluster.isAsked())) {
                throw new Failure(ExitCode.USAGE, name + " is said of scenarios; name their files or folders");
            }
        }
    }

    private int play(List<Scenario> chosen) {
        Consumer<String> hears = trace ? console.out()::println : line -> {};
        int failed = 0;
        for (var scenario : chosen) {
            hears.accept(scenario.id() + " (" + scenario.level().word() + ", " + scenario.place() + ")");
            var result = ScenarioRunner.run(scenario, hears);
            failed += result instanceof Result.Failed ? 1 : 0;
            console.out().println(result.line());
        }
        console.out().println((chosen.size() - failed) + " passed, " + failed + " failed");
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private boolean isChosen(Scenario scenario) {
        var parts = List.of(filter.split("\\*", -1));
        var pattern = String.join(".*", parts.stream().map(Pattern::quote).toList());
        return Pattern.compile(pattern).matcher(scenario.id()).find();
    }
}
