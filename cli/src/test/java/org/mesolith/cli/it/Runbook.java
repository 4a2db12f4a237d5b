package org.mesolith.cli.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.mesolith.process.Installation;
import org.mesolith.process.OsProcess;

/** A page of {@code docs/operations} whose commands are run as they stand there. */
final class Runbook {
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private Runbook() {}

    /** Starts a shell with all commands of the page; it ends with 0 when every one of them has. */
    static OsProcess start(String page, Path directory, Map<String, String> variables) throws IOException {
        var text = Files.readString(
                Path.of(System.getProperty("mesolith.root")).resolve("docs/operations/" + page + ".md"));
        var script = new StringBuilder("set -eux\n");
        BLOCK.matcher(text).results().forEach(block -> script.append(block.group(1)));
        var file = directory.resolve(page + ".sh");
        Files.writeString(file, script);
        var environment = new TreeMap<>(variables);
        environment.put("PATH", Installation.current().home().resolve("bin") + ":" + System.getenv("PATH"));
        return OsProcess.start(
                page, List.of("sh", file.toString()), environment, directory, directory.resolve(page + ".log"));
    }

    /** What a page said so far. */
    static String said(String page, Path directory) throws IOException {
        return Files.readString(directory.resolve(page + ".log"));
    }
}
