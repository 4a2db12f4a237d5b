package org.mesolith.cli.chaos.fault.disk;

import java.util.List;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.process.fault.Cgroup;
import org.mesolith.process.fault.StoredFile;

/** Every harm to disks, clocks and the share of the machine. */
public final class DiskFaults {

    /** To disks of masters. */
    public static final List<Fault> DISKS = List.of(
            new PowerCut("power-cut", Aim.LEADER, Aim.FOLLOWER),
            new PowerCut("power-cut-all", Aim.MASTERS),
            new FullDisk(),
            new SlowDisk(),
            new FailingDisk(),
            new DamagedFile("bit-flip-log", StoredFile.Part.LOG, false),
            new DamagedFile("bit-flip-database", StoredFile.Part.DATABASE, false),
            new DamagedFile("bit-flip-snapshot", StoredFile.Part.SNAPSHOT, false),
            new DamagedFile("truncated-log", StoredFile.Part.LOG, true),
            new DamagedFile("truncated-database", StoredFile.Part.DATABASE, true),
            new OldDisk());

    /** To clocks, and to the share of the machine. */
    public static final List<Fault> MACHINE = List.of(
            new WrongClock("master-clock", Aim.LEADER, Aim.FOLLOWER),
            new WrongClock("agent-clock", Aim.AGENT),
            new Starved("cpu-starved", Cgroup.Limit.CPU, Aim.LEADER, Aim.FOLLOWER, Aim.AGENT),
            new Starved("memory-squeezed", Cgroup.Limit.MEMORY, Aim.LEADER, Aim.FOLLOWER, Aim.AGENT));

    private DiskFaults() {}
}
