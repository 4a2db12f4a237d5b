package org.mesolith.cli.chaos.fault.disk;

import java.io.IOException;
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
import org.mesolith.process.Member;
import org.mesolith.process.Waiting;
import org.mesolith.process.fault.StoredFile;

/**
 * A file of a master that is dead changes on the disk: a bit, or its end is lost. When the master is started it either
 * refuses with status 65 and says how it is replaced, or what it lost is of no use to anybody, or never was synced, and
 * it serves what the others serve. Then it is replaced by an empty one, as the operators' page says.
 */
final class DamagedFile implements Fault {
    private static final Duration VERDICT_MAX = Duration.ofSeconds(60);
    private static final int CORRUPT_DATA = 65;
    private static final int LIVES_MAX = 4;

    private final String word;
    private final StoredFile.Part part;
    private final boolean cuts;

    DamagedFile(String word, StoredFile.Part part, boolean cuts) {
        this.word = word;
        this.part = part;
        this.cuts = cuts;
    }

    @Override
    public String word() {
        return word;
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
        return Duration.ofMillis(1_000 + dice.nextInt(2_000));
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        var operator = new Operator(site);
        Member victim = victims.first();
        String id = operator.id(victim);
        try {
            stop(operator, victim);
            String what = damage(victim, new Random(victims.die()));
            victim.start();
            judge(site, victim, what);
        } catch (IOException unreadable) {
            throw new IllegalStateException("the files of " + victim.name() + " cannot be changed", unreadable);
        }
        return () -> {
            if (victim.isAlive()) {
                victim.process().kill();
            }
            operator.replaceByEmpty(victim, id);
        };
    }

    /**
     * An orderly end writes a snapshot and the database out, so that there is something to damage; not if it has heard
     * nothing since a snapshot was brought to it, so it lives once more then.
     */
    private void stop(Operator operator, Member victim) throws IOException {
        victim.process().stop(Processes.GRACE);
        for (int life = 1; life < LIVES_MAX && !StoredFile.has(Ground.data(victim), part); life++) {
            victim.start();
            operator.awaitMember(victim);
            victim.process().stop(Processes.GRACE);
        }
    }

    private String damage(Member victim, Random dice) throws IOException {
        StoredFile file = StoredFile.choose(Ground.data(victim), part, dice);
        long bytes = file.bytes();
        long at = bytes / 4 + dice.nextLong(Math.max(1, bytes / 2));
        String where = Ground.data(victim).relativize(file.file()) + " (" + bytes + " bytes)";
        if (cuts) {
            file.cut(at);
            return where + " cut to " + at + " bytes";
        }
        file.flipBit(at);
        return where + ": a bit of byte " + at + " flipped";
    }

    /** Either it ends, and says why and what to do; or it serves, and what it serves is judged like everybody's. */
    private void judge(Site site, Member victim, String what) {
        Waiting.until(victim.name() + " to end or to serve", VERDICT_MAX, () -> {
            if (!victim.isAlive()) {
                return "";
            }
            String role = victim.role();
            return role.equals("FOLLOWER") || role.equals("LEADER") ? "" : "it is " + role;
        });
        boolean lives = victim.isAlive();
        String status = lives ? "it serves" : Integer.toString(victim.process().exitStatus());
        boolean refuses = !lives
                && victim.process().exitStatus() == CORRUPT_DATA
                && victim.process().tail().contains("meso cluster replace");
        Promise.of(site, word, victim, "serves what the others serve, or ends with 65 and says how to replace it")
                .with("how", what)
                .with("status", status)
                .kept(lives || refuses, victim.process());
    }
}
