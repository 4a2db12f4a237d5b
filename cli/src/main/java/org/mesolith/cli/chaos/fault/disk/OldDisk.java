package org.mesolith.cli.chaos.fault.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Ground;
import org.mesolith.cli.chaos.fault.Operator;
import org.mesolith.cli.chaos.fault.Processes;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.process.Leftovers;
import org.mesolith.process.Member;
import org.mesolith.process.fault.StoredFile;

/**
 * Somebody puts back an old copy of a member's disk. It has forgotten votes and entries; the others know how often the
 * directory was started, so it ends with status 65. Then it is replaced by an empty one.
 */
final class OldDisk implements Fault {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int CORRUPT_DATA = 65;

    @Override
    public String word() {
        return "old-disk";
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.FOLLOWER);
    }

    @Override
    public String unmet(Site site) {
        return "";
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(dice.nextInt(1_000));
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        var operator = new Operator(site);
        Member victim = victims.first();
        String id = operator.id(victim);
        long starts = operator.starts(id);
        Path data = Ground.data(victim);
        Path copy = victim.directory().resolve("old-copy");
        try {
            victim.process().stop(Processes.GRACE);
            StoredFile.copyTree(data, copy);
            Processes.startAgain(victims.members());
            operator.awaitMember(victim);
            operator.awaitStartAfter(starts, id);
            victim.process().stop(Processes.GRACE);
            StoredFile.empty(data);
            StoredFile.copyTree(copy, data);
            Leftovers.delete(copy);
        } catch (IOException failed) {
            throw new IllegalStateException("the disk of " + victim.name() + " cannot be copied", failed);
        }
        victim.start();
        int status = Promise.end(victim, LONG);
        Promise.of(site, word(), victim, "ends with status 65 and says that it is an old copy")
                .with("status", Integer.toString(status))
                .kept(status == CORRUPT_DATA && victim.process().tail().contains("old copy"), victim.process());
        return () -> operator.replaceByEmpty(victim, id);
    }
}
