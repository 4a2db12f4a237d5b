package org.mesolith.cli.chaos.fault.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.Pairs;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Hurt;
import org.mesolith.cli.chaos.fault.Operator;
import org.mesolith.cli.chaos.fault.Processes;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Leftovers;
import org.mesolith.process.Member;

/**
 * A backup is taken from a master while the load goes on, and perhaps while another fault lasts; at once it is restored
 * to a new cluster of one master elsewhere, and what that holds is written into the history. No harm to anybody,
 * or to the command that restores.
 */
final class RestoredBackup implements Fault {
    private static final int DIE_MAX = 1_000;

    private final boolean isCut;

    /** @param isCut whether the command that restores is killed at first, and given again */
    RestoredBackup(boolean isCut) {
        this.isCut = isCut;
    }

    @Override
    public String word() {
        return isCut ? "restore-crash" : "backup-restore";
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.LEADER, Aim.FOLLOWER);
    }

    @Override
    public boolean overlaps() {
        return true;
    }

    @Override
    public String unmet(Site site) {
        return "";
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(1 + dice.nextInt(500));
    }

    @Override
    public Hurt hurt(Site site, Victims victims) {
        return Hurt.NONE;
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        var operator = new Operator(site);
        Member asked = victims.first();
        Path place =
                site.cluster().directory().resolve("restored-" + site.history().nanos());
        Path file = place.resolveSibling(place.getFileName() + ".meso");
        long backup = site.history().invoke("operator", "backup", Map.of("at", asked.name()));
        long before = System.nanoTime();
        String said = operator.tryOnce("cluster", "backup", "create", file.toString(), "--masters", asked.address());
        site.history().end(said.isEmpty() ? Kind.OK : Kind.FAIL, "operator", backup, "backup", Map.of("why", said));
        if (said.isEmpty()) {
            // Both commands take about as long to start: it is killed somewhere between then and its end.
            Duration life = isCut
                    ? Duration.ofNanos((System.nanoTime() - before) * (DIE_MAX / 2 + victims.die()) / DIE_MAX)
                    : null;
            restore(
                    site,
                    operator,
                    file,
                    place,
                    new Backup(backup, Shown.epoch(site.cluster().masters())),
                    life);
        }
        return Wound.NONE;
    }

    /**
     * One that was made.
     *
     * @param number of the operation
     * @param epoch of the cluster then
     */
    private record Backup(long number, long epoch) {}

    private static void restore(
            Site site, Operator operator, Path file, Path place, Backup backup, @Nullable Duration life) {
        try (var fresh = new ClusterProcess(site.cluster().installation(), place, ClusterProcess.Settings.of(1, 0))) {
            fresh.startMasters();
            String[] words = {"cluster", "restore", file.toString(), "--members", fresh.masterAddresses(), "--yes"};
            if (life != null) {
                operator.killAfter(life, words);
            }
            operator.must(words);
            Member master = fresh.awaitLeader(Processes.START_MAX);
            site.history()
                    .seen(
                            "operator",
                            "restored",
                            Map.of(
                                    "backup", Long.toString(backup.number),
                                    "epoch-before", Long.toString(backup.epoch),
                                    "epoch", Long.toString(Shown.epoch(List.of(master))),
                                    "weights", Pairs.text(Shown.weights(master)),
                                    "limits", Pairs.text(Shown.limits(master))));
            keep(master.process().log(), place);
        }
        Leftovers.delete(place);
        Leftovers.delete(file);
    }

    /** The log of the restored cluster stays beside its directory, as long as those of the others do. */
    private static void keep(Path log, Path place) {
        try {
            Files.move(log, place.resolveSibling(place.getFileName() + ".log"));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
