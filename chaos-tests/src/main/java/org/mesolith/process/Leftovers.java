package org.mesolith.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster leaves behind when it is killed: tasks live on when their agent dies (that is what they are for). They
 * are found by their working directory or environment, which name the directory of the cluster.
 */
public final class Leftovers {

    private static final int ROUNDS_MAX = 20;
    private static final int ENVIRONMENT_BYTES_MAX = 256 * 1024;

    /** Variables of tasks and executors that name their sandbox. */
    private static final List<String> SANDBOXES = List.of("MESOS_SANDBOX=", "MESOS_DIRECTORY=");

    private Leftovers() {}

    /** Processes other than this one that work below {@code root}, or were started with it in their environment. */
    public static List<ProcessHandle> below(Path root) {
        String path = root.toAbsolutePath().normalize().toString();
        var found = new ArrayList<ProcessHandle>();
        long self = ProcessHandle.current().pid();
        ProcessHandle.allProcesses()
                .filter(process ->
                        process.pid() != self && (worksBelow(process.pid(), path) || knows(process.pid(), path)))
                .forEach(found::add);
        return found;
    }

    /** Kills them all, again until none is left (one may fork while we look). Returns how many were killed. */
    public static int killBelow(Path root) {
        int killed = 0;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            List<ProcessHandle> left = below(root);
            if (left.isEmpty()) {
                return killed;
            }
            left.forEach(ProcessHandle::destroyForcibly);
            killed += left.size();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        throw new IllegalStateException(below(root).size() + " processes below " + root + " do not end");
    }

    /**
     * Processes other than this one that bear a mark in their environment: a variable that names the directory, or, as
     * tasks have none of their agent's variables, a sandbox below it. Nobody is taken for ours because he works there.
     */
    public static List<ProcessHandle> marked(String variable, Path root) {
        String path = root.toAbsolutePath().normalize().toString();
        long self = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != self)
                .filter(process -> environment(process.pid()).stream()
                        .anyMatch(one -> one.equals(variable + "=" + path)
                                || SANDBOXES.stream().anyMatch(name -> one.startsWith(name + path + "/"))))
                .toList();
    }

    /** Kills all that bear the mark, again until none is left. Returns how many were killed. */
    public static int killMarked(String variable, Path root) {
        int killed = 0;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            List<ProcessHandle> left = marked(variable, root);
            if (left.isEmpty()) {
                return killed;
            }
            left.forEach(ProcessHandle::destroyForcibly);
            killed += left.size();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        throw new IllegalStateException(marked(variable, root).size() + " processes of " + root + " do not end");
    }

    private static List<String> environment(long pid) {
        try (var in = Files.newInputStream(Path.of("/proc/" + pid + "/environ"))) {
            String environment = new String(in.readNBytes(ENVIRONMENT_BYTES_MAX), StandardCharsets.UTF_8);
            return List.of(environment.split("\0", -1));
        } catch (IOException goneOrForeign) {
            return List.of();
        }
    }

    /** Removes a directory with all that is in it; what does not exist is fine. */
    public static void delete(Path root) {
        try {
            if (!Files.exists(root)) {
                return;
            }
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
                        throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failed) {
            throw new IllegalStateException("cannot remove " + root + "; remove it by hand", failed);
        }
    }

    private static boolean worksBelow(long pid, String root) {
        try {
            String directory =
                    Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).toString();
            return directory.equals(root) || directory.startsWith(root + "/");
        } catch (IOException goneOrForeign) {
            return false;
        }
    }

    private static boolean knows(long pid, String root) {
        try (var in = Files.newInputStream(Path.of("/proc/" + pid + "/environ"))) {
            String environment = new String(in.readNBytes(ENVIRONMENT_BYTES_MAX), StandardCharsets.UTF_8);
            return environment.contains("=" + root + "/") || environment.contains("=" + root + "\0");
        } catch (IOException goneOrForeign) {
            return false;
        }
    }
}
