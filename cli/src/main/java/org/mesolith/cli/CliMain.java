package org.mesolith.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.mesolith.cli.command.self.Version;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.console.Similar;
import picocli.CommandLine;

/** The main class of {@code meso}. */
public final class CliMain {
    private static final int SUGGESTED_MAX = 4;

    private CliMain() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        var buffered = new PrintStream(new java.io.BufferedOutputStream(out, 8_192), false, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int code = run(args, new Console(buffered, err, System.getenv(), System.in));
        buffered.flush();
        System.exit(code);
    }

    /** Runs one command; returns what the process should end with. */
    public static int run(String[] args, Console console) {
        var words = List.of(args);
        int end = words.indexOf("--");
        var trouble = (end < 0 ? words : words.subList(0, end)).contains("--json")
                ? Trouble.asJson(console)
                : Trouble.asText(console);
        try {
            return trouble.ended(route(words, trouble.console(), trouble));
        } catch (Failure failure) {
            return trouble.tell(failure);
        }
    }

    private static int route(List<String> args, Console console, Trouble trouble) {
        if (args.isEmpty() || args.getFirst().equals("-h") || args.getFirst().equals("--help")) {
            return overview(console, "");
        }
        return switch (args.getFirst()) {
            case "help" -> help(args.subList(1, args.size()), console, trouble);
            case "--version", "-V" -> {
                console.out().println("mesolith " + Version.text());
                yield ExitCode.OK;
            }
            default -> command(args, console, trouble);
        };
    }

    private static int help(List<String> words, Console console, Trouble trouble) {
        if (words.isEmpty()) {
            return overview(console, "");
        }
        var args = new java.util.ArrayList<>(words);
        args.add("--help");
        return command(args, console, trouble);
    }

    private static int command(List<String> args, Console console, Trouble trouble) {
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
                    ExitCode.USAGE, "no command `" + name + "`" + suggestion(args, words) + "; `meso help` lists them");
        }
        return execute(name, args.subList(words, args.size()), console, trouble);
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

    private static int execute(String name, List<String> args, Console console, Trouble trouble) {
        if (Catalog.isLaunched(name)) {
            throw new Failure(
                    ExitCode.USAGE, "`meso " + name + "` is started by the launcher bin/meso, not by this class");
        }
        CommandLine line = Catalog.leaf(name, console);
        line.setOut(new java.io.PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((wrong, given) -> {
            return trouble.tell(new Failure(
                    ExitCode.USAGE,
                    wrong.getMessage() + optionHint(wrong) + "; `meso " + name + " --help` explains it"));
        });
        line.setExecutionExceptionHandler((thrown, at, result) -> failed(thrown, name, trouble));
        return line.execute(args.toArray(String[]::new));
    }

    private static int failed(Exception thrown, String name, Trouble trouble) {
        if (thrown instanceof Failure failure) {
            return trouble.tell(failure);
        }
        if (thrown instanceof UncheckedIOException output) {
            return trouble.tell(
                    new Failure(ExitCode.FAILED, "reading or writing failed: " + output.getMessage(), output));
        }
        int code = trouble.tell(new Failure(
                ExitCode.FAILED,
                "`meso " + name + "` broke, which is a defect of ours. Please report this with the trace:",
                thrown));
        thrown.printStackTrace(trouble.console().err());
        return code;
    }

    /** An option of the command that is spelt almost like the one that nobody knows. */
    private static String optionHint(CommandLine.ParameterException wrong) {
        if (!(wrong instanceof CommandLine.UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        String typed = unmatched.getUnmatched().getFirst();
        int equals = typed.indexOf('=');
        return typed.startsWith("-")
                ? Similar.hint(
                        equals < 0 ? typed : typed.substring(0, equals),
                        wrong.getCommandLine().getCommandSpec().optionsMap().keySet())
                : "";
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

    /** Commands that are spelt alike, else those that have the last word too, else those that begin alike. */
    private static String suggestion(List<String> args, int words) {
        String typed = String.join(" ", args.subList(0, words));
        List<String> names = Catalog.ENTRIES.stream().map(Catalog.Entry::name).toList();
        var known = new TreeSet<>(names);
        names.stream().filter(name -> name.contains(" ")).forEach(name -> {
            known.add(name.substring(0, name.indexOf(' ')));
            known.add(name.substring(0, name.lastIndexOf(' ')));
        });
        List<String> near = List.of();
        for (int more = Math.min(args.size(), words + 2); near.isEmpty() && more >= words; more--) {
            near = Similar.to(String.join(" ", args.subList(0, more)), known);
        }
        if (near.isEmpty()) {
            String last = typed.substring(typed.lastIndexOf(' ') + 1);
            String start = typed.substring(0, Math.min(2, typed.length()));
            near = names.stream()
                    .filter(name -> name.equals(last) || name.endsWith(" " + last) || name.startsWith(last + " "))
                    .limit(SUGGESTED_MAX)
                    .toList();
            near = near.isEmpty()
                    ? names.stream()
                            .filter(name -> name.startsWith(start))
                            .limit(SUGGESTED_MAX)
                            .toList()
                    : near;
        }
        return Similar.hint(near);
    }
}
