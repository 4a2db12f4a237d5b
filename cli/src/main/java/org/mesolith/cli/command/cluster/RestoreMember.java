package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mesolith.backup.PlanJson;
import org.mesolith.backup.RestorePlan;
import org.mesolith.cli.client.Deadline;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.log.MemberAddress;

/**
 * What a master says before a restore.
 *
 * @param clusterId empty while it waits
 * @param groupId empty while it waits
 * @param plan of a restore that was begun there before; null without one
 */
record RestoreMember(
        MemberAddress address,
        String clusterId,
        String groupId,
        @Nullable RestorePlan plan) {
    /** True when it is in a group, whichever. */
    boolean belongs() {
        return !groupId.isEmpty();
    }

    boolean isPartOf(@Nullable RestorePlan of) {
        return of != null && groupId.equals(of.group().groupId());
    }

    /** Asks until it answers. */
    static RestoreMember ask(HostPort address, Deadline deadline) {
        var state = Members.await(address, deadline, "Start it with an empty --work_dir and run this again");
        try {
            return said(state, address);
        } catch (IOException unreadable) {
            throw new Failure(
                    ExitCode.FAILED,
                    "the answer of " + address + " cannot be read (" + unreadable.getMessage()
                            + "); nothing was changed. Is its version another one?",
                    unreadable);
        }
    }

    private static RestoreMember said(JsonObject state, HostPort address) throws IOException {
        HostPort raft = HostPort.parse(state.text("member.raft_address"));
        HostPort http = HostPort.parse(state.text("member.http_address"));
        var self = new MemberAddress(state.text("member.id"), raft.host(), raft.port(), http.port());
        try (var calls = new SteadyCalls(address, Duration.ofSeconds(10))) {
            JsonObject restore = Json.readObject(calls.call(HttpRequest.get("/raft/restore")));
            RestorePlan plan = restore.has("plan") ? PlanJson.read(Json.bytes(restore.object("plan"))) : null;
            return new RestoreMember(self, state.text("member.cluster_id"), state.text("member.group_id"), plan);
        }
    }
}
