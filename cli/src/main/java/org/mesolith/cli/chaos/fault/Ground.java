package org.mesolith.cli.chaos.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.SocketOwners;
import org.mesolith.process.fault.LoopDisk;
import org.mesolith.process.fault.OwnNetwork;
import org.mesolith.process.fault.Preload;
import org.mesolith.process.fault.SwitchedInstallation;
import org.mesolith.process.fault.UndoList;

/**
 * What the processes of a run stand on: disks of their own, a library before the C library, the software of two
 * versions. It is laid before they are started, as far as the faults of the run need it and this machine can do it, and
 * taken away when they have ended: by {@link #close}, or by the end of this JVM. One thread.
 */
public final class Ground implements AutoCloseable {
    /** Below the least that a disk of a run has, so that a master is not short of room from the start. */
    private static final String DISK_RESERVE = "--disk_reserve=16MB";

    private final Path directory;
    private final UndoList undo;
    private final Map<Need, String> unmet = new EnumMap<>(Need.class);
    private final Map<String, LoopDisk> disks = new TreeMap<>();
    private final Thread hook = Thread.ofPlatform().name("ground-cleanup").unstarted(this::clear);
    private Map<String, String> environment = Map.of();
    private Installation installation;

    /** What a fault needs of the ground. */
    public enum Need {
        /** Connections to masters are led through wires. */
        WIRES,
        /** The kernel can lose packets of a process, or hold them back. */
        PACKETS,
        /** Each master has a disk of its own, whose power can be cut. */
        DISKS,
        /** Clocks and disks of processes can be made to lie. */
        PRELOAD,
        /** Agents are unreachable after seconds, not after more than a minute. */
        SHORT_AGENT_TIMEOUT,
        /** Processes can be started with older software, too. */
        OLDER
    }

    private Ground(Path directory, Installation installation) throws IOException {
        this.installation = installation;
        this.directory = Files.createDirectories(directory.resolve("cluster/ground"))
                .toAbsolutePath()
                .normalize();
        this.undo = new UndoList(directory);
    }

    /**
     * Lays what is needed, and remembers why the rest cannot be.
     *
     * @param directory of the run, which exists
     * @param present what processes run, but for what is upgraded
     * @param older what to upgrade from; null for nothing
     */
    public static Ground lay(Path directory, Set<Need> needs, Installation present, @Nullable Installation older)
            throws IOException {
        var ground = new Ground(directory, present);
        Runtime.getRuntime().addShutdownHook(ground.hook);
        for (Need need : Need.values()) {
            ground.unmet.put(need, "this run has no ground for it");
        }
        for (Need need : needs) {
            ground.unmet.put(need, ground.lay(need, older));
        }
        return ground;
    }

    private String lay(Need need, @Nullable Installation older) throws IOException {
        return switch (need) {
            case WIRES -> SocketOwners.unmet();
            case PACKETS -> OwnNetwork.unmet();
            case DISKS -> LoopDisk.unmet(directory);
            case PRELOAD -> {
                String why = Preload.unmet();
                if (why.isEmpty()) {
                    environment = Preload.prepare(directory);
                }
                yield why;
            }
            case SHORT_AGENT_TIMEOUT -> "";
            case OLDER -> {
                if (older == null) {
                    yield "no older build was named with --older";
                }
                installation =
                        new SwitchedInstallation(directory.resolve("software"), older, installation).installation();
                yield "";
            }
        };
    }

    /** Why something is not there; the empty text if it is. */
    public String unmet(Need need) {
        return unmet.getOrDefault(need, "");
    }

    /** What the processes are started from. */
    public Installation installation() {
        return installation;
    }

    /** These settings as this ground wants them. */
    public ClusterProcess.Settings on(ClusterProcess.Settings settings) {
        var options = new ArrayList<>(settings.masterOptions());
        if (unmet(Need.DISKS).isEmpty()) {
            options.add(DISK_RESERVE);
        }
        if (unmet(Need.SHORT_AGENT_TIMEOUT).isEmpty()) {
            options.addAll(List.of("--agent_ping_timeout=2secs", "--max_agent_ping_timeouts=3"));
        }
        var variables = new TreeMap<>(settings.environment());
        variables.putAll(environment);
        var made = settings.withMasterOptions(options.toArray(String[]::new)).withEnvironment(variables);
        return unmet(Need.WIRES).isEmpty() ? made.withWires() : made;
    }

    /** Puts a disk under each master. None of them was started. */
    public void under(ClusterProcess cluster) throws IOException {
        if (unmet(Need.DISKS).isEmpty()) {
            for (Member master : cluster.masters()) {
                disks.put(
                        master.name(), LoopDisk.make(directory.resolve(master.name() + ".image"), data(master), undo));
            }
        }
    }

    /** The disk of a master. Fails if {@link Need#DISKS} is not met. */
    public LoopDisk disk(Member master) {
        LoopDisk disk = disks.get(master.name());
        if (disk == null) {
            throw new IllegalStateException(master.name() + " has no disk of its own");
        }
        return disk;
    }

    /** Gives this master an empty disk, or an empty directory. It is dead. */
    public void wipe(Member master) {
        LoopDisk disk = disks.get(master.name());
        if (disk == null) {
            org.mesolith.process.Leftovers.delete(data(master));
            return;
        }
        try {
            disk.replace();
        } catch (IOException refused) {
            throw new IllegalStateException("the disk of " + master.name() + " cannot be made anew", refused);
        }
    }

    /** The work directory of a process. */
    public static Path data(Member member) {
        return member.directory().resolve("data");
    }

    /** Where faults write down what they do to the machine, before they do it. */
    public UndoList undo() {
        return undo;
    }

    /** The names of all needs that were not met, with the reasons. */
    public Map<Need, String> unmet() {
        var found = new EnumMap<Need, String>(Need.class);
        EnumSet.allOf(Need.class).forEach(need -> {
            if (!unmet(need).isEmpty()) {
                found.put(need, unmet(need));
            }
        });
        return found;
    }

    /** Takes it away. The processes have ended. */
    @Override
    public void close() {
        clear();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void clear() {
        undo.undo();
    }
}
