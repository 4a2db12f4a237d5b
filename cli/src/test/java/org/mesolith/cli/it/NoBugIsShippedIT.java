package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.mesolith.process.Installation;

/** The planted bugs are in the tests only: nothing of them is in what is installed, and nothing there plants any. */
final class NoBugIsShippedIT {

    @Test
    void theInstallationHasNoPlantedBugAndLoadsNoAgent() throws IOException {
        Path home = Installation.current().home();
        List<Path> jars;
        List<Path> texts;
        try (var files = Files.walk(home)) {
            var all = files.filter(Files::isRegularFile).toList();
            jars = all.stream().filter(file -> file.toString().endsWith(".jar")).toList();
            texts = all.stream()
                    .filter(file -> file.startsWith(home.resolve("conf"))
                            || file.startsWith(home.resolve("bin"))
                            || file.startsWith(home.resolve("libexec")))
                    .toList();
        }
        assertThat(jars).hasSizeGreaterThan(10);
        assertThat(texts).isNotEmpty();

        var suspicious = new ArrayList<String>();
        boolean ours = false;
        for (Path jar : jars) {
            try (var opened = new JarFile(jar.toFile())) {
                opened.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.contains("Planted") || name.startsWith("org/mesolith/cli/it/"))
                        .forEach(name -> suspicious.add(jar.getFileName() + ": " + name));
                ours |= opened.getEntry("org/mesolith/cli/CliMain.class") != null;
                var manifest = opened.getManifest();
                if (manifest != null && manifest.getMainAttributes().getValue("Premain-Class") != null) {
                    suspicious.add(jar.getFileName() + " is an agent of the JVM");
                }
            }
        }
        for (Path text : texts) {
            if (Files.readString(text, StandardCharsets.UTF_8).contains("-javaagent")) {
                suspicious.add(home.relativize(text) + " loads an agent of the JVM");
            }
        }
        assertThat(suspicious).isEmpty();
        assertThat(ours).as("the jar of the commands was looked into").isTrue();
    }
}
