package org.mesolith.cli.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.command.self.Version;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;

/** A cluster for measuring: default settings, below a directory of its own that is removed at the end. */
final class BenchCluster implements AutoCloseable {

    private final Path directory;
    private final boolean temporary;
    private final ClusterProcess cluster;

    private BenchCluster(Path directory, boolean temporary, ClusterProcess cluster) {
        this.directory = directory;
        this.temporary = temporary;
        this.cluster = cluster;
    }

    /**
     * Starts one and prints what is measured on.
     *
     * @param where the directory for its data, empty for a temporary one
     */
    static BenchCluster start(String where, ClusterProcess.Settings settings, PrintStream err) {
        Path directory = directory(where);
        Installation installation = Installation.current();
        err.println("# mesolith " + Version.text() + ", Java " + System.getProperty("java.runtime.version", "") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, data in " + directory);
        err.println("# " + settings.masters() + " masters and " + settings.agents()
                + " agents as processes, default settings");
        err.println("# JVM of a master: " + options(installation, "jvm-master.options"));
        err.println("# JVM of an agent: " + options(installation, "jvm-agent.options"));
        err.println("# this machine now: " + speed(directory));
        var cluster = new ClusterProcess(installation, directory, settings);
        var bench = new BenchCluster(directory, where.isEmpty(), cluster);
        try {
            cluster.start();
            return bench;
        } catch (IllegalStateException failed) {
            cluster.close();
            throw new Failure(ExitCode.FAILED, failed.getMessage() + "; its logs are in " + directory, failed);
        }
    }

    ClusterProcess cluster() {
        return cluster;
    }

    MasterList masters() {
        return new MasterList(HostPort.parseList(String.join(",", cluster.announcedAddresses())), "the benchmark");
    }

    /** Fails when a process of agents has ended: what is waited for would never come. */
    void requireAgents() {
        for (var agent : cluster.agents()) {
            if (!agent.isAlive()) {
                throw new Failure(
                        ExitCode.FAILED,
                        agent.name() + " has ended: " + agent.process().tail());
            }
        }
    }

    @Override
    public void close() {
        cluster.close();
        if (temporary) {
            Leftovers.delete(directory);
        }
    }

    private static Path directory(String where) {
        try {
            return where.isEmpty()
                    ? Files.createTempDirectory("mesolith-bench-").toRealPath()
                    : Files.createDirectories(Path.of(where)).toRealPath();
        } catch (IOException failed) {
            throw new Failure(ExitCode.FAILED, "cannot make the directory for the data: " + failed, failed);
        }
    }

    private static String speed(Path directory) {
        try {
            return MachineSpeed.measure(directory);
        } catch (IOException failed) {
            throw new Failure(ExitCode.FAILED, "cannot write in " + directory + ": " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted", interrupted);
        }
    }

    private static String options(Installation installation, String file) {
        try {
            return Files.readAllLines(installation.home().resolve("conf").resolve(file)).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.joining(" "));
        } catch (IOException unreadable) {
            return "unknown (" + unreadable.getMessage() + ")";
        }
    }
}
