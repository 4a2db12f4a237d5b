package org.mesolith.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads the files of the project: sizes, habits, and that links in documents lead somewhere. */
final class TidyTest {
    private static final int MAIN_LINES_MAX = 400;
    private static final int TEST_LINES_MAX = 600;
    private static final int COLUMNS_MAX = 120;
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)#\\s]+)[^)]*\\)");
    private static final List<String> NOT_OURS = List.of("/target/", "/.git/", "/dist/", "/var/");

    // Written in two halves, so that this file does not find itself.
    private static final List<String> NOT_SAID = List.of("TO" + "DO", "FIX" + "ME", "@Dis" + "abled", "\t");
    private static final Pattern PRIVATE_PATH =
            Pattern.compile("(?<![\\w.])/(root|home/[a-z]+|work)/[\\w.]|/target/classes/");

    private static Path root() {
        var named = System.getProperty("mesolith.root");
        return Path.of(named == null ? ".." : named);
    }

    private static List<Path> files(String ending) {
        try (var all = Files.walk(root())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .filter(file -> NOT_OURS.stream().noneMatch(part -> ("/" + root().relativize(file)).contains(part)))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot walk the project", unreadable);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    @Test
    void noSourceFileIsTooLong() {
        var tooLong = files(".java").stream()
                .filter(file ->
                        ownLines(file) > (file.toString().contains("/src/test/") ? TEST_LINES_MAX : MAIN_LINES_MAX))
                .map(file -> root().relativize(file) + ": " + ownLines(file))
                .toList();

        assertThat(tooLong).isEmpty();
    }

    private static long ownLines(Path file) {
        return lines(file).stream().filter(line -> !line.startsWith("import ")).count();
    }

    @Test
    void theLeadershipOnlyRoutes() {
        var leadership = files("/leader/Leadership.java");

        assertThat(leadership).allSatisfy(file -> assertThat(ownLines(file)).isLessThanOrEqualTo(250));
    }

    @Test
    void noLineIsTooWideAndNothingForbiddenIsSaid() {
        var bad = new ArrayList<String>();
        for (var file : files(".java")) {
            int number = 0;
            for (var line : lines(file)) {
                number++;
                boolean tooWide = line.length() > COLUMNS_MAX && !line.startsWith("import ");
                if (tooWide || NOT_SAID.stream().anyMatch(line::contains)) {
                    bad.add(root().relativize(file) + ":" + number + " " + line.strip());
                }
            }
        }

        assertThat(bad).isEmpty();
    }

    @Test
    void nothingNamesAPathOfSomebodysMachine() {
        var bad = new ArrayList<String>();
        for (var ending : List.of(".java", ".md", ".xml", ".proto", "/meso", "/.ci/run", ".yaml", ".service")) {
            for (var file : files(ending)) {
                if (!file.endsWith("TidyTest.java")) {
                    lines(file).stream()
                            .filter(line -> PRIVATE_PATH.matcher(line).find())
                            .forEach(line -> bad.add(root().relativize(file) + ": " + line.strip()));
                }
            }
        }

        assertThat(bad).isEmpty();
    }

    @Test
    void everyPackageSaysWhatLivesThereAndWhoMayComeIn() {
        var bad = new ArrayList<String>();
        for (var directory :
                files(".java").stream().map(Path::getParent).distinct().sorted().toList()) {
            var info = directory.resolve("package-info.java");
            var text = Files.exists(info) ? String.join(" ", lines(info)).replaceAll("[ *]+", " ") : "";
            boolean ours = directory.toString().contains("/src/main/");
            if (ours && !(text.contains("@NullMarked") && text.contains("Lives here") && text.contains("May import"))) {
                bad.add(root().relativize(directory).toString());
            }
        }

        assertThat(bad).isEmpty();
    }

    @Test
    void linksInDocumentsLeadSomewhere() {
        var broken = new ArrayList<String>();
        for (var file : files(".md")) {
            for (var line : lines(file)) {
                var links = LINK.matcher(line);
                while (links.find()) {
                    var target = links.group(1);
                    if (!target.contains("://") && !Files.exists(file.resolveSibling(target))) {
                        broken.add(root().relativize(file) + " → " + target);
                    }
                }
            }
        }

        assertThat(broken).isEmpty();
    }
}
