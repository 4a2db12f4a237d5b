package org.mesolith.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.api.OperatorCall;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.leader.Viewed;
import org.mesolith.view.LeaderView;
import org.mesolith.view.ReservationPlanner;
import org.mesolith.view.ReservationViews;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * {@code /reservations}: what is reserved, with what is written down of it; where there would be room; and the calls
 * about many reservations at once. Any thread.
 */
final class ReservationsDoor {
    /** {@code GET}: all that the caller may see; {@code POST}: the same is reserved on several agents. */
    static final String ALL = "/reservations";

    /** {@code POST}: on which agents there is room; changes nothing. */
    static final String PLAN = "/reservations/plan";

    /** {@code POST}: owner, purpose and expiry. */
    static final String NOTE = "/reservations/note";

    /** {@code POST}: what nobody needs is given back. */
    static final String RELEASE = "/reservations/release";

    private final LeaderCalls leader;
    private final Gate gate;

    ReservationsDoor(LeaderCalls leader, Gate gate) {
        this.leader = leader;
        this.gate = gate;
    }

    /** Reads the body of a call; throws IllegalArgumentException with a sentence for the caller. */
    private interface Body<T> {
        T of(HttpRequest request);
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
        if (path.equals(ALL) && reads) {
            return seen(request, view -> all(view, principal));
        }
        if (!request.method().equals("POST")) {
            return HttpAnswer.text(405, path.equals(ALL) ? "Expecting GET or POST" : "Expecting POST")
                    .with("Allow", path.equals(ALL) ? "GET, POST" : "POST");
        }
        return switch (path) {
            case PLAN -> plan(request);
            case NOTE -> performed(request, principal, ReservationsBody::note);
            case RELEASE -> performed(request, principal, ReservationsBody::release);
            default -> performed(request, principal, ReservationsBody::reserve);
        };
    }

    private HttpAnswer.Full all(LeaderView view, @Nullable String principal) {
        var all = new ReservationViews(view.registry(), gate.sight(principal)).all();
        return JsonText.page(200, json -> ReservationsJson.all(json, all, view.registry()));
    }

    private HttpAnswer plan(HttpRequest request) throws InterruptedException {
        ReservationPlanner.Wanted wanted;
        try {
            wanted = ReservationsBody.plan(request);
        } catch (IllegalArgumentException wrong) {
            return Problems.badRequest(String.valueOf(wrong.getMessage()));
        }
        return seen(request, view -> {
            var plan = ReservationPlanner.of(view.registry(), wanted);
            return JsonText.page(200, json -> ReservationsJson.plan(json, plan));
        });
    }

    private HttpAnswer seen(HttpRequest request, Function<LeaderView, HttpAnswer.Full> shown)
            throws InterruptedException {
        return switch (leader.view(request.deadline().remaining())) {
            case Viewed.Refused(var reply) -> Problems.of(reply, request);
            case Viewed.Seen(var view) -> Places.tell(shown.apply(view), view.registry(), leader.standing());
        };
    }

    private HttpAnswer performed(HttpRequest request, @Nullable String principal, Body<OperatorCall> body)
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
}
