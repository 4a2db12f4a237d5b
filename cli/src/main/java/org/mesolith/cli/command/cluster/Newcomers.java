package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpConnection;
import org.mesolith.cli.client.HttpReply;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** Masters that are to become members: who they are, whether they may, and their first step into the cluster. */
final class Newcomers {
    /** Between the making and the use of a token by the same command. */
    private static final long TOKEN_SECONDS = 300;

    private Newcomers() {}

    /**
     * Asks each who it is.
     *
     * @return those that do not vote yet
     */
    static List<JsonObject> look(GroupPicture picture, List<HostPort> addresses, Deadline deadline) {
        var found = new ArrayList<JsonObject>();
        for (HostPort address : addresses) {
            JsonObject state = GroupPicture.ask(address, deadline);
            JsonObject member = state.object("member");
            if (member.text("id").isEmpty() || member.text("raft_address").isEmpty()) {
                throw new Failure(
                        ExitCode.FAILED, address + " does not say which member it is; is it a Mesolith master?");
            }
            refuseForeign(picture, address, member);
            boolean votes = picture.voterIds().contains(member.text("id"));
            boolean doubled = found.stream().anyMatch(other -> other.text("id").equals(member.text("id")));
            if (!votes && !doubled) {
                found.add(member);
            }
        }
        return found;
    }

    private static void refuseForeign(GroupPicture picture, HostPort address, JsonObject member) {
        String cluster = member.text("cluster_id");
        if (!cluster.isEmpty() && !cluster.equals(picture.clusterId())) {
            throw new Failure(
                    ExitCode.FAILED,
                    address + " belongs to the cluster " + cluster + ", not to " + picture.clusterId()
                            + "; nothing was changed. Give that master an empty work_dir if it is to move");
        }
        if (!cluster.isEmpty() && !member.text("group_id").equals(picture.groupId())) {
            throw new Failure(
                    ExitCode.FAILED,
                    address + " knows this cluster from before it was restored (group " + member.text("group_id")
                            + "); nothing was changed. Give that master an empty work_dir");
        }
    }

    /** Tells a master that waits which cluster it belongs to; one that knows stays as it is. */
    static void bringIn(GroupPicture picture, JsonObject member, Deadline deadline) {
        if (member.isTrue("bootstrapped")) {
            return;
        }
        if (picture.keepsMembers()) {
            var token = token(picture, TOKEN_SECONDS).text("token");
            admit(picture, token, member);
        }
        join(picture.clusterId(), picture.groupId(), member, deadline);
    }

    /** A token that lets one master join. */
    static JsonObject token(GroupPicture picture, long seconds) {
        return LeaderDoor.post(picture, "/raft/token", JsonObject.of("expires_seconds", seconds), LeaderDoor.LOOK_MAX);
    }

    /** Uses a token up for this master; the answer names the cluster and its group. */
    static JsonObject admit(GroupPicture picture, String token, JsonObject member) {
        var facts = JsonObject.of(
                "id", member.text("id"),
                "raft_address", member.text("raft_address"),
                "http_address", member.text("http_address"),
                "zone", member.text("zone"),
                "life", member.whole("life", 0));
        return LeaderDoor.post(
                picture, "/raft/admit", JsonObject.of("token", token, "member", facts), LeaderDoor.LOOK_MAX);
    }

    /** Has a master that waits open its storage for the group. */
    static void join(String cluster, String group, JsonObject member, Deadline deadline) {
        var address = HostPort.parse(member.text("http_address"));
        var body = JsonObject.of("cluster_id", cluster, "group_id", group);
        try (var connection = HttpConnection.open(address, deadline)) {
            HttpReply reply = connection.exchange(HttpRequest.post("/raft/join", Json.bytes(body)), deadline);
            if (reply.status() != 200) {
                throw new Failure(
                        ExitCode.FAILED, address + " refused to join (" + reply.status() + "): " + reply.text());
            }
        } catch (IOException broken) {
            throw new Failure(
                    ExitCode.UNKNOWN_OUTCOME,
                    "the answer of " + address + " never came (" + broken.getMessage()
                            + "); run the same command again, it goes on where it stopped",
                    broken);
        }
    }
}
