package org.mesolith.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.console.Similar;
import org.mesolith.cli.manual.ManPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code meso man}. */
@Command(
        description = {
            "Prints the manual page of a command, or of meso itself, for man(1); or writes all of them into a",
            "directory. The distribution has them in share/man: add that directory to MANPATH."
        },
        footer = {"", "Example: meso man agent drain | man -l -", "         meso man --to /usr/local/share/man/man1"})
public final class Manual implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The words of a command.")
    private List<String> words = List.of();

    @Option(names = "--to", paramLabel = "DIRECTORY", description = "Where all pages are written.")
    private @Nullable Path directory;

    /** The command in these surroundings. */
    public Manual(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> pages = new LinkedHashMap<>();
        if (directory != null) {
            pages(console).forEach(pages::put);
            Files.createDirectories(directory);
            for (var page : pages.entrySet()) {
                Files.writeString(directory.resolve(page.getKey() + ".1"), page.getValue());
            }
            console.err().println(pages.size() + " pages written to " + directory);
            return ExitCode.OK;
        }
        String name = String.join(" ", words);
        String page = pages(console).get(ManPage.name(name));
        if (page == null) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "there is no page of `" + name + "`"
                            + Similar.hint(
                                    name,
                                    Catalog.ENTRIES.stream()
                                            .map(Catalog.Entry::name)
                                            .toList())
                            + "; `meso help` lists the commands");
        }
        console.out().print(page);
        return ExitCode.OK;
    }

    /** Every page by its name; processes that the launcher starts have pages of their settings instead. */
    public static Map<String, String> pages(Console console) {
        List<ManPage.Line> lines = Catalog.ENTRIES.stream()
                .filter(entry -> !Catalog.isLaunched(entry.name()))
                .map(entry -> new ManPage.Line(entry.name(), entry.summary()))
                .toList();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put(ManPage.name(""), ManPage.overview(lines));
        for (ManPage.Line line : lines) {
            String noun = line.command().split(" ")[0] + " ";
            List<ManPage.Line> near = lines.stream()
                    .filter(other -> !other.equals(line) && other.command().startsWith(noun))
                    .toList();
            pages.put(
                    ManPage.name(line.command()),
                    ManPage.of(line, Catalog.leaf(line.command(), console).getCommandSpec(), near));
        }
        return pages;
    }
}
