package org.mesolith.http;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.api.OperatorCall;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.leader.Viewed;
import org.mesolith.state.Registry;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * {@code /drain}: plans to empty agents batch by batch. What a plan would mean is told by {@link ExplainDoor}. Any
 * thread.
 */
final class DrainDoor {
    /** {@code GET}: the plans; {@code POST}: one is made. */
    static final String PLANS = "/drain";

    /** {@code POST}: a plan pauses, goes on, or is taken back. */
    static final String STEER = "/drain/steer";

    private final LeaderCalls leader;
    private final Gate gate;

    DrainDoor(LeaderCalls leader, Gate gate) {
        this.leader = leader;
        this.gate = gate;
    }

    /** Reads the body of a call; throws IllegalArgumentException with a sentence for the caller. */
    private interface Body {
        OperatorCall of(HttpRequest request);
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
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (path.equals(PLANS) && reads) {
            return plans(request);
        }
        if (!request.method().equals("POST")) {
            return HttpAnswer.text(405, path.equals(PLANS) ? "Expecting GET or POST" : "Expecting POST")
                    .with("Allow", path.equals(PLANS) ? "GET, POST" : "POST");
        }
        return performed(request, principal, path.equals(PLANS) ? DrainBody::plan : DrainBody::steer);
    }

    private HttpAnswer performed(HttpRequest request, @Nullable String principal, Body body)
            throws InterruptedException {
        var caller = CallPath.caller(request, principal);
        if (caller == null) {
            return CallPath.badRequestKey();
        }
        OperatorCall call;
        try {
            call = body.of(request);
        } catch (IllegalArgumentException wrong) {
            return Problems.badRequest(String.valueOf(wrong.getMessage()));
        }
        return Problems.of(leader.ask(call, caller, request.deadline().remaining()), request);
    }

    /** {@code GET ?id=D7}. */
    private HttpAnswer plans(HttpRequest request) throws InterruptedException {
        var id = request.query().first("id").orElse("");
        long number;
        try {
            number = id.isEmpty() ? 0 : DrainBody.number(id);
        } catch (IllegalArgumentException wrong) {
            return Problems.badRequest(String.valueOf(wrong.getMessage()));
        }
        return switch (leader.view(request.deadline().remaining())) {
            case Viewed.Refused(var reply) -> Problems.of(reply, request);
            case Viewed.Seen(var view) ->
                number != 0 && view.registry().drainPlan(number) == null
                        ? HttpAnswer.text(404, "no plan D" + number + " is known; `meso drain status` lists them")
                        : Places.tell(shown(view.registry(), number), view.registry(), leader.standing());
        };
    }

    private static HttpAnswer.Full shown(Registry registry, long number) {
        var shown = new ArrayList<DrainPlan>();
        for (var plan : registry.drainPlans()) {
            if (number == 0 || plan.number() == number) {
                shown.add(plan);
            }
        }
        return JsonText.page(200, json -> {
            json.writeArrayFieldStart("plans");
            for (var plan : shown) {
                DrainJson.plan(json, plan, registry);
            }
            json.writeEndArray();
        });
    }
}
