package org.mesolith.cli.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mesolith.process.Installation;
import org.mesolith.process.OsProcess;

/**
 * A page of the documentation, or one part of it, whose commands are run as they stand there. A page is named by its
 * file below {@code docs/operations}: {@code restore}; {@code move#Heading} is the part below that heading. Only blocks
 * marked {@code sh} are commands.
 */
final class Runbook {
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private Runbook() {}

    /** The commands of these pages, one after the other, as one script for {@code sh}. */
    static String script(String... pages) throws IOException {
        var script = new StringBuilder("set -eux\n");
        for (var page : pages) {
            script.append("echo '=== ").append(page).append("'\n");
            var text = text(page);
            var blocks = BLOCK.matcher(text).results().toList();
            if (blocks.isEmpty()) {
                throw new IllegalArgumentException("the page " + page + " holds no commands");
            }
            blocks.forEach(block -> script.append(block.group(1)).append('\n'));
        }
        return script.append("echo 'all pages done'\n").toString();
    }

    /** Where all pages lie. */
    static Path docs() {
        return Path.of(System.getProperty("mesolith.root")).resolve("docs");
    }

    private static String text(String page) throws IOException {
        int hash = page.indexOf('#');
        var name = hash < 0 ? page : page.substring(0, hash);
        var file = docs().resolve(name.contains("/") ? name + ".md" : "operations/" + name + ".md");
        return hash < 0 ? Files.readString(file) : part(Files.readAllLines(file), page.substring(hash + 1), page);
    }

    /** From a heading to the next one of the same or a higher rank. */
    private static String part(List<String> lines, String heading, String page) {
        int from = 0;
        while (from < lines.size() && !lines.get(from).matches("#+ " + Pattern.quote(heading))) {
            from++;
        }
        if (from == lines.size()) {
            throw new IllegalArgumentException("there is no such part: " + page);
        }
        int rank = rank(lines.get(from));
        var part = new StringBuilder();
        for (var line : lines.subList(from + 1, lines.size())) {
            if (rank(line) > 0 && rank(line) <= rank) {
                break;
            }
            part.append(line).append('\n');
        }
        return part.toString();
    }

    /** 1 for a title, 2 for a part of a page, and so on; 0 for what is no heading. */
    private static int rank(String line) {
        int rank = line.indexOf("# ") + 1;
        return line.startsWith("#")
                        && Stream.of(line.substring(0, rank).split("")).allMatch("#"::equals)
                ? rank
                : 0;
    }

    /** Starts a shell with all commands of the page; it ends with 0 when every one of them has. */
    static OsProcess start(String page, Path directory, Map<String, String> variables) throws IOException {
        var file = directory.resolve(name(page) + ".sh");
        Files.writeString(file, script(page));
        var environment = new TreeMap<>(variables);
        environment.put("PATH", Installation.current().home().resolve("bin") + ":" + System.getenv("PATH"));
        return OsProcess.start(page, List.of("sh", file.toString()), environment, directory, log(page, directory));
    }

    /** What a page said so far. */
    static String said(String page, Path directory) throws IOException {
        return Files.readString(log(page, directory));
    }

    private static Path log(String page, Path directory) {
        return directory.resolve(name(page) + ".log");
    }

    private static String name(String page) {
        return page.replaceAll("[^A-Za-z0-9]+", "-");
    }
}
