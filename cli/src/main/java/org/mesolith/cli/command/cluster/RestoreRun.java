package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mesolith.backup.Manifest;
import org.mesolith.backup.PlanJson;
import org.mesolith.backup.RestorePlan;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.Console;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.Restoring;

/**
 * One restore: what the members are told, in which order. Every step may be repeated, and is taken by all members at
 * the same time. One thread.
 */
final class RestoreRun {
    private final Console console;
    private final List<HostPort> addresses;
    private final OpenedBackup backup;
    private final Deadline deadline;
    private final List<JsonObject> formerMasters = new ArrayList<>();
    private @Nullable RestorePlan plan;

    RestoreRun(Console console, List<HostPort> addresses, OpenedBackup backup, Deadline deadline) {
        this.console = console;
        this.addresses = addresses;
        this.backup = backup;
        this.deadline = deadline;
    }

    private RestorePlan plan() {
        RestorePlan made = plan;
        if (made == null) {
            throw new IllegalStateException("a restore without a plan");
        }
        return made;
    }

    private Manifest manifest() {
        return backup.manifest();
    }

    /** Asks everybody, and decides what is to be done; changes nothing. */
    void prepare(List<HostPort> former, long wantedEpoch) {
        var states = new LinkedHashMap<HostPort, RestoreMember>();
        for (HostPort address : addresses) {
            states.put(address, RestoreMember.ask(address, deadline));
        }
        var ids = new LinkedHashSet<String>();
        for (var state : states.entrySet()) {
            if (!ids.add(state.getValue().address().member())) {
                throw new Failure(
                        ExitCode.USAGE,
                        "two of the addresses lead to the same master, the second is " + state.getKey()
                                + "; name each master once");
            }
        }
        long heard = askFormer(former);
        plan = planned(states, wantedEpoch, heard);
    }

    /** The highest epoch that a former master knows of. */
    private long askFormer(List<HostPort> former) {
        long highest = 0;
        for (HostPort address : former) {
            try {
                JsonObject state = Survivors.askOne(address, deadline);
                String cluster = state.text("cluster_id");
                if (!cluster.equals(manifest().clusterId())) {
                    throw new Failure(
                            ExitCode.FAILED,
                            "the former master " + address + " belongs to cluster " + cluster
                                    + ", the backup is of cluster " + manifest().clusterId()
                                    + "; nothing was changed. Is it the right backup?");
                }
                highest = Math.max(highest, state.whole("epoch", 0));
                formerMasters.add(JsonObject.of(
                        "address", address.toString(),
                        "last_index", state.whole("last_index", -1),
                        "entries_lost",
                                Math.max(
                                        0,
                                        state.whole("last_index", -1)
                                                - manifest().index())));
            } catch (IOException silent) {
                formerMasters.add(JsonObject.of("address", address.toString(), "error", silent.getMessage()));
            }
        }
        return highest;
    }

