package org.mesolith.cli.chaos.fault.member;

import java.util.List;
import org.mesolith.cli.chaos.fault.Fault;

/** Every change of members and of software. */
public final class MemberFaults {

    /** Other members. */
    public static final List<Fault> MEMBERSHIP = List.of(new AddedMember(), new RemovedMember(), new LostDisk());

    /** Backups that are restored elsewhere at once. */
    public static final List<Fault> BACKUPS = List.of(new RestoredBackup(false), new RestoredBackup(true));

    /** Operators whose commands are killed. */
    public static final List<Fault> OPERATORS = List.of(OperatorCrash.values());

    /** Other software. */
    public static final List<Fault> UPGRADES =
            List.of(new Rolling("rolling-restart", false), new Rolling("rolling-upgrade", true));

    private MemberFaults() {}
}
