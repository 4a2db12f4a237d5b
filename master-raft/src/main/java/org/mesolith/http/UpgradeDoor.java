package org.mesolith.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberStatus;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.SystemCommand;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * {@code POST /raft/finalize}: the end of an upgrade. The cluster's feature level is raised to the newest that every
 * voter knows, as each says itself; until then every member may go back to the version before.
 */
final class UpgradeDoor {
    static final String FINALIZE = "/raft/finalize";

    private final RaftPage.Group group;
    private final MemberCalls calls;

    UpgradeDoor(RaftPage.Group group, MemberCalls calls) {
        this.group = group;
        this.calls = calls;
    }

    /** A voter and what it runs; null when it gave no answer. */
    private record Voter(MemberAddress member, RaftPage.@Nullable Software software) {
        String name() {
            return member.member() + " (" + member.httpAuthority() + ")";
        }
    }

    /** {@code {dry_run}}: raises the level, or says who keeps it from being raised. */
    HttpAnswer finish(HttpRequest request) throws InterruptedException {
        return calls.post(request, call -> {
            var status = group.status();
            if (!status.ready()) {
                return MemberCalls.elsewhere(leader(status), request);
            }
            var voters = voters(status);
            var silent = voters.stream().filter(voter -> voter.software == null).map(Voter::name);
            var who = silent.toList();
            if (!who.isEmpty()) {
                return HttpAnswer.text(
                        409,
                        "These members do not say which version they run: " + String.join(", ", who)
                                + ". A level that one of them does not know would stop it for good: start them, or"
                                + " replace them, first. Nothing was changed");
            }
            int before = group.facts().featureLevel();
            int after = common(voters);
            var back = backward(voters, after);
            if (after <= before && !back.isEmpty()) {
                return HttpAnswer.text(
                        409,
                        "The cluster is at feature level " + before + ", and these members know no newer one: "
                                + String.join(", ", back) + ". Upgrade them first. Nothing was changed");
            }
            boolean raises = after > before && !call.body().path("dry_run").asBoolean();
            if (raises) {
                var refusal = calls.refusal(request, call.principal(), new SystemCommand.RaiseFeatureLevel(after));
                if (refusal != null) {
                    return refusal;
                }
            }
            return answer(voters, before, Math.max(before, after), raises);
        });
    }

    private static @Nullable MemberAddress leader(ClusterStatus status) {
        var leader = status.leader();
        return leader != null && leader.equals(status.self()) ? null : leader;
    }

    private List<Voter> voters(ClusterStatus status) {
        var voters = new ArrayList<Voter>();
        for (var member : status.members()) {
            if (member.role() != MemberStatus.Role.STANDBY && member.role() != MemberStatus.Role.WAITING) {
                voters.add(new Voter(member.address(), software(status, member.address())));
            }
        }
        return voters;
    }

    private RaftPage.@Nullable Software software(ClusterStatus status, MemberAddress member) {
        if (member.member().equals(status.self().member())) {
            return new RaftPage.Software("", group.facts().featureLevel(), FeatureLevel.NEWEST.number());
        }
        try {
            return group.software(member);
        } catch (IOException silent) {
            System.getLogger(UpgradeDoor.class.getName())
                    .log(System.Logger.Level.INFO, member.httpAuthority() + " does not say what it runs", silent);
            return null;
        }
    }

    /** The newest level that all of them know. */
    private static int common(List<Voter> voters) {
        int level = FeatureLevel.NEWEST.number();
        for (var voter : voters) {
            var software = voter.software;
            level = software == null ? 0 : Math.min(level, software.levelMax());
        }
        return level;
    }

    /** Those that know nothing newer, when another one does. */
    private static List<String> backward(List<Voter> voters, int level) {
        int newest = level;
        var back = new ArrayList<String>();
        for (var voter : voters) {
            var software = voter.software;
            newest = software == null ? newest : Math.max(newest, software.levelMax());
        }
        for (var voter : voters) {
            var software = voter.software;
            if (software != null && newest > level && software.levelMax() == level) {
                back.add(voter.name() + " runs " + (software.version().isEmpty() ? "this version" : software.version())
                        + " and knows up to level " + level);
            }
        }
        return back;
    }

    private static HttpAnswer.Full answer(List<Voter> voters, int before, int after, boolean raised) {
        return JsonText.page(200, json -> {
            json.writeNumberField("before", before);
            json.writeNumberField("after", after);
            json.writeBooleanField("changed", raised);
            json.writeArrayFieldStart("held_back_by");
            for (var name : backward(voters, after)) {
                json.writeString(name);
            }
            json.writeEndArray();
        });
    }
}
