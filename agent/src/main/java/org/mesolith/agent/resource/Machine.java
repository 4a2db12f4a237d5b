package org.mesolith.agent.resource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at the machine. */
public final class Machine {
    private static final System.Logger LOG = System.getLogger(Machine.class.getName());

    private Machine() {}

    /**
     * What is here.
     *
     * @param workDir exists
     */
    public static MachineResources.Found look(Path workDir) {
        return new MachineResources.Found(Runtime.getRuntime().availableProcessors(), mem(), disk(workDir));
    }

    private static long mem() {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemTotal:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
        } catch (IOException | NumberFormatException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "cannot find out how much memory there is", unreadable);
        }
        return 0;
    }

    private static long disk(Path workDir) {
        try {
            return Files.getFileStore(workDir).getTotalSpace();
        } catch (IOException unreadable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cannot find out how large the disk of " + workDir + " is",
                    unreadable);
            return 0;
        }
    }
}
