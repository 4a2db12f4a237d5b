package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.Finding;
import org.mesolith.cli.command.Findings;
import org.mesolith.cli.render.Texts;

/** What has to hold before a master is taken down to be upgraded, and the next one after it. One thread. */
final class UpgradeRows {
    private static final String CLUSTER = "cluster";
    private static final long FREE_BYTES_MIN = 1L << 30;

    /** What the leader counts; behind it the version. */
    private static final String AGENTS = "master/agents_linked/";

    /** Followers that keep pace have less than this under way. */
    private static final long LAG_ENTRIES_MAX = 1_000;

    private final GroupPicture picture;
    private final Findings found = new Findings();

    UpgradeRows(GroupPicture picture) {
        this.picture = picture;
    }

    Findings found() {
        return found;
    }

    /** Each member: there, up to date, with room on its disk. */
    void members() {
        if (!picture.isLed()) {
            found.add(Finding.bad(
                    CLUSTER, "leader", "no member leads", "start masters until a majority runs, then look again"));
        }
        for (JsonObject voter : seen()) {
            String address = voter.text("http_address");
            JsonObject said = said(voter);
            if (said.fields().isEmpty()) {
                found.add(Finding.bad(
                        address,
                        "reachable",
                        "it does not answer",
                        "start it, or replace it: `meso cluster replace " + GroupPicture.shortId(voter.text("id"))
                                + " HOST:PORT`"));
                continue;
            }
            found.add(Finding.ok(address, "reachable", said.text("role").toLowerCase(Locale.ROOT)));
            found.add(pace(address, voter, said));
            found.add(disk(address, said));
        }
    }

    private static Finding pace(String address, JsonObject voter, JsonObject said) {
        if (said.text("role").equals("LEADER")) {
            return Finding.ok(address, "up to date", "it leads");
        }
        long lag = voter.whole("lag_entries", -1);
        String what = lag < 0 ? "not known" : lag + " entries behind";
        return lag >= 0 && lag <= LAG_ENTRIES_MAX
                ? Finding.ok(address, "up to date", what)
                : Finding.bad(
                        address,
                        "up to date",
                        what,
                        "wait until it has caught up (`meso cluster members`) before another one is taken down");
    }

    private static Finding disk(String address, JsonObject said) {
        long free = said.whole("member.free_disk_bytes", -1);
        String what = free < 0 ? "not known" : (free >> 20) + " MB free";
        return free >= 0 && free < FREE_BYTES_MIN
                ? Finding.bad(address, "disk", what, "make room: a new version replays the log and takes a snapshot")
                : Finding.ok(address, "disk", what);
    }

    /** Versions and levels: at most one step apart, and nobody behind the cluster. */
    void versions() {
        SortedMap<String, List<String>> byVersion = new TreeMap<>();
        long level = picture.leader().whole("member.feature_level", 0);
        long newest = 0;
        long common = Long.MAX_VALUE;
        for (JsonObject member : seen()) {
            JsonObject said = said(member);
            if (said.fields().isEmpty()) {
                continue;
            }
            byVersion
                    .computeIfAbsent(said.text("member.version"), version -> new ArrayList<>())
                    .add(member.text("http_address"));
            long max = said.whole("member.feature_level_max", 0);
            newest = Math.max(newest, max);
            common = Math.min(common, max);
            if (max < level) {
                found.add(Finding.bad(
                        member.text("http_address"),
                        "feature level",
                        "it knows up to " + max + ", the cluster is at " + level,
                        "install a newer version there"));
            }
        }
        found.add(version(byVersion));
        found.add(level(level, common, newest));
    }

    private static Finding version(Map<String, List<String>> byVersion) {
        String what = String.join(", ", byVersion.keySet());
        if (byVersion.size() <= 1) {
            return Finding.ok(CLUSTER, "versions", what);
        }
        var versions = List.copyOf(byVersion.keySet());
        boolean near = versions.size() == 2 && Versions.areAdjacent(versions.getFirst(), versions.getLast());
        return near
                ? Finding.warn(
                        CLUSTER,
                        "versions",
                        what,
                        "an upgrade is under way: upgrade the others, then `meso cluster finalize`")
                : Finding.bad(
                        CLUSTER,
                        "versions",
                        what + " " + byVersion.values(),
                        "more than one step apart: bring the oldest to the version between first");
    }

