package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the two launcher scripts with a Java and a Maven that only note what they were asked. */
final class LauncherTest {

    private static final Path ROOT = Path.of(System.getProperty("mesolith.root", "."));

    @TempDir
    private Path directory;

    private Path java25;
    private Path tools;
    private Path tree;
    private Path installation;

    @BeforeEach
    void lay() throws IOException {
        java25 = directory.resolve("jdk 25");
        Files.createDirectories(java25.resolve("bin"));
        Files.writeString(java25.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
        // Notes its arguments; makes the file that a training run has to make.
        script(java25.resolve("bin/java"), """
                for arg in "$@"; do
                    case $arg in -XX:AOTCacheOutput=*) echo cache > "${arg#*=}"; echo trained >> "$NOTES"; \
                    exit 0 ;; esac
                done
                for arg in "$@"; do echo "[$arg]"; done
                """);
        script(java25.resolve("bin/javac"), "exit 0\n");
        tools = directory.resolve("tools");
        script(tools.resolve("mvn"), """
                echo "mvn $* on $JAVA_HOME" >> "$NOTES"
                [ ! -e "$BREAK" ] || { echo '[ERROR] it does not compile'; exit 1; }
                mkdir -p cli/target/mesolith-0.1.0/bin
                printf '#!/bin/sh\\necho "installed meso: $*"\\n' > cli/target/mesolith-0.1.0/bin/meso
                chmod +x cli/target/mesolith-0.1.0/bin/meso
                """);
        tree = directory.resolve("tree");
        copy(ROOT.resolve("meso"), tree.resolve("meso"));
        copy(
                ROOT.resolve("cli/src/main/dist/libexec/find-java.sh"),
                tree.resolve("cli/src/main/dist/libexec/find-java.sh"));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        installation = directory.resolve("an installation");
        copy(ROOT.resolve("cli/src/main/dist/bin/meso"), installation.resolve("bin/meso"));
        copy(ROOT.resolve("cli/src/main/dist/libexec/find-java.sh"), installation.resolve("libexec/find-java.sh"));
        Files.createDirectories(installation.resolve("lib/cli"));
        Files.createDirectories(installation.resolve("lib/server"));
        Files.createDirectories(installation.resolve("conf"));
        Files.writeString(installation.resolve("lib/cli/a.jar"), "a");
        Files.writeString(installation.resolve("lib/server/s.jar"), "s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "25 | true",
                "25.0.1 | true",
                "25-ea | true",
                "250 | false",
                "17.0.15 | false",
                "1.8.0_25 | false",
                "2 | false"
            })
    void onlyJava25IsJava25(String version, boolean is) throws IOException, InterruptedException {
        Files.writeString(
                java25.resolve("release"), "JAVA_VERSION=\"" + version + "\""); // no line end: seen in the wild
        Said said = run(List.of(
                "sh",
                "-c",
                ". '" + tree.resolve("cli/src/main/dist/libexec/find-java.sh") + "'; is_java_25 '" + java25 + "'"));
        assertThat(said.code() == 0).isEqualTo(is);
    }

    @Test
    void withoutJava25TheErrorSaysWhatToInstall() throws IOException, InterruptedException {
        Said said = run(Map.of("JAVA_HOME", "/nowhere"), tree.resolve("meso").toString(), "version");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .contains("JAVA_HOME (/nowhere)")
                .contains("JDK 25")
                .contains("openjdk-25-jdk-headless");
    }

    @Test
    void anOlderJavaHomeIsPassedOverForOneThatIsFound() throws IOException, InterruptedException {
        Said said = run(
                Map.of("JAVA_HOME", "/nowhere", "MESO_JAVA_PLACES", "/nowhere " + directory + "/jdk*"),
                installation.resolve("bin/meso").toString(),
                "version");
        assertThat(said.code()).isZero();
    }

    @Test
    void testRunsMavenOnJava25WithTheGivenArguments() throws IOException, InterruptedException {
        assertThat(meso("test", "-Pnightly", "-Dseed=4").code()).isZero();
        assertThat(notes()).containsExactly("mvn -B verify -Pnightly -Dseed=4 on " + java25);
    }

    @Test
    void anythingElseIsBuiltOnceAndAgainOnlyWhenASourceIsNewer() throws IOException, InterruptedException {
        Said first = meso("task", "ls", "--json");
        assertThat(first.out()).isEqualTo("installed meso: task ls --json\n");
        assertThat(first.err()).contains("building");
        meso("task", "ls");
        assertThat(notes()).hasSize(1);
        Path source = tree.resolve("proto/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class A {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        meso("task", "ls");
        assertThat(notes()).hasSize(2);
    }

    @Test
    void afterAGreenTestNothingIsBuiltAgain() throws IOException, InterruptedException {
        meso("test");
        assertThat(meso("version").err()).isEmpty();
        assertThat(notes()).hasSize(1);
    }

    @Test
    void aBuildThatFailsIsShownAndNothingRuns() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("break"), "");
        Said said = meso("version");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("it does not compile").contains("build.log");
    }

