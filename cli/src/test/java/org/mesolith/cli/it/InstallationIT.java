package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.cli.Catalog;
import org.mesolith.process.Installation;
import org.mesolith.process.OsProcess;

/** What is in the packaged build, and that it runs from elsewhere. */
final class InstallationIT {

    private static final Path HOME = Installation.current().home();

    @TempDir
    private Path directory;

    @Test
    void everyForeignJarHasItsLicenceNamed() throws IOException {
        String named = Files.readString(HOME.resolve("licenses/README.md"));
        try (Stream<Path> jars = Files.walk(HOME.resolve("lib"))) {
            List<String> foreign = jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") && !name.endsWith("-0.1.0.jar"))
                    .toList();
            assertThat(foreign)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(name -> assertThat(named)
                            .as(name)
                            .containsPattern(name.replaceFirst("-\\d.*", "")
                                    .replaceFirst("^(netty|ratis)-(?!thirdparty).*", "$1-\\\\*")));
        }
        assertThat(HOME.resolve("LICENSE")).exists();
    }

    @Test
    void onlyLinuxLibrariesAreBundledAndNoJarHoldsThem() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("lib/native"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("librocksdbjni-linux64.so", "librocksdbjni-linux-aarch64.so");
        }
        try (Stream<Path> jars = Files.list(HOME.resolve("lib/server"))) {
            assertThat(jars.filter(jar -> jar.toString().contains("rocksdbjni")))
                    .allSatisfy(jar -> assertThat(Files.size(jar)).isLessThan(2_000_000));
        }
    }

    @Test
    void aCopyElsewhereRunsWithoutAHomeAndWithoutAWritablePlace() throws IOException, InterruptedException {
        Path copy = directory.resolve("a copy");
        Process cp = new ProcessBuilder("cp", "-r", HOME.toString(), copy.toString()).start();
        assertThat(cp.waitFor()).isZero();
        OsProcess version = OsProcess.start(
                "version",
                List.of(copy.resolve("bin/meso").toString(), "version"),
                Map.of("HOME", "/nonexistent", "MESO_CACHE", "/proc/none"),
                directory,
                directory.resolve("log"));
        assertThat(version.awaitEnd(Duration.ofMinutes(1))).as(version.tail()).isZero();
        assertThat(version.tail()).startsWith("mesolith 0.1.0");
    }

    @Test
    void aPreparedInstallationStartsMasterAndAgentFromWhatTheirJvmsLearned() throws IOException {
        var environment = Map.of("MESO_CACHE", directory.resolve("caches").toString());
        assertRuns(environment, "prepare");
        assertStartsFromItsCache(environment, "master", "org.mesolith.master.MasterMain");
        assertStartsFromItsCache(environment, "agent", "org.mesolith.agent.AgentMain");
        try (Stream<Path> caches = Files.list(directory.resolve("caches"))) {
            assertThat(caches.map(cache -> cache.getFileName().toString().replaceAll("-.*", "")))
                    .containsExactlyInAnyOrder("cli", "master", "agent");
        }
    }

    /** A command whose classes are on another class path than the launcher gives it ends with a stack trace. */
    @Test
    void everyCommandHasItsClasses() {
        for (Catalog.Entry entry : Catalog.ENTRIES) {
            String[] words = (entry.name() + " --help").split(" ");
            assertRuns(Map.of(), words);
        }
        assertRuns(Map.of(), "bench allocate --agents 50 --frameworks 4 --roles 10 --runs 1 --warm-up 0".split(" "));
    }

    private void assertStartsFromItsCache(Map<String, String> environment, String process, String main)
            throws IOException {
        Path classes = directory.resolve(process + "-classes");
        var watched = new LinkedHashMap<>(environment);
        watched.put("MESO_JAVA_OPTS", "-Xlog:class+load:file=" + classes);
        assertRuns(watched, process, "--help");
        assertThat(Files.readAllLines(classes))
                .anySatisfy(line -> assertThat(line).contains(main + " source: shared objects file"));
    }

    private void assertRuns(Map<String, String> environment, String... command) {
        OsProcess process = OsProcess.start(
                command[0], new Installation(HOME).command(command), environment, directory, directory.resolve("log"));
        assertThat(process.awaitEnd(Duration.ofMinutes(3))).as(process.tail()).isZero();
    }

    @Test
    void theUnitsStartWhatIsInstalled() throws IOException {
        assertThat(Files.readString(HOME.resolve("systemd/mesolith-agent.service")))
                .contains("KillMode=process")
                .contains("Delegate=yes")
                .contains("/bin/meso agent --config=");
        assertThat(Files.readString(HOME.resolve("systemd/mesolith-master.service")))
                .contains("Restart=always")
                .contains("/bin/meso master --config=");
    }
}
