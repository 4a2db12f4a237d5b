package org.mesolith.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import picocli.CommandLine.Command;

/**
 * {@code meso prepare}: lets a small cluster work for a few seconds and keeps what its JVMs learned, so that a master
 * or an agent of this build starts in half the time and is quick from its first call.
 *
 * <p>The launcher names the files by the content of all that goes into them ({@code MESO_PREPARE_MASTER},
 * {@code MESO_PREPARE_AGENT}) and hands them to every later start.
 */
@Command(
        description = {
            "Makes the start-up caches of master and agent for this installation and this Java: runs a cluster",
            "of three masters and an agent on loopback for some seconds and keeps what its JVMs learned.",
            "Optional: without it everything works, but starts more slowly. To be repeated after an update of Java;",
            "a cache that does not fit is never used."
        },
        footer = {"", "Example: meso prepare"})
public final class Prepare implements Callable<Integer> {

    private static final String MASTER = "MESO_PREPARE_MASTER";
    private static final String AGENT = "MESO_PREPARE_AGENT";

    private static final Duration STEP_MAX = Duration.ofMinutes(2);
    private static final Duration LOAD = Duration.ofSeconds(4);

    /** Few clients make many small entries of the log, many make large ones. */
    private static final List<Integer> CLIENTS = List.of(4, 64);

    private final Console console;

    /** The command in these surroundings. */
    public Prepare(Console console) {
        this.console = console;
    }

    /** True when there is a place for caches, and one of them is not there. */
    public boolean isWanted() {
        return Stream.of(MASTER, AGENT)
                .map(console::variable)
                .anyMatch(name -> !name.isEmpty() && !Files.exists(Path.of(name)));
    }

    @Override
    public Integer call() throws InterruptedException {
        Path master = target(MASTER);
        Path agent = target(AGENT);
        if (Files.exists(master) && Files.exists(agent)) {
            console.out().println("nothing to do: " + master + " and " + agent + " fit this build");
            return ExitCode.OK;
        }
        make(master, agent);
        console.out().println("made " + master);
        console.out().println("made " + agent);
        return ExitCode.OK;
    }

    /** Makes both, and says nothing. */
    public void make() throws InterruptedException {
        make(target(MASTER), target(AGENT));
    }

    private static void make(Path master, Path agent) throws InterruptedException {
        try {
            Path directory = Files.createTempDirectory("mesolith-prepare-").toRealPath();
            try {
                train(directory, master, agent);
            } finally {
                Leftovers.delete(directory);
            }
        } catch (IOException | IllegalStateException failed) {
            throw new Failure(ExitCode.FAILED, "could not make the start-up caches: " + failed.getMessage(), failed);
        }
    }

    private Path target(String variable) {
        String name = console.variable(variable);
        if (name.isEmpty()) {
            throw new Failure(
                    ExitCode.FAILED,
                    "there is no directory for start-up caches: neither the installation nor your home directory can "
                            + "be written, or MESO_CACHE is off; set MESO_CACHE to a directory");
        }
        return Path.of(name);
    }

    private static void train(Path directory, Path masterCache, Path agentCache)
            throws IOException, InterruptedException {
        Path learned = Files.createDirectories(directory.resolve("learned"));
        var settings = ClusterProcess.Settings.of(3, 1).withEnvironment(Map.of("MESO_TRAIN", learned.toString()));
        try (var cluster = new ClusterProcess(Installation.current(), directory.resolve("cluster"), settings)) {
            cluster.start();
            Member first = cluster.awaitLeader(STEP_MAX);
            work(cluster, first);
            // The one whose memory is kept has followed, has seen a leader die, and has led.
            first.process().killNow();
            Member second = cluster.awaitLeaderOtherThan(first, STEP_MAX);
            work(cluster, second);
            Member agent = cluster.agents().getFirst();
            keep(agent, learned, agentCache);
            keep(second, learned, masterCache);
        }
    }

    private static void work(ClusterProcess cluster, Member leader) throws IOException, InterruptedException {
        for (var command :
                List.of(List.of("task", "run", "--", "true"), List.of("agent", "ls"), List.of("task", "ls"))) {
            var process = OsProcess.start(
                    "meso",
                    cluster.installation().command(command.toArray(String[]::new)),
                    Map.of("MESO_MASTERS", cluster.masterAddresses()),
                    cluster.directory(),
                    cluster.directory().resolve("meso.log"));
            if (process.awaitEnd(STEP_MAX) != ExitCode.OK) {
                throw new IllegalStateException("`meso " + String.join(" ", command) + "` failed:\n" + process.tail());
            }
        }
        for (int clients : CLIENTS) {
            new Load(HostPort.parse(leader.address()), clients).run(Duration.ZERO, LOAD);
        }
    }

    /** Ends the process in order; its JVM writes what it learned, and that becomes the cache. */
    private static void keep(Member member, Path learned, Path cache) throws IOException {
        long pid = member.process().pid();
        member.process().stop(STEP_MAX);
        Path file = learned.resolve(pid + ".aot");
        if (!Files.exists(file) || Files.size(file) == 0) {
            throw new IllegalStateException(member.name() + " left no cache; its output ends with:\n"
                    + member.process().tail());
        }
        Files.createDirectories(cache.toAbsolutePath().getParent());
        Path beside = cache.resolveSibling(cache.getFileName() + ".new");
        Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        dropOthers(cache);
    }

    /** Those of earlier builds: they fit nothing any more, and each holds dozens of megabytes. */
    private static void dropOthers(Path cache) throws IOException {
        String name = cache.getFileName().toString();
        String kind = name.substring(0, name.indexOf('-') + 1);
        try (var beside = Files.newDirectoryStream(cache.toAbsolutePath().getParent(), kind + "*.aot")) {
            for (Path other : beside) {
                if (!other.getFileName().equals(cache.getFileName())) {
                    Files.deleteIfExists(other);
                }
            }
        }
    }
}