    @Test
    void argumentsArriveAsTheyWereGivenAlsoThroughALink() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), installation.resolve("bin/meso"));
        Said said = run(Map.of("MESO_CACHE", "off"), link.toString(), "task", "run", "--", "echo", "a  b", "*", "");
        assertThat(said.out())
                .endsWith("[org.mesolith.cli.CliMain]\n[task]\n[run]\n[--]\n[echo]\n[a  b]\n[*]\n[]\n")
                .contains("[" + installation.toRealPath() + "/lib/cli/a.jar]");
    }

    @Test
    void theCacheIsMadeOnceAndAnewWhenAJarChanged() throws IOException, InterruptedException {
        String first = cacheFlag(installed("version"));
        assertThat(cacheFlag(installed("version"))).isEqualTo(first).isNotEmpty();
        assertThat(notes()).containsExactly("trained");
        Path jar = installation.resolve("lib/cli/a.jar");
        FileTime time = Files.getLastModifiedTime(jar);
        Files.writeString(jar, "b");
        Files.setLastModifiedTime(jar, time);
        assertThat(cacheFlag(installed("version"))).isNotEmpty().isNotEqualTo(first);
        assertThat(notes()).containsExactly("trained", "trained");
        try (var caches = Files.list(installation.resolve("cache"))) {
            assertThat(caches).hasSize(1);
        }
    }

    @Test
    void withoutAPlaceForTheCacheItRunsWithoutOne() throws IOException, InterruptedException {
        Said said = run(
                Map.of("MESO_CACHE", "/proc/nowhere"),
                installation.resolve("bin/meso").toString(),
                "version");
        assertThat(said.code()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(cacheFlag(said)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "master --port=1, org.mesolith.master.MasterMain, [--port=1]",
        "agent --port=1, org.mesolith.agent.AgentMain, [--port=1]",
        "agent ls, org.mesolith.cli.CliMain, [agent]",
        "agent show, org.mesolith.cli.CliMain, [agent]",
    })
    void serversRunTheirOwnMainClassWithAllJars(String words, String main, String next)
            throws IOException, InterruptedException {
        Said said = installed(words.split(" "));
        assertThat(said.out()).contains("[" + main + "]\n" + next);
        assertThat(said.out().contains("lib/server/s.jar")).isEqualTo(!main.endsWith("CliMain"));
    }

    private record Said(int code, String out, String err) {}

    private Said meso(String... args) throws IOException, InterruptedException {
        return command(Map.of("JAVA_HOME", java25.toString()), tree.resolve("meso"), args);
    }

    private Said installed(String... args) throws IOException, InterruptedException {
        return command(Map.of("JAVA_HOME", java25.toString()), installation.resolve("bin/meso"), args);
    }

    private Said command(Map<String, String> environment, Path script, String... args)
            throws IOException, InterruptedException {
        var line = new ArrayList<String>(List.of("sh", script.toString()));
        line.addAll(List.of(args));
        return run(environment, line);
    }

    private Said run(Map<String, String> environment, String... line) throws IOException, InterruptedException {
        var withJava = new LinkedHashMap<>(Map.of("JAVA_HOME", java25.toString()));
        withJava.putAll(environment);
        var whole = new ArrayList<String>(List.of("sh"));
        whole.addAll(List.of(line));
        return run(withJava, whole);
    }

    private Said run(List<String> line) throws IOException, InterruptedException {
        return run(Map.of(), line);
    }

    private Said run(Map<String, String> environment, List<String> line) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        var builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        tools + ":/usr/bin:/bin",
                        "MESO_JAVA_PLACES",
                        "/nowhere",
                        "NOTES",
                        directory.resolve("notes").toString(),
                        "BREAK",
                        directory.resolve("break").toString()));
        builder.environment().putAll(environment);
        // The search must not find the Java of this machine.
        hideJava();
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the script ended").isTrue();
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private void hideJava() throws IOException {
        Path hidden = tools.resolve("java");
        if (!Files.exists(hidden)) {
            script(hidden, "exit 1\n");
        }
    }

    private List<String> notes() throws IOException {
        return Files.readAllLines(directory.resolve("notes"));
    }

    private static String cacheFlag(Said said) {
        return said.out()
                .lines()
                .filter(line -> line.startsWith("[-XX:AOTCache="))
                .findFirst()
                .orElse("");
    }

    private static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, ("#!/bin/sh\n" + body).getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
