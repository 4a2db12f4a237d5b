package org.mesolith.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.mesolith.log.ClusterControl.Changed;
import org.mesolith.log.ClusterControl.Handover;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.VoterChange;
import org.mesolith.state.SystemCommand;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * {@code /raft/…} as far as it changes the group of masters: who votes, who leads. The leader decides; another master
 * sends the caller there.
 */
final class MembersDoor {
    static final String CHANGE = "/raft/change";
    static final String TRANSFER = "/raft/transfer";

    /** A new member may need a large snapshot; a little more than the log itself waits. */
    private static final Duration CHANGE_WITHIN = Duration.ofSeconds(130);

    private static final Duration TRANSFER_WITHIN = Duration.ofSeconds(10);

    private final MemberCalls calls;
    private final AdmissionDoor admission;

    MembersDoor(MemberCalls calls, AdmissionDoor admission) {
        this.calls = calls;
        this.admission = admission;
    }

    /** {@code {seen, add, remove, accept_even, dry_run}}: who votes. */
    HttpAnswer change(HttpRequest request) throws InterruptedException {
        return calls.post(request, call -> {
            var body = call.body();
            var wish = new VoterChange(
                    MemberJson.texts(body, "seen"),
                    MemberJson.members(body, "add"),
                    MemberJson.texts(body, "remove"),
                    body.path("accept_even").asBoolean(),
                    body.path("dry_run").asBoolean());
            if (wish.added().isEmpty() && wish.removed().isEmpty()) {
                return Problems.badRequest("Name members to `add` or to `remove`");
            }
            return switch (MemberCalls.within(call.control().change(wish), CHANGE_WITHIN)) {
                case Changed.Done done -> done(request, call, wish, done);
                case Changed.NotLeader(var leader) -> MemberCalls.elsewhere(leader, request);
                case Changed.Refused(var why) -> HttpAnswer.text(409, why);
                case Changed.Unknown(var why) -> HttpAnswer.text(504, why);
            };
        });
    }

    /** Who was taken out is remembered, so that it never comes back. */
    private HttpAnswer done(HttpRequest request, MemberCalls.Call call, VoterChange wish, Changed.Done done)
            throws InterruptedException, TimeoutException {
        if (!wish.preview()) {
            if (!done.before().equals(done.after())) {
                var deed =
                        new SystemCommand.NoteDeed("CHANGE_VOTERS", "", "", names(done.before()), names(done.after()));
                calls.note(request, call.principal(), deed);
            }
            for (var removed : wish.removed()) {
                var refusal = admission.retired(request, call.principal(), removed);
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        return JsonText.page(200, json -> {
            MemberJson.write(json, "before", done.before());
            MemberJson.write(json, "after", done.after());
            json.writeBooleanField("changed", !wish.preview() && !done.before().equals(done.after()));
        });
    }

    /** {@code {to}}: hands the lead to this member, or to the one that is most up to date. */
    HttpAnswer transfer(HttpRequest request) throws InterruptedException {
        return calls.post(request, call -> {
            var control = call.control();
            var body = call.body();
            MemberAddress target = null;
            if (body.hasNonNull("to")) {
                var name = MemberJson.text(body, "to");
                target = control.status().members().stream()
                        .map(member -> member.address())
                        .filter(member -> member.member().equals(name))
                        .findFirst()
                        .orElse(null);
                if (target == null) {
                    return HttpAnswer.text(
                            404, "No member " + name + " votes in this cluster; `meso cluster members` shows who does");
                }
                if (target.equals(control.status().leader())
                        && target.equals(control.status().self())) {
                    return HttpAnswer.text(409, "Member " + name + " leads already");
                }
            }
            var self = control.status().self();
            var goal = target == null ? "whoever is most up to date" : names(List.of(target));
            // Before it, for after it this member leads no more and has nothing to say in the log.
            if (self.equals(control.status().leader())) {
                calls.note(request, call.principal(), transferred(self, "asked", goal));
            }
            var handover = control.transferLeadership(target, TRANSFER_WITHIN);
            return switch (MemberCalls.within(handover, TRANSFER_WITHIN.multipliedBy(2))) {
                case Handover.Done() -> JsonText.page(200, json -> json.writeBooleanField("transferred", true));
                case Handover.NotLeader(var leader) -> MemberCalls.elsewhere(leader, request);
                case Handover.Failed(var why) -> {
                    calls.note(request, call.principal(), transferred(self, "failed: " + why, names(List.of(self))));
                    yield HttpAnswer.text(
                            409,
                            "The lead was not handed over: " + why
                                    + ". Look with `meso cluster members` who leads, and try again");
                }
            };
        });
    }

    private static SystemCommand.NoteDeed transferred(MemberAddress self, String what, String after) {
        return new SystemCommand.NoteDeed("TRANSFER_LEADERSHIP", self.member(), what, names(List.of(self)), after);
    }

    private static String names(List<MemberAddress> members) {
        return members.stream()
                .map(member -> member.httpAuthority() + " (" + member.member() + ")")
                .collect(Collectors.joining(", "));
    }
}