    private static Finding level(long level, long common, long newest) {
        String what = "the cluster is at " + level + ", all members know " + common;
        if (common <= level) {
            return newest > level
                    ? Finding.ok(CLUSTER, "feature level", what + ", some " + newest)
                    : Finding.ok(CLUSTER, "feature level", what);
        }
        return Finding.warn(
                CLUSTER,
                "feature level",
                what,
                "`meso cluster finalize` ends the last upgrade; before that, a further version may be one too many");
    }

    /** While one is down the others must still be a majority. */
    void majority() {
        int voters = picture.voters().size();
        long healthy = picture.voters().stream().filter(this::isHealthy).count();
        String what = healthy + " of " + voters + " voters are healthy, " + (voters / 2 + 1) + " are needed";
        if (voters == 1) {
            found.add(Finding.warn(
                    CLUSTER, "one down", what, "nothing is decided while the only master restarts; tasks run on"));
        } else if (healthy - 1 > voters / 2) {
            found.add(Finding.ok(CLUSTER, "one down", what));
        } else {
            found.add(Finding.bad(
                    CLUSTER, "one down", what, "without one more there is no majority: bring all voters up first"));
        }
    }

    private boolean isHealthy(JsonObject voter) {
        JsonObject said = said(voter);
        boolean leads = said.text("role").equals("LEADER");
        long lag = voter.whole("lag_entries", -1);
        return !said.fields().isEmpty() && (leads || (lag >= 0 && lag <= LAG_ENTRIES_MAX));
    }

    /** The newest that any master made by itself. */
    void backup(Deadline deadline, Duration ageMax) {
        long newest = 0;
        for (Map.Entry<HostPort, Members.Asked> asked : picture.asked().entrySet()) {
            if (asked.getValue().isSilent()) {
                continue;
            }
            try {
                JsonObject numbers = Members.ask(asked.getKey(), "/metrics/snapshot", deadline);
                newest = Math.max(newest, numbers.whole("backup/last_epoch_seconds", 0));
            } catch (IOException silent) {
                found.add(Finding.warn(
                        asked.getKey().toString(), "backup", "its numbers cannot be read", String.valueOf(silent)));
            }
        }
        String advice = "make one: `meso cluster backup create FILE`";
        var now = Instant.now();
        if (newest == 0) {
            found.add(
                    Finding.warn(CLUSTER, "backup", "no master makes backups by itself, or none was made yet", advice));
        } else if (now.getEpochSecond() - newest > ageMax.toSeconds()) {
            found.add(Finding.warn(
                    CLUSTER, "backup", "the newest is " + Texts.age((double) newest, now) + " old", advice));
        } else {
            found.add(Finding.ok(CLUSTER, "backup", "the newest is " + Texts.age((double) newest, now) + " old"));
        }
    }

    /** Agents of the masters' version or of the one before keep working. */
    void agents(Deadline deadline) {
        String masters = picture.leader().text("member.version");
        JsonObject numbers;
        try {
            numbers = Members.ask(picture.leaderAddress(), "/metrics/snapshot", deadline);
        } catch (IOException silent) {
            found.add(Finding.warn(
                    CLUSTER, "agents", "their versions are not known", "ask again: " + silent.getMessage()));
            return;
        }
        var far = new ArrayList<String>();
        long count = 0;
        // A name holds the dots of a version: it is no path.
        for (var number : numbers.fields().entrySet()) {
            if (number.getKey().startsWith(AGENTS) && number.getValue() instanceof Number some) {
                String version = number.getKey().substring(AGENTS.length());
                count += some.longValue();
                if (!version.equals(masters) && !Versions.areAdjacent(version, masters)) {
                    far.add(some.longValue() + " of version " + version);
                }
            }
        }
        found.add(
                far.isEmpty()
                        ? Finding.ok(CLUSTER, "agents", count + " with a link, none more than one version away")
                        : Finding.warn(
                                CLUSTER,
                                "agents",
                                String.join(", ", far),
                                "upgrade them to the masters' version before the masters go further"));
    }

    /** The leader's list, or whoever answered when none leads. */
    private List<JsonObject> seen() {
        if (picture.isLed()) {
            var members = new ArrayList<>(picture.voters());
            members.addAll(picture.standbys());
            return members;
        }
        var members = new ArrayList<JsonObject>();
        picture.asked()
                .forEach((address, asked) -> members.add(
                        JsonObject.of("id", asked.state().text("member.id"), "http_address", address.toString())));
        return members;
    }

    private JsonObject said(JsonObject member) {
        return picture.asked().values().stream()
                .filter(asked -> !asked.isSilent())
                .map(Members.Asked::state)
                .filter(state -> state.text("member.id").equals(member.text("id")))
                .findFirst()
                .orElse(JsonObject.EMPTY);
    }
}
