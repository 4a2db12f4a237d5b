package org.mesolith.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.mesolith.cli.command.self.Version;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import picocli.CommandLine;

/** The main class of {@code meso}. */
public final class CliMain {

    private CliMain() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        var buffered = new PrintStream(new java.io.BufferedOutputStream(out, 8_192), false, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int code = run(args, new Console(buffered, err, System.getenv()));
        buffered.flush();
        System.exit(code);
    }

    /** Runs one command; returns what the process should end with. */
    public static int run(String[] args, Console console) {
        try {
            return route(List.of(args), console);
        } catch (Failure failure) {
            console.out().flush();
            console.err().println("meso: " + failure.sentence());
            return failure.exitCode();
        }
    }

    private static int route(List<String> args, Console console) {
        if (args.isEmpty() || args.getFirst().equals("-h") || args.getFirst().equals("--help")) {
            return overview(console, "");
        }
        return switch (args.getFirst()) {
            case "help" -> help(args.subList(1, args.size()), console);
            case "--version", "-V" -> {
                console.out().println("mesolith " + Version.text());
                yield ExitCode.OK;
            }
            default -> command(args, console);
        };
    }

    private static int help(List<String> words, Console console) {
        if (words.isEmpty()) {
            return overview(console, "");
        }
        var args = new java.util.ArrayList<>(words);
        args.add("--help");
        return command(args, console);
    }

    private static int command(List<String> args, Console console) {
        String first = args.getFirst();
        int words = 1;
        while (isNoun(args.subList(0, words))) {
            String noun = String.join(" ", args.subList(0, words));
            if (isCommand(noun) && !Catalog.isLaunched(noun) && !goesOn(args, words)) {
                break;
            }
            if (args.size() == words
                    || args.get(words).equals("-h")
                    || args.get(words).equals("--help")) {
                return overview(console, noun + " ");
            }
            words++;
        }
        String name = String.join(" ", args.subList(0, words));
        if (!isCommand(name)) {
            throw new Failure(
                    ExitCode.USAGE, "no command `" + name + "`" + suggestion(first) + "; `meso help` lists them");
        }
        return execute(name, args.subList(words, args.size()), console);
    }

    private static boolean isCommand(String name) {
        return Catalog.ENTRIES.stream().anyMatch(entry -> entry.name().equals(name));
    }

    /** True when the next word belongs to the name too: `state` is a command, and so is `state diff`. */
    private static boolean goesOn(List<String> args, int words) {
        return args.size() > words
                && (isNoun(args.subList(0, words + 1)) || isCommand(String.join(" ", args.subList(0, words + 1))));
    }

    /** True when commands follow these words; `agent` alone is one, and so is `cluster backup`. */
    private static boolean isNoun(List<String> words) {
        String start = String.join(" ", words) + " ";
        return Catalog.ENTRIES.stream().anyMatch(entry -> entry.name().startsWith(start));
    }

    private static int execute(String name, List<String> args, Console console) {
        if (Catalog.isLaunched(name)) {
            throw new Failure(
                    ExitCode.USAGE, "`meso " + name + "` is started by the launcher bin/meso, not by this class");
        }
        CommandLine line = Catalog.leaf(name, console);
        line.setOut(new java.io.PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((wrong, given) -> {
            console.err().println("meso: " + wrong.getMessage() + "; `meso " + name + " --help` explains it");
            return ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((thrown, at, result) -> failed(thrown, name, console));
        return line.execute(args.toArray(String[]::new));
    }

    private static int failed(Exception thrown, String name, Console console) {
        if (thrown instanceof Failure failure) {
            console.out().flush();
            console.err().println("meso: " + failure.sentence());
            return failure.exitCode();
        }
        if (thrown instanceof UncheckedIOException output) {
            console.err().println("meso: reading or writing failed: " + output.getMessage());
            return ExitCode.FAILED;
        }
        console.err()
                .println("meso: `meso " + name
                        + "` broke, which is a defect of ours. Please report this with the trace:");
        thrown.printStackTrace(console.err());
        return ExitCode.FAILED;
    }

    private static int overview(Console console, String prefix) {
        PrintStream out = console.out();
        out.println(
                prefix.isEmpty()
                        ? "Mesolith: one pool of machines for many frameworks, without ZooKeeper.\n\nUsage: meso "
                                + "COMMAND [options]"
                        : "Usage: meso " + prefix + "COMMAND [options]");
        out.println();
        for (Catalog.Entry entry : Catalog.ENTRIES) {
            if (entry.name().startsWith(prefix)) {
                out.printf("  %-22s %s%n", entry.name(), entry.summary());
            }
        }
        out.println();
        out.println("`meso COMMAND --help` explains one. Exit codes:");
        ExitCode.ALL.forEach(meaning -> out.printf("  %3d  %s%n", meaning.code(), meaning.text()));
        return ExitCode.OK;
    }

    /** Commands that begin alike. */
    private static String suggestion(String word) {
        String start = word.substring(0, Math.min(2, word.length()));
        String like = Catalog.ENTRIES.stream()
                .map(Catalog.Entry::name)
                .filter(name ->
                        name.startsWith(start) || Arrays.asList(name.split(" ")).contains(word))
                .distinct()
                .collect(Collectors.joining("`, `"));
        return like.isEmpty() ? "" : " (did you mean `" + like + "`?)";
    }
}
