package org.mesolith.cli.chaos.fault;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/**
 * An operator of the cluster: types commands, each a process of its own, and types one again that did not succeed, as
 * the operators' pages say. Every try is in the history. Any thread.
 */
public final class Operator {
    private static final Duration COMMAND_MAX = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");

    private final Site site;

    /** An operator of the cluster at this site. */
    public Operator(Site site) {
        this.site = site;
    }

    /**
     * Types a command until it succeeds.
     *
     * @throws IllegalStateException with what it said last, if it does not in two minutes
     */
    public void must(String... words) {
        Waiting.until("`meso " + String.join(" ", words) + "` to succeed", PATIENCE, () -> tryOnce(words));
    }

    /** Types a command once; the empty text if it succeeded, else what it said. */
    public String tryOnce(String... words) {
        Typed typed = type(words);
        int status = typed.process().awaitEnd(COMMAND_MAX);
        return ended(typed, status);
    }

    /**
     * Types a command and sends it SIGKILL when it has run for so long. If it has ended before, it counts as any other.
     * True if it was killed.
     */
    public boolean killAfter(Duration life, String... words) {
        Typed typed = type(words);
        LockSupport.parkNanos(life.toNanos());
        if (!typed.process().isAlive()) {
            ended(typed, typed.process().awaitEnd(COMMAND_MAX));
            return false;
        }
        typed.process().kill();
        site.history()
                .end(
                        Kind.UNKNOWN,
                        "operator",
                        typed.number(),
                        "meso",
                        Map.of("killed", "after " + life.toMillis() + " ms", "said", said(typed)));
        return true;
    }

    /** A command that runs. */
    private record Typed(long number, OsProcess process) {}

    private Typed type(String... words) {
        long number = site.history().invoke("operator", "meso", Map.of("line", String.join(" ", words)));
        return new Typed(
                number,
                OsProcess.start(
                        "operator",
                        site.cluster().installation().command(words),
                        Map.of("MESO_MASTERS", site.cluster().masterAddresses()),
                        site.cluster().directory(),
                        site.cluster().directory().resolve("operator-" + number + ".log")));
    }

    private static String said(Typed typed) {
        return typed.process().tail().strip();
    }

    private String ended(Typed typed, int status) {
        String said = said(typed);
        site.history()
                .end(
                        status == 0 ? Kind.OK : Kind.FAIL,
                        "operator",
                        typed.number(),
                        "meso",
                        Map.of("status", Integer.toString(status), "said", said));
        return status == 0 ? "" : "status " + status + ": " + said;
    }

    /** The id of a member that runs. */
    public String id(Member master) {
        var found = new StringBuilder();
        Waiting.until("the id of " + master.name(), COMMAND_MAX, () -> {
            String body = master.get("/raft").body();
            Matcher id = ID.matcher(body);
            if (id.find()) {
                found.append(id.group(1));
                return "";
            }
            return body.isEmpty() ? "no answer" : body;
        });
        return found.toString();
    }

    /** Waits until this master follows or leads and holds what the leader has committed. */
    public void awaitMember(Member master) {
        Waiting.until(master.name() + " to be a member again", PATIENCE, () -> {
            String role = master.role();
            return role.equals("FOLLOWER") || role.equals("LEADER") ? "" : "it is " + role;
        });
    }

    /** How often the directory of the member with this id was started, as the leader knows it. */
    public long starts(String id) {
        var found = new AtomicLong();
        // By its id: a member that was replaced before had the same address, and is known still.
        var pattern = Pattern.compile("\"id\":\"" + Pattern.quote(id) + "\"[^}]*\"life\":([0-9]+)");
        Waiting.until("the leader to know of " + id, PATIENCE, () -> {
            String known = site.cluster().awaitLeader(PATIENCE).get("/raft").body();
            Matcher life = pattern.matcher(known);
            if (life.find()) {
                found.set(Long.parseLong(life.group(1)));
                return "";
            }
            return known.isEmpty() ? "no answer" : known;
        });
        return found.get();
    }

    /** Waits until the leader knows of a later start of the member with this id. */
    public void awaitStartAfter(long starts, String id) {
        Waiting.until("the leader to know of a later start of " + id, PATIENCE, () -> {
            long known = starts(id);
            return known > starts ? "" : "it knows of " + known;
        });
    }

    /** A master that is dead gets an empty disk, waits, and takes the place of the one with the former id. */
    public void replaceByEmpty(Member master, String formerId) {
        site.ground().wipe(master);
        master.start();
        master.awaitHealth(PATIENCE);
        must("cluster", "replace", formerId, master.address());
        awaitMember(master);
    }
}
