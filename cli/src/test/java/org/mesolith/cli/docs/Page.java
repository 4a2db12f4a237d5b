package org.mesolith.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mesolith.base.Check;

/**
 * A page below {@code docs} that is made from code: compared, or written anew when the tests run with -Dupdate=true.
 */
final class Page {
    private Page() {}

    static void isCurrent(String name, String text) throws IOException {
        var file = root().resolve("docs").resolve(name);
        if (Boolean.getBoolean("update")) {
            Files.createDirectories(
                    Check.present(file.toAbsolutePath().normalize().getParent(), "its directory"));
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("docs/%s is made from code; make it anew with: mvn test -Dtest='*PagesTest' -Dupdate=true", name)
                .hasContent(text);
    }

    /** The part of a page between two comments: what stands around it is written by hand. */
    static void partIsCurrent(String name, String part, String text) throws IOException {
        var file = root().resolve("docs").resolve(name);
        var page = Files.readString(file);
        var begin = "<!-- " + part + ": made from the code, do not edit -->\n";
        var end = "<!-- end of " + part + " -->";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end);
        assertThat(page).contains(begin, end);
        isCurrent(name, page.substring(0, from) + text + page.substring(to));
    }

    static Path root() {
        var named = System.getProperty("mesolith.root");
        return Path.of(named == null ? ".." : named);
    }
}
