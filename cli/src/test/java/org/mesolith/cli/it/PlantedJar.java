package org.mesolith.cli.it;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The jar with the bugs, as the JVM wants it. */
final class PlantedJar {
    private PlantedJar() {}

    /** Writes it. */
    static void write(Path jar) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", PlantedBugs.class.getName());
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var classes = Files.newDirectoryStream(directory(), "Planted*.class")) {
            for (Path file : classes) {
                out.putNextEntry(new JarEntry("org/mesolith/cli/it/" + file.getFileName()));
                Files.copy(file, out);
            }
        }
    }

    /** For whoever wants to plant a bug by hand: writes the jar to the path that is given. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]));
    }

    private static Path directory() {
        try {
            var root = PlantedBugs.class.getProtectionDomain().getCodeSource().getLocation();
            return Path.of(root.toURI()).resolve("org/mesolith/cli/it");
        } catch (URISyntaxException wrong) {
            throw new IllegalStateException("where are the tests?", wrong);
        }
    }
}
