package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.model.Uuid;

/**
 * A cgroup per container, in a subtree of our own: a process cannot leave it, whatever it does.
 *
 * @param unified true: cgroup v2, which kills a whole group at once; false: the v1 freezer, which holds the group still
 *     while we kill one by one
 */
record CgroupTrees(Path root, boolean unified) implements ProcessTrees {
    @Override
    public String name() {
        return (unified ? "cgroup v2 " : "cgroup v1 freezer ") + root;
    }

    @Override
    public List<String> create(Uuid container) throws IOException {
        var group = Files.createDirectories(group(container));
        return List.of(group.resolve("cgroup.procs").toString());
    }

    @Override
    public List<Long> processes(Uuid container, ProcessMark supervisor) {
        var pids = new ArrayList<Long>();
        for (var group : groups(container)) {
            for (var line : read(group.resolve("cgroup.procs")).lines().toList()) {
                pids.add(Long.parseLong(line.strip()));
            }
        }
        return pids;
    }

    @Override
    public void kill(Uuid container, ProcessMark supervisor) {
        var group = group(container);
        if (!Files.isDirectory(group)) {
            return;
        }
        if (unified) {
            write(group.resolve("cgroup.kill"), "1");
            return;
        }
        write(group.resolve("freezer.state"), "FROZEN");
        try {
            processes(container, supervisor).forEach(pid -> ProcessTable.signal(pid, true));
        } finally {
            // A frozen process dies of KILL only when it is thawed.
            write(group.resolve("freezer.state"), "THAWED");
        }
    }

    @Override
    public boolean remove(Uuid container) {
        var groups = groups(container);
        for (int i = groups.size() - 1; i >= 0; i--) {
            try {
                Files.deleteIfExists(groups.get(i));
            } catch (IOException busy) {
                return false;
            }
        }
        return true;
    }

    private Path group(Uuid container) {
        return root.resolve(container.toString());
    }

    /** The container's group and those that its processes made in it, parents first. */
    private List<Path> groups(Uuid container) {
        var group = group(container);
        if (!Files.isDirectory(group)) {
            return List.of();
        }
        try (Stream<Path> below = Files.find(group, 64, (path, attributes) -> attributes.isDirectory())) {
            return below.sorted().toList();
        } catch (IOException | java.io.UncheckedIOException vanishing) {
            return List.of(group);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException gone) {
            System.getLogger(CgroupTrees.class.getName()).log(System.Logger.Level.DEBUG, "cannot write " + file, gone);
        }
    }
}
