package org.mesolith.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An installation of Mesolith: the directory that holds {@code bin/meso}.
 *
 * @param home absolute
 */
public record Installation(Path home) {

    /** Refuses a directory without the launcher. */
    public Installation {
        home = home.toAbsolutePath().normalize();
        if (!Files.isExecutable(home.resolve("bin/meso"))) {
            throw new IllegalArgumentException(
                    home + " is no installation of Mesolith: it has no bin/meso; build one with `./meso version`");
        }
    }

    /** The installation this process belongs to: the property {@code mesolith.installation}, else {@code MESO_HOME}. */
    public static Installation current() {
        String property = System.getProperty("mesolith.installation", "");
        String variable = System.getenv("MESO_HOME");
        if (property.isEmpty() && (variable == null || variable.isEmpty())) {
            throw new IllegalStateException(
                    "neither -Dmesolith.installation nor MESO_HOME says where Mesolith is installed; start me "
                            + "with bin/meso");
        }
        return new Installation(Path.of(property.isEmpty() && variable != null ? variable : property));
    }

    /** The command line of a {@code meso} command. */
    public List<String> command(String... arguments) {
        var line = new ArrayList<String>();
        line.add(home.resolve("bin/meso").toString());
        line.addAll(List.of(arguments));
        return line;
    }
}
