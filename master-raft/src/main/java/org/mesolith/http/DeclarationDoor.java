package org.mesolith.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.leader.Viewed;
import org.mesolith.leader.preview.DeclarationPlan;
import org.mesolith.model.Declarable;
import org.mesolith.model.DeclaredKind;
import org.mesolith.state.Registry;
import org.mesolith.state.check.DeclarationChecks;
import org.mesolith.view.Sight;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * {@code /declarations}: what operators keep in a file, compared with the cluster and applied, one kind of objects at a
 * time. Any thread.
 */
final class DeclarationDoor {
    /** {@code GET}: what every declaration said last. */
    static final String KNOWN = "/declarations";

    /** {@code GET}: everything that can be declared, as it is, and the names that a declaration may use. */
    static final String OBJECTS = "/declarations/objects";

    /** {@code POST}: what a declaration would change. */
    static final String PLAN = "/declarations/plan";

    /** {@code POST}: one part of such a plan is carried out. */
    static final String APPLY = "/declarations/apply";

    private final LeaderCalls leader;
    private final Gate gate;

    DeclarationDoor(LeaderCalls leader, Gate gate) {
        this.leader = leader;
        this.gate = gate;
    }

    HttpAnswer answer(HttpRequest request, String path) throws InterruptedException {
        return switch (gate.who(request, Authenticator.Realm.OPERATOR)) {
            case CallPath.Who.Refused(var answer) -> answer;
            case CallPath.Who.Passed(var principal) -> {
                var refusal = gate.refusal(principal, path);
                var elsewhere = Problems.unlessLeading(leader.standing(), request);
                yield refusal != null ? refusal : elsewhere != null ? elsewhere : answer(request, path, principal);
            }
        };
    }

    private HttpAnswer answer(HttpRequest request, String path, @Nullable String principal)
            throws InterruptedException {
        boolean writes = path.equals(PLAN) || path.equals(APPLY);
        boolean fits = writes
                ? request.method().equals("POST")
                : request.method().equals("GET") || request.method().equals("HEAD");
        if (!fits) {
            var allowed = writes ? "POST" : "GET";
            return HttpAnswer.text(405, "Expecting " + allowed).with("Allow", allowed);
        }
        try {
            return switch (path) {
                case APPLY -> applied(request, principal);
                case PLAN -> planned(request, principal);
                default -> shown(request, path, gate.sight(principal));
            };
        } catch (IllegalArgumentException wrong) {
            return Problems.badRequest(String.valueOf(wrong.getMessage()));
        }
    }

    private HttpAnswer applied(HttpRequest request, @Nullable String principal) throws InterruptedException {
        var caller = CallPath.caller(request, principal);
        if (caller == null) {
            return CallPath.badRequestKey();
        }
        var call = DeclarationBody.part(request);
        return Problems.of(leader.ask(call, caller, request.deadline().remaining()), request);
    }

    private HttpAnswer planned(HttpRequest request, @Nullable String principal) throws InterruptedException {
        var wish = DeclarationBody.wish(request);
        var problem = DeclarationChecks.name(wish.name());
        if (problem != null) {
            return Problems.badRequest(problem);
        }
        return switch (leader.view(request.deadline().remaining())) {
            case Viewed.Refused(var reply) -> Problems.of(reply, request);
            case Viewed.Seen(var view) -> {
                var registry = view.registry();
                var plan = DeclarationPlan.of(registry, wish.name(), wish.objects(), principal);
                var hidden = hidden(plan, registry, gate.sight(principal));
                yield hidden != null
                        ? HttpAnswer.text(403, hidden)
                        : Places.tell(
                                JsonText.page(200, json -> DeclarationJson.plan(json, plan)),
                                registry,
                                leader.standing());
            }
        };
    }

    /** A plan shows what there is of its objects: whoever may not see one of them gets none. */
    private static @Nullable String hidden(DeclarationPlan plan, Registry registry, Sight sight) {
        for (var part : plan.parts()) {
            for (var step : part.steps()) {
                var object = step.change().object();
                if (!sees(sight, registry, object)) {
                    return "You may not see " + object.key() + " of the "
                            + object.kind().text() + ", so it cannot be compared; ask who may";
                }
            }
        }
        return null;
    }

    private static boolean sees(Sight sight, Registry registry, Declarable object) {
        return switch (object) {
            case Declarable.OfWeight(var weight) -> sight.seesRole(weight.role());
            case Declarable.OfQuota(var quota) -> sight.seesRole(quota.role());
            case Declarable.OfReservation(var _, var stack, var _) ->
                sight.seesRole(stack.getLast().role());
            case Declarable.OfWindow _ -> sight.seesSchedule(registry);
        };
    }

    private HttpAnswer shown(HttpRequest request, String path, Sight sight) throws InterruptedException {
        return switch (leader.view(request.deadline().remaining())) {
            case Viewed.Refused(var reply) -> Problems.of(reply, request);
            case Viewed.Seen(var view) -> {
                var registry = view.registry();
                JsonText.Writer writer = path.equals(KNOWN)
                        ? json -> known(json, registry, sight)
                        : json -> objects(json, registry, sight);
                yield Places.tell(JsonText.page(200, writer), registry, leader.standing());
            }
        };
    }

    /** Texts of what is hidden from the caller are left out: whose sight is not whole is told the names alone. */
    private static void known(JsonGenerator json, Registry registry, Sight sight) throws IOException {
        json.writeArrayFieldStart("declarations");
        for (var row : registry.declarations()) {
            DeclarationJson.row(json, row, sight.isWhole());
        }
        json.writeEndArray();
    }

    private static void objects(JsonGenerator json, Registry registry, Sight sight) throws IOException {
        var leftOut = new TreeSet<String>();
        for (var kind : DeclaredKind.values()) {
            json.writeArrayFieldStart(kind.text());
            for (var object : DeclarationChecks.all(registry, kind).values()) {
                if (!sees(sight, registry, object)) {
                    continue;
                }
                if (DeclarationJson.isReadBack(object)) {
                    DeclarationJson.object(json, object);
                } else {
                    leftOut.add(object.key());
                }
            }
            json.writeEndArray();
        }
        list(json, "left_out", List.copyOf(leftOut));
        list(
                json,
                "roles",
                DeclarationJson.roles(registry).stream().filter(sight::seesRole).toList());
        json.writeArrayFieldStart("agents");
        for (var agent : registry.agents()) {
            json.writeStartObject();
            json.writeStringField("id", agent.id().value());
            json.writeStringField("host", agent.info().hostname());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void list(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (var text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
