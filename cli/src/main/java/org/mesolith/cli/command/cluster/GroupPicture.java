package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/**
 * The masters as they are now: every one that is named, or named by another, asked by itself; and the leader's list,
 * which counts.
 *
 * @param asked by the address asked; one that was silent has an {@code error}
 * @param leader what the leader said; empty when none leads
 */
record GroupPicture(Map<HostPort, Members.Asked> asked, JsonObject leader) {
    private static final int MEMBERS_MAX = 32;

    /** Asks everybody; the last of several that say they lead is the one of the newest term. */
    static GroupPicture take(MasterList masters, Deadline deadline) {
        Map<HostPort, Members.Asked> asked = new LinkedHashMap<>();
        var waiting = new ArrayList<>(masters.masters());
        JsonObject leader = JsonObject.EMPTY;
        while (!waiting.isEmpty() && asked.size() < MEMBERS_MAX) {
            HostPort address = waiting.removeFirst();
            if (asked.containsKey(address)) {
                continue;
            }
            var answer = Members.look(address, deadline);
            asked.put(address, answer);
            answer.state().objects("members").forEach(member -> addAddress(waiting, member));
            answer.state().objects("known").stream()
                    .filter(known -> !known.isTrue("removed"))
                    .forEach(known -> addAddress(waiting, known));
            boolean leads = answer.state().text("role").equals("LEADER");
            if (leads && answer.state().whole("term", 0) >= leader.whole("term", 0)) {
                leader = answer.state();
            }
        }
        return new GroupPicture(asked, leader);
    }

    private static void addAddress(List<HostPort> waiting, JsonObject member) {
        if (!member.text("http_address").isEmpty()) {
            waiting.add(HostPort.parse(member.text("http_address")));
        }
    }

    /**
     * The same, and a leader is there that has applied all that was decided before: until then its list of members is
     * an old one. Fails with {@link ExitCode#NO_MASTER} when none is.
     */
    static GroupPicture led(MasterList masters, Deadline deadline) {
        var picture = take(masters, deadline);
        while (!picture.isReady() && deadline.nanosLeft() > Members.PAUSE.toNanos()) {
            Members.pause();
            picture = take(masters, deadline);
        }
        if (picture.isLed() && !picture.isReady()) {
            throw new Failure(
                    ExitCode.NO_MASTER,
                    "the leader " + picture.leaderAddress() + " has not applied its log yet; nothing was changed. Try"
                            + " again in a while");
        }
        if (!picture.isLed()) {
            throw new Failure(
                    ExitCode.NO_MASTER,
                    "no member leads (asked: " + picture.asked().keySet() + ", from " + masters.source()
                            + "); nothing was changed. Is a majority of the masters running? `meso cluster members`"
                            + " shows each");
        }
        return picture;
    }

    boolean isLed() {
        return !leader.fields().isEmpty();
    }

    private boolean isReady() {
        return leader.isTrue("ready");
    }

    String clusterId() {
        return leader.text("member.cluster_id");
    }

    String groupId() {
        return leader.text("member.group_id");
    }

    /** Where the leader's HTTP door is. */
    HostPort leaderAddress() {
        return HostPort.parse(leader.text("member.http_address"));
    }

    /** Who votes, as the leader says. */
    List<JsonObject> voters() {
        var voters = new ArrayList<JsonObject>();
        for (JsonObject member : leader.objects("members")) {
            if (!member.text("role").equals("STANDBY") && !member.text("role").equals("WAITING")) {
                voters.add(member);
            }
        }
        return voters;
    }

    /** Masters that belong to the cluster and do not vote. */
    List<JsonObject> standbys() {
        var votes = voterIds();
        return leader.objects("known").stream()
                .filter(known -> !known.isTrue("removed") && !votes.contains(known.text("id")))
                .toList();
    }

    /** Where every master is that belongs to the cluster, voting or not. */
    List<HostPort> masters() {
        var belonging = leader.objects("known").stream()
                .filter(known -> !known.isTrue("removed"))
                .toList();
        return (belonging.isEmpty() ? voters() : belonging)
                .stream()
                        .map(member -> member.text("http_address"))
                        .filter(address -> !address.isEmpty())
                        .map(HostPort::parse)
                        .toList();
    }

    /** The zone a member says it is in; empty when it does not say. */
    String zone(String id) {
        return leader.objects("known").stream()
                .filter(known -> known.text("id").equals(id))
                .map(known -> known.text("zone"))
                .findFirst()
                .orElse("");
    }

    /** True when the cluster keeps its members in the replicated state. */
    boolean keepsMembers() {
        return leader.whole("member.feature_level", 0) >= 3;
    }

    /** The ids of {@link #voters}. */
    List<String> voterIds() {
        return voters().stream().map(member -> member.text("id")).toList();
    }

    /** The voter that an operator names by its address, its id, or the beginning of its id; null for nobody. */
    @Nullable
    JsonObject voter(String name) {
        return named(name, voters());
    }

    /** The standby that an operator names in the same way; null for nobody. */
    @Nullable
    JsonObject standby(String name) {
        return named(name, standbys());
    }

    /** Whether this names somebody who was taken out for good, and nobody who belongs. */
    boolean isRemoved(String name) {
        return voter(name) == null
                && standby(name) == null
                && leader.objects("known").stream()
                        .filter(known -> known.isTrue("removed"))
                        .anyMatch(known -> known.text("http_address").equals(name)
                                || known.text("id").startsWith(name));
    }

    private static @Nullable JsonObject named(String name, List<JsonObject> members) {
        var found = new ArrayList<JsonObject>();
        for (JsonObject member : members) {
            if (member.text("http_address").equals(name) || member.text("id").startsWith(name)) {
                found.add(member);
            }
        }
        if (found.size() > 1) {
            throw new Failure(
                    ExitCode.USAGE,
                    "`" + name + "` names " + found.size() + " members: "
                            + found.stream().map(GroupPicture::label).toList() + "; give more of the id");
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The same; fails with {@link ExitCode#NOT_FOUND} for nobody. */
    JsonObject voterOrFail(String name) {
        var found = voter(name);
        if (found == null) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "no member `" + name + "` votes in cluster " + clusterId() + "; these do: "
                            + voters().stream().map(GroupPicture::label).toList()
                            + "; nothing was changed. Look with `meso cluster members`");
        }
        return found;
    }

    /** {@code 10.0.0.1:5050 (1b2c3d4e)}. */
    static String label(JsonObject member) {
        return member.text("http_address") + " (" + shortId(member.text("id")) + ")";
    }

    /** Enough of an id to tell members apart, and to name one. */
    static String shortId(String id) {
        return id.length() <= 8 ? id : id.substring(0, 8);
    }

    /** What the master at this address says; fails when it does not answer. */
    static JsonObject ask(HostPort address, Deadline deadline) {
        try {
            return Members.ask(address, deadline);
        } catch (IOException silent) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the master " + address + " does not answer (" + silent.getMessage()
                            + "); nothing was changed. Start it with an empty work_dir: it waits to be added",
                    silent);
        }
    }
}