    private RestorePlan planned(Map<HostPort, RestoreMember> states, long wantedEpoch, long heardEpoch) {
        var founders =
                states.values().stream().map(RestoreMember::address).sorted().toList();
        RestorePlan before = null;
        for (var state : states.entrySet()) {
            var known = state.getValue().plan();
            boolean same = known != null
                    && known.manifest().equals(manifest())
                    && known.group().founders().equals(founders);
            if (same && (before == null || state.getValue().belongs())) {
                before = known;
            }
        }
        for (var state : states.entrySet()) {
            if (state.getValue().belongs() && !state.getValue().isPartOf(before)) {
                throw new Failure(
                        ExitCode.FAILED,
                        state.getKey() + " belongs to cluster "
                                + state.getValue().clusterId()
                                + " already; nothing was changed. A restore needs masters that were started with empty"
                                + " directories: stop it, move its --work_dir away, start it again");
            }
        }
        if (before != null) {
            console.err()
                    .println("going on with the restore to group "
                            + before.group().groupId());
            return before;
        }
        long epoch = wantedEpoch > 0 ? wantedEpoch : Math.max(manifest().epoch(), heardEpoch) + 1;
        if (epoch <= manifest().epoch()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--epoch " + epoch + " is not above the backup's, which is "
                            + manifest().epoch());
        }
        return new RestorePlan(
                manifest(),
                new Restoring.Plan(
                        UUID.randomUUID().toString(),
                        founders,
                        epoch,
                        ThreadLocalRandom.current().nextLong(),
                        manifest().term(),
                        manifest().index(),
                        manifest().digestBits()));
    }

    /** What will be done and lost, for people on stderr, for programs on stdout. */
    void show(boolean json) {
        Manifest manifest = manifest();
        if (json) {
            JsonOutput.print(console.out(), summary("planned", ""));
            return;
        }
        var err = console.err();
        err.println("backup    cluster " + manifest.clusterId() + " at index " + manifest.index() + ", "
                + manifest.counts().getOrDefault("agents", 0L) + " agents, "
                + manifest.counts().getOrDefault("tasks", 0L) + " tasks");
        err.println("lost      everything after " + manifest.takenAt().truncatedTo(ChronoUnit.SECONDS) + " ("
                + BackupText.age(manifest.takenAt()) + " ago), which is every entry above "
                + manifest.index());
        for (JsonObject former : formerMasters) {
            err.println(
                    former.has("error")
                            ? "former    " + former.text("address") + " does not answer"
                            : "former    " + former.text("address") + " has a log up to index "
                                    + former.text("last_index") + ": " + former.text("entries_lost")
                                    + " entries that the backup does not have");
        }
        err.println("becomes   epoch " + plan().group().epoch() + " instead of " + manifest.epoch() + ", group "
                + plan().group().groupId());
        plan().group()
                .founders()
                .forEach(member -> err.println("member    " + member.httpAuthority() + " (" + member.member() + ")"));
    }

    private JsonObject summary(String state, String leader) {
        var members = new ArrayList<JsonObject>();
        for (MemberAddress member : plan().group().founders()) {
            members.add(JsonObject.of("id", member.member(), "http_address", member.httpAuthority()));
        }
        return JsonObject.of(
                "state",
                state,
                "cluster_id",
                manifest().clusterId(),
                "group_id",
                plan().group().groupId(),
                "epoch",
                plan().group().epoch(),
                "backup",
                JsonObject.of(
                        "epoch", manifest().epoch(),
                        "index", manifest().index(),
                        "term", manifest().term(),
                        "taken_at", manifest().takenAt().toString(),
                        "digest", manifest().digest()),
                "members",
                members,
                "former_masters",
                formerMasters,
                "leader",
                leader);
    }

    /** Does it: every member has everything before the first one founds the group. */
    void perform(boolean json) {
        try {
            transfer();
        } catch (IOException failed) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the restore was interrupted (" + failed.getMessage() + "); run it again, it goes on",
                    failed);
        }
        HostPort leader = ClusterInit.awaitLeader(addresses, deadline);
        if (json) {
            JsonOutput.print(console.out(), summary("done", leader.toString()));
        } else {
            console.out()
                    .println("cluster " + manifest().clusterId() + " is restored to index "
                            + manifest().index()
                            + " in epoch " + plan().group().epoch() + " with " + addresses.size()
                            + " members; leader " + leader);
        }
    }

    private void transfer() throws IOException {
        byte[] body = PlanJson.write(plan());
        var digests = new LinkedHashSet<>(AtOnce.forEach(addresses, address -> {
            try (var member = new RestoreUpload(address, plan(), deadline)) {
                member.begin(body);
                member.send(backup.directory());
                var digest = member.prepare();
                console.err().println("member " + address + " has the backup and has opened it");
                return digest;
            }
        }));
        digests.remove("");
        if (digests.size() > 1) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the members came to different digests (" + String.join(", ", digests)
                            + "); no group was founded. Do they run the same version?");
        }
        AtOnce.forEach(addresses, address -> {
            try (var member = new RestoreUpload(address, plan(), deadline)) {
                member.found();
                console.err().println("member " + address + " is in");
                return address;
            }
        });
    }
}
