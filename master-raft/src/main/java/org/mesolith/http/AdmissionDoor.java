package org.mesolith.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.ClusterControl.Bootstrap;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberStatus;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.MembershipCommand;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * How a master comes to be known to a cluster: a token, admission with it, its own word on where it is; and the end.
 */
public final class AdmissionDoor {
    static final String TOKEN = "/raft/token";
    static final String ADMIT = "/raft/admit";
    static final String JOIN = "/raft/join";
    /** GET: what a master says of itself and the others; POST: where the caller is. For masters among each other. */
    public static final String RECORD = "/raft/record";

    static final String RETIRE = "/raft/retire";

    private static final Duration JOIN_WITHIN = Duration.ofSeconds(20);
    private static final long TOKEN_SECONDS = 3_600;

    private final RaftPage.Group group;
    private final MemberCalls calls;

    AdmissionDoor(RaftPage.Group group, MemberCalls calls) {
        this.group = group;
        this.calls = calls;
    }

    /** {@code {expires_seconds}}: a token that lets one master join, once. It is told here and nowhere else. */
    HttpAnswer token(HttpRequest request) throws InterruptedException {
        return calls.post(request, call -> {
            long seconds = call.body().path("expires_seconds").asLong(TOKEN_SECONDS);
            var expires = Instant.now().plusSeconds(seconds);
            var token = JoinTokens.draw(String.valueOf(group.clusterId()));
            var refusal = calls.refusal(
                    request, call.principal(), new MembershipCommand.AddJoinToken(JoinTokens.hash(token), expires));
            return refusal != null
                    ? refusal
                    : JsonText.page(200, json -> {
                        json.writeStringField("token", token);
                        json.writeStringField("expires", expires.toString());
                    });
        });
    }

    /** {@code {token, member}}: the token is used up, and the caller is told the group to open. */
    HttpAnswer admit(HttpRequest request) throws InterruptedException {
        // Whoever has a token need not be an operator: that is what it is for.
        return calls.open(request, null, call -> {
            var token = MemberJson.text(call.body(), "token");
            var cluster = JoinTokens.cluster(token);
            if (cluster == null) {
                return Problems.badRequest("This is no token; `meso cluster token` makes one");
            }
            if (!cluster.equals(group.clusterId())) {
                return HttpAnswer.text(
                        409,
                        "The token is for the cluster " + cluster + ", and this master belongs to " + group.clusterId()
                                + "; nothing was changed");
            }
            var member = MemberJson.known(call.body().path("member"));
            var refusal =
                    calls.refusal(request, null, new MembershipCommand.AdmitMember(JoinTokens.hash(token), member));
            return refusal != null ? refusal : admitted();
        });
    }

    private HttpAnswer.Full admitted() {
        return JsonText.page(200, json -> {
            JsonText.text(json, "cluster_id", group.clusterId());
            JsonText.text(json, "group_id", group.groupId());
        });
    }

    /** {@code {cluster_id, group_id}}: makes a master that waits a standby of a cluster. */
    HttpAnswer join(HttpRequest request) throws InterruptedException {
        return calls.post(request, call -> {
            var cluster = MemberJson.text(call.body(), "cluster_id");
            var join = call.control().join(cluster, MemberJson.text(call.body(), "group_id"));
            return switch (MemberCalls.within(join, JOIN_WITHIN)) {
                case Bootstrap.Done(var before) -> JsonText.page(200, json -> json.writeBooleanField("before", before));
                case Bootstrap.Refused(var why) -> HttpAnswer.text(409, why);
            };
        });
    }

    /** {@code {member}}: a member says where it is and how often it was started. */
    HttpAnswer record(HttpRequest request) throws InterruptedException {
        return calls.open(request, null, call -> {
            var member = MemberJson.known(call.body().path("member"));
            boolean belongs = group.facts().known().member(member.id()) != null
                    || group.status().members().stream()
                            .anyMatch(voter -> voter.address().member().equals(member.id()));
            if (!belongs && group.status().role() == MemberStatus.Role.STARTING) {
                return Problems.later("This master has just been started and does not know its cluster yet.");
            }
            if (!belongs) {
                return HttpAnswer.text(403, "No member " + member.id() + " belongs to this cluster");
            }
            // Heard by everybody at once: without the one that has moved there may be no majority to decide anything.
            group.meet(new MemberAddress(member.id(), member.host(), member.raftPort(), member.httpPort()));
            var refusal = calls.refusal(request, null, new MembershipCommand.RecordMember(member));
            return refusal != null ? refusal : HttpAnswer.empty(200);
        });
    }

    /** {@code {id}}: a master that does not vote is taken out for good. */
    HttpAnswer retire(HttpRequest request) throws InterruptedException {
        return calls.post(request, call -> {
            var id = MemberJson.text(call.body(), "id");
            boolean votes = group.status().members().stream()
                    .anyMatch(voter -> voter.address().member().equals(id)
                            && group.status().leader() != null
                            && !voter.role().isAside());
            if (votes) {
                return HttpAnswer.text(409, "Member " + id + " votes; take its vote first: `meso cluster remove`");
            }
            var refusal = retired(request, call.principal(), id);
            return refusal != null ? refusal : JsonText.page(200, json -> json.writeStringField("removed", id));
        });
    }

    /** Null when the member is taken out, or the cluster keeps no members yet. */
    HttpAnswer.@Nullable Full retired(HttpRequest request, @Nullable String principal, String id)
            throws InterruptedException, TimeoutException {
        return group.facts().featureLevel() < FeatureLevel.MEMBERSHIP.number()
                ? null
                : calls.refusal(request, principal, new MembershipCommand.RetireMember(id));
    }
}
