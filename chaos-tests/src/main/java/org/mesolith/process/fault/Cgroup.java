package org.mesolith.process.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A control group of the kernel for one process: how much of the processor and of the memory it may have. Version 1 and
 * 2 of the interface. Needs the right to make groups, as root has it. One thread.
 */
public final class Cgroup {
    private static final String OURS = "mesolith-chaos-";
    private static final long PERIOD_MICROS = 100_000;

    /** What is limited. */
    public enum Limit {
        CPU("cpu"),
        MEMORY("memory");

        private final String controller;

        Limit(String controller) {
            this.controller = controller;
        }
    }

    private final Path group;
    private final Limit limit;
    private final boolean isUnified;
    private final Path former;

    private Cgroup(Path group, Limit limit, boolean isUnified, Path former) {
        this.group = group;
        this.limit = limit;
        this.isUnified = isUnified;
        this.former = former;
    }

    /** Where groups of a controller can be made. */
    private record Hierarchy(Path root, boolean isUnified) {}

    /** Why a process cannot be limited here; else the empty text. A group is made for a trial. */
    public static String unmet(Limit limit) {
        Hierarchy hierarchy = hierarchy(limit);
        if (hierarchy == null) {
            return "no control groups with the controller `" + limit.controller + "` are mounted here";
        }
        Path trial = hierarchy
                .root()
                .resolve(OURS + "trial-" + ProcessHandle.current().pid());
        try {
            Files.createDirectory(trial);
            boolean hasFile = Files.isWritable(trial.resolve(file(limit, hierarchy.isUnified())));
            Files.delete(trial);
            return hasFile
                    ? ""
                    : "control groups below " + hierarchy.root() + " cannot be limited (is the controller given on?)";
        } catch (IOException refused) {
            return "no control group can be made below " + hierarchy.root() + ": " + refused.getMessage();
        }
    }

    /**
     * Makes a group, moves the process there, and limits it: a processor's share in percent of one, or bytes of memory
     * that it may take from now on.
     *
     * @param name unique on this machine, for example of the run and the process
     */
    public static Cgroup limit(Limit limit, long amount, String name, long pid, UndoList undo) {
        Hierarchy hierarchy = hierarchy(limit);
        if (hierarchy == null) {
            throw new IllegalStateException(unmet(limit));
        }
        Path group = hierarchy.root().resolve(OURS + name);
        undo.grouping(group);
        try {
            Files.createDirectory(group);
            var made = new Cgroup(group, limit, hierarchy.isUnified(), groupOf(pid, limit, hierarchy));
            if (limit == Limit.CPU && !hierarchy.isUnified()) {
                write(group.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
            }
            write(group.resolve(file(limit, hierarchy.isUnified())), made.text(amount));
            write(group.resolve("cgroup.procs"), Long.toString(pid));
            return made;
        } catch (IOException refused) {
            throw new IllegalStateException("cannot limit process " + pid + " by " + group, refused);
        }
    }

    private static String file(Limit limit, boolean isUnified) {
        return switch (limit) {
            case CPU -> isUnified ? "cpu.max" : "cpu.cfs_quota_us";
            case MEMORY -> isUnified ? "memory.max" : "memory.limit_in_bytes";
        };
    }

    private String text(long amount) {
        return switch (limit) {
            case CPU -> PERIOD_MICROS * amount / 100 + (isUnified ? " " + PERIOD_MICROS : "");
            case MEMORY -> Long.toString(amount);
        };
    }

    /** Moves what lives there back to where it was, and removes the group. */
    public void release() {
        try {
            for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
                moveBack(pid);
            }
        } catch (IOException gone) {
            throw new IllegalStateException("cannot empty " + group, gone);
        }
        remove(group, new ArrayList<>());
    }

    private void moveBack(String pid) throws IOException {
        try {
            write(former.resolve("cgroup.procs"), pid);
        } catch (IOException refused) {
            if (ProcessHandle.of(Long.parseLong(pid)).isPresent()) {
                throw refused;
            }
        }
    }

    /** Removes a group of ours in which nobody lives, and says so; one that is gone is fine. */
    static void remove(Path group, List<String> done) {
        if (!group.startsWith("/sys/fs/cgroup")
                || !String.valueOf(group.getFileName()).startsWith(OURS)) {
            throw new IllegalStateException(group + " is no control group of a chaos run and stays as it is");
        }
        for (int attempt = 0; Files.exists(group); attempt++) {
            try {
                Files.delete(group);
                done.add("removed " + group);
            } catch (IOException busy) {
                if (attempt == 100) {
                    throw new IllegalStateException(
                            "cannot remove " + group + ": " + busy.getMessage() + "; processes live there", busy);
                }
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
        }
    }

    private static @Nullable Hierarchy hierarchy(Limit limit) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
                String[] words = line.split(" ");
                if (words.length < 4) {
                    continue;
                }
                Path root = Path.of(words[1]);
                boolean isOld = words[2].equals("cgroup")
                        && List.of(words[3].split(",")).contains(limit.controller);
                boolean isNew = words[2].equals("cgroup2")
                        && List.of(Files.readString(root.resolve("cgroup.controllers"))
                                        .strip()
                                        .split(" "))
                                .contains(limit.controller);
                if (isOld || isNew) {
                    return new Hierarchy(root, isNew);
                }
            }
        } catch (IOException unknown) {
            return null;
        }
        return null;
    }

    /** Where this process lives now. */
    private static Path groupOf(long pid, Limit limit, Hierarchy hierarchy) throws IOException {
        Map<String, String> places = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/cgroup"))) {
            String[] parts = line.split(":", 3);
            for (String controller : parts[1].split(",")) {
                places.put(controller, parts[2]);
            }
        }
        String place = places.getOrDefault(hierarchy.isUnified() ? "" : limit.controller, "/");
        return hierarchy.root().resolve(place.substring(1));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }
}
