package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.model.Uuid;

/** Finds out at start which way of keeping trees together works here, by doing it once. */
final class TreeProbe {
    private static final System.Logger LOG = System.getLogger(TreeProbe.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ProcessMark NOBODY = new ProcessMark(-1, 0, "");

    private TreeProbe() {}

    /**
     * The best way that works.
     *
     * @param subtree name of the directory that is ours below the root of a hierarchy
     */
    static ProcessTrees best(String subtree) {
        for (var trees : candidates(subtree)) {
            try {
                if (works(trees)) {
                    return trees;
                }
            } catch (IOException refused) {
                LOG.log(System.Logger.Level.INFO, "not usable: " + trees.name() + " (" + refused + ")");
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "no cgroup can be used: tasks are kept together by a marker in their environment; a process that leaves"
                        + " its parents and clears its environment would survive its task. Run the agent as root, or"
                        + " give it a cgroup of its own");
        return new MarkerTrees();
    }

    private static List<CgroupTrees> candidates(String subtree) {
        var found = new ArrayList<CgroupTrees>();
        for (var line : lines("/proc/self/mountinfo")) {
            // … 5: mount point …, " - ", type, source, options of the hierarchy
            int dash = line.indexOf(" - ");
            var before = dash < 0 ? new String[0] : line.substring(0, dash).split(" ");
            var after = dash < 0 ? new String[0] : line.substring(dash + 3).split(" ");
            if (before.length < 5 || after.length < 3) {
                continue;
            }
            var mount = Path.of(before[4]);
            if (after[0].equals("cgroup2")) {
                found.addFirst(new CgroupTrees(mount.resolve(subtree), true));
                found.add(1, new CgroupTrees(own(mount, "").resolve(subtree), true));
            } else if (after[0].equals("cgroup") && List.of(after[2].split(",")).contains("freezer")) {
                found.add(new CgroupTrees(mount.resolve(subtree), false));
                found.add(new CgroupTrees(own(mount, "freezer").resolve(subtree), false));
            }
        }
        return found;
    }

    /** The agent's own group: where a delegated subtree is. */
    private static Path own(Path mount, String controller) {
        for (var line : lines("/proc/self/cgroup")) {
            var parts = line.split(":", 3);
            if (parts.length == 3 && List.of(parts[1].split(",")).contains(controller)) {
                return mount.resolve(parts[2].substring(1));
            }
        }
        return mount;
    }

    private static boolean works(CgroupTrees trees) throws IOException, InterruptedException {
        var random = UUID.randomUUID();
        var container = new Uuid(random.getMostSignificantBits(), random.getLeastSignificantBits());
        try {
            var door = trees.create(container).getFirst();
            if (trees.unified() && !Files.isWritable(Path.of(door).resolveSibling("cgroup.kill"))) {
                return false;
            }
            var process = new ProcessBuilder("/bin/sh", "-c", "echo 0 >\"$1\" && exec sleep 30", "probe", door)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return awaitInside(trees, container, process) && killed(trees, container, process);
            } finally {
                process.destroyForcibly();
            }
        } finally {
            trees.remove(container);
        }
    }

    private static boolean awaitInside(CgroupTrees trees, Uuid container, Process process) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            if (trees.processes(container, NOBODY).contains(process.pid())) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return false;
    }

    private static boolean killed(CgroupTrees trees, Uuid container, Process process) throws InterruptedException {
        trees.kill(container, NOBODY);
        return process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException absent) {
            return List.of();
        }
    }
}
