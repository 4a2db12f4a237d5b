package org.mesolith.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.log.ClusterControl;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.state.Actor;
import org.mesolith.state.Command;
import org.mesolith.state.Envelope;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.SystemCommand;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** What the doors of {@code /raft/…} have in common: who may call, the JSON body, and a command's way into the log. */
final class MemberCalls {
    private static final System.Logger LOG = System.getLogger("org.mesolith.http");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Longer than the log itself lets anybody wait. */
    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(12);

    private final RaftPage.Group group;
    private final Gate gate;

    MemberCalls(RaftPage.Group group, Gate gate) {
        this.group = group;
        this.gate = gate;
    }

    /**
     * A call that may be carried out.
     *
     * @param principal who asks, as authenticated; null when nobody asks for names
     */
    record Call(
            ClusterControl control, JsonNode body, @Nullable String principal) {}

    /** What is done about a call. */
    interface Work {
        HttpAnswer of(Call call) throws InterruptedException, TimeoutException;
    }

    /** An operator's POST. */
    HttpAnswer post(HttpRequest request, Work work) throws InterruptedException {
        return switch (gate.who(request, Authenticator.Realm.OPERATOR)) {
            case CallPath.Who.Refused(var answer) -> answer;
            case CallPath.Who.Passed(var principal) -> {
                var refusal = gate.refusal(principal, Routes.route(request.path()));
                yield refusal != null ? refusal : open(request, principal, work);
            }
        };
    }

    /** A POST that anybody may make, as masters do among each other. */
    HttpAnswer open(HttpRequest request, @Nullable String principal, Work work) throws InterruptedException {
        if (!request.method().equals("POST")) {
            return HttpAnswer.text(405, "Expecting POST").with("Allow", "POST");
        }
        var control = group.control();
        if (control == null) {
            return HttpAnswer.text(501, "This master has no group");
        }
        try {
            return work.of(new Call(control, MAPPER.readTree(request.body().bytes()), principal));
        } catch (TimeoutException late) {
            return HttpAnswer.text(504, "Not decided yet; it may still come to pass: look with `meso cluster members`");
        } catch (JsonProcessingException notJson) {
            return Problems.badRequest("The body is not JSON: " + notJson.getOriginalMessage());
        } catch (IllegalArgumentException wrong) {
            return Problems.badRequest(String.valueOf(wrong.getMessage()));
        } catch (IOException unreadable) {
            return Problems.badRequest("The body cannot be read: " + unreadable.getMessage());
        }
    }

    static <T> T within(CompletableFuture<T> future, Duration max) throws InterruptedException, TimeoutException {
        try {
            return future.get(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException defect) {
            throw new IllegalStateException("a future of the log failed", defect);
        }
    }

    static HttpAnswer.Full elsewhere(@Nullable MemberAddress leader, HttpRequest request) {
        return Problems.redirect(leader == null ? null : leader.httpAuthority(), request);
    }

    /** Writes down for the audit what no command of the log says. Where that fails, what was done stays done. */
    void note(HttpRequest request, @Nullable String principal, SystemCommand.NoteDeed deed)
            throws InterruptedException {
        if (group.facts().featureLevel() < FeatureLevel.JOURNAL.number()) {
            return;
        }
        try {
            var refusal = refusal(request, principal, deed);
            if (refusal != null) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the audit does not know of " + deed.call() + " " + deed.subject() + ": "
                                + refusal.body().utf8());
            }
        } catch (TimeoutException late) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the audit may not know of " + deed.call() + " " + deed.subject(),
                    late);
        }
    }

    /** Proposes a command; null when it was accepted, else what the caller is told. */
    HttpAnswer.@Nullable Full refusal(HttpRequest request, @Nullable String principal, Command command)
            throws InterruptedException, TimeoutException {
        var log = group.log();
        if (log == null) {
            return HttpAnswer.text(501, "This master has no log");
        }
        var envelope = new Envelope(
                Actor.operator(principal)
                        .from(request.remoteAddress().getAddress().getHostAddress()),
                Origin.HTTP,
                null,
                Instant.now(),
                group.status().term());
        return switch (within(log.propose(new Proposal(envelope, command)), DECIDED_WITHIN)) {
            case Proposed.Decided(var _, Outcome.Accepted _) -> null;
            case Proposed.Decided(var _, Outcome.Rejected(var reason, var message)) ->
                HttpAnswer.text(409, message + " (" + reason + ")");
            case Proposed.NotLeader(var leader) -> elsewhere(leader, request);
            case Proposed.Unknown(var why) ->
                HttpAnswer.text(504, "The outcome is unknown: " + why + ". The same call again does no harm");
            case Proposed.Full() ->
                HttpAnswer.text(503, "too many changes wait for the log; try again in a second")
                        .with("Retry-After", "1");
            case Proposed.NoSpace(var why) -> HttpAnswer.text(507, why);
            case Proposed.TooLarge(long bytes, long max) ->
                HttpAnswer.text(413, bytes + " bytes are more than the " + max + " of an entry of the log");
        };
    }
}
