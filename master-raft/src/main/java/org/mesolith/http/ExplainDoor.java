package org.mesolith.http;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.api.OperatorCall;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.leader.Pictured;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.explain.AgentStories;
import org.mesolith.leader.explain.DrainForecast;
import org.mesolith.leader.explain.Explainer;
import org.mesolith.leader.explain.Forecast;
import org.mesolith.leader.explain.Picture;
import org.mesolith.leader.explain.ReservationStories;
import org.mesolith.leader.explain.RoleStories;
import org.mesolith.leader.explain.Story;
import org.mesolith.leader.explain.Subjects;
import org.mesolith.leader.explain.Subjects.Found;
import org.mesolith.leader.explain.TaskStories;
import org.mesolith.leader.explain.Unwanted;
import org.mesolith.leader.explain.Wish;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Roles;
import org.mesolith.view.Sight;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * {@code /explain/…}: why things are as they are. Answered by the leader, from a picture of one moment, on the caller's
 * thread; only a few at a time.
 */
final class ExplainDoor {
    static final String OFFERS = "/explain/offers";
    static final String TASK = "/explain/task";
    static final String AGENT = "/explain/agent";
    static final String ROLE = "/explain/role";
    static final String RESERVATION = "/explain/reservation";
    static final String WHAT_IF = "/what-if";
    static final String DRAIN = "/drain/plan";

    /** The page of Mesos. */
    static final String CONSTRAINTS = "/allocator/offer_constraints_debug";

    /** Each works on a picture of its own: the next ones wait for their turn. */
    private static final int AT_ONCE_MAX = 2;

    private final LeaderCalls leader;
    private final Gate gate;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX, true);

    ExplainDoor(LeaderCalls leader, Gate gate) {
        this.leader = leader;
        this.gate = gate;
    }

    /** Whoever may not ask is told nothing of what is wrong with the question. */
    HttpAnswer answer(HttpRequest request, String path) throws InterruptedException {
        if (path.equals(CONSTRAINTS)) {
            return constraints(request);
        }
        var refusal = gate.refusal(request, Authenticator.Realm.OPERATOR, path);
        if (refusal != null) {
            return refusal;
        }
        return switch (path) {
            case OFFERS -> offers(request);
            case TASK -> task(request);
            case AGENT -> agent(request);
            case ROLE -> role(request);
            case RESERVATION -> reservation(request);
            case DRAIN -> drain(request);
            default -> whatIf(request);
        };
    }

    /** {@code GET ?framework=&role=&agent=&names=}. */
    HttpAnswer offers(HttpRequest request) throws InterruptedException {
        var framework = query(request, "framework");
        if (framework == null) {
            return Problems.badRequest("Say whose offers are to be explained: ?framework=ID-OR-NAME");
        }
        return get(request, picture -> switch (Subjects.framework(picture.view().registry(), framework)) {
            case Found.None<FrameworkId>(var text) -> HttpAnswer.text(404, text);
            case Found.Several<FrameworkId>(var text) -> Problems.badRequest(text);
            case Found.One<FrameworkId>(var id) -> offers(request, picture, id);
        });
    }

    private HttpAnswer.Full offers(HttpRequest request, Picture picture, FrameworkId framework) {
        return query(request, "agent") == null
                ? offers(request, picture, framework, null)
                : ofAgent(request, picture, id -> offers(request, picture, framework, id));
    }

    /** {@code GET ?id=&framework=}: the latest run of a task. */
    HttpAnswer task(HttpRequest request) throws InterruptedException {
        var id = query(request, "id");
        if (id == null) {
            return Problems.badRequest("Say which task is to be explained: ?id=TASK");
        }
        var framework = query(request, "framework");
        return reads(request, (picture, sight) -> {
            var stories = new TaskStories(picture.view());
            var runs = stories.find(id, framework == null ? null : new FrameworkId(framework), sight);
            if (runs.isEmpty()) {
                return HttpAnswer.text(404, "no task has the id '" + id + "'; `meso task ls --all` lists them");
            }
            return runs.size() > 1
                    ? Problems.badRequest(runs.size() + " frameworks have a task '" + id + "'; name one: &framework=ID")
                    : told(stories.tell(runs.getFirst()));
        });
    }

    /** {@code GET ?agent=}. */
    HttpAnswer agent(HttpRequest request) throws InterruptedException {
        return get(request, picture -> ofAgent(request, picture, id -> told(new AgentStories(picture).tell(id))));
    }

    /** {@code GET ?role=}. */
    HttpAnswer role(HttpRequest request) throws InterruptedException {
        var role = query(request, "role");
        var problem = role == null ? "say which: ?role=ROLE" : Roles.problem(role);
        if (role == null || problem != null) {
            return Problems.badRequest("This is no role to explain: " + problem);
        }
        return get(request, picture -> told(new RoleStories(picture).tell(role)));
    }

    /** {@code GET}: of each framework that the caller may see, suppressed roles and whom its constraints exclude. */
    HttpAnswer constraints(HttpRequest request) throws InterruptedException {
        return reads(
                request,
                Authenticator.Realm.READER,
                (picture, sight) ->
                        JsonText.page(200, json -> ConstraintsJson.write(json, Unwanted.of(picture, sight))));
    }

    /** {@code GET ?agent=&role=}. */
    HttpAnswer reservation(HttpRequest request) throws InterruptedException {
        var role = query(request, "role");
        return get(
                request,
                picture -> ofAgent(request, picture, id -> told(new ReservationStories(picture).tell(id, role))));
    }

    /** {@code POST {"changes": […]}}: changes nothing. */
    HttpAnswer whatIf(HttpRequest request) throws InterruptedException {
        if (!request.method().equals("POST")) {
            return HttpAnswer.text(405, "Expecting POST").with("Allow", "POST");
        }
        return answer(request, whole(picture -> {
            var registry = picture.view().registry();
            List<Wish> wishes;
            try {
                wishes = new WhatIfBody(registry).read(request);
            } catch (IllegalArgumentException wrong) {
                return Problems.badRequest(String.valueOf(wrong.getMessage()));
            }
            var forecast = new Forecast(picture.scene()).of(wishes);
            return JsonText.page(200, json -> WhatIfJson.write(json, forecast, registry));
        }));
    }

    /** {@code POST {"agents": […], …}}: what it would mean to empty agents; changes nothing. */
    HttpAnswer drain(HttpRequest request) throws InterruptedException {
        if (!request.method().equals("POST")) {
            return HttpAnswer.text(405, "Expecting POST").with("Allow", "POST");
        }
        OperatorCall.PlanDrain plan;
        try {
            plan = DrainBody.plan(request);
        } catch (IllegalArgumentException wrong) {
            return Problems.badRequest(String.valueOf(wrong.getMessage()));
        }
        return answer(request, whole(picture -> {
            // A quarter of the time is left for the answer.
            var rest = request.deadline().remaining().dividedBy(4);
            var forecast = new DrainForecast(
                    picture, () -> request.deadline().remaining().compareTo(rest) < 0);
            var outlook = forecast.of(plan.agents(), plan.maxUnavailable());
            var grace = plan.maxGrace();
            var seconds = grace == null ? null : Math.multiplyExact(outlook.batches(), grace.toSeconds());
            return JsonText.page(
                    200, json -> DrainJson.outlook(json, outlook, picture.view().registry(), seconds));
        }));
    }

    private static HttpAnswer.Full told(Story story) {
        return JsonText.page(200, json -> ExplainJson.story(json, story));
    }

    private static HttpAnswer.Full ofAgent(
            HttpRequest request, Picture picture, Function<AgentId, HttpAnswer.Full> answer) {
        var agent = query(request, "agent");
        if (agent == null) {
            return Problems.badRequest("Say which agent is to be explained: ?agent=ID-OR-HOST");
        }
        return switch (Subjects.agent(picture.view().registry(), agent)) {
            case Found.None<AgentId>(var text) -> HttpAnswer.text(404, text);
            case Found.Several<AgentId>(var text) -> Problems.badRequest(text);
            case Found.One<AgentId>(var id) -> answer.apply(id);
        };
    }

    private HttpAnswer.Full offers(
            HttpRequest request, Picture picture, FrameworkId framework, @Nullable AgentId agent) {
        // Half of the time is for working out what would change the verdicts, the rest for the answer.
        var halfTime = request.deadline().remaining().dividedBy(2);
        var explainer = new Explainer(
                picture.scene(), framework, () -> request.deadline().remaining().compareTo(halfTime) < 0);
        var role = query(request, "role");
        var explanation = agent == null ? explainer.all(role) : explainer.one(agent, role);
        boolean names = agent != null || "true".equals(query(request, "names"));
        return JsonText.page(
                200,
                json -> ExplainJson.offers(json, explanation, picture.view().registry(), names));
    }

    /** What is answered from a picture to somebody who may see so much of it. */
    private interface Telling {
        HttpAnswer.Full of(Picture picture, Sight sight);
    }

    private HttpAnswer get(HttpRequest request, Function<Picture, HttpAnswer.Full> answer) throws InterruptedException {
        return reads(request, whole(answer));
    }

    /**
     * Explanations name rivals, and sums that tell of them: they are for those who may see every role and framework.
     */
    private static Telling whole(Function<Picture, HttpAnswer.Full> answer) {
        return (picture, sight) -> {
            var hidden = sight.hidden(picture.view());
            return hidden == null
                    ? answer.apply(picture)
                    : HttpAnswer.text(
                            403,
                            "Explanations and forecasts tell of every role and framework, and principal '"
                                    + sight.principal() + "' may not see " + hidden
                                    + "; see the rules 'view_roles' and 'view_frameworks' of the ACLs");
        };
    }

    private HttpAnswer reads(HttpRequest request, Telling answer) throws InterruptedException {
        return reads(request, Authenticator.Realm.OPERATOR, answer);
    }

    /** Answers a read. */
    private HttpAnswer reads(HttpRequest request, Authenticator.Realm realm, Telling answer)
            throws InterruptedException {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        return reads
                ? answer(request, realm, answer)
                : HttpAnswer.text(405, "Expecting GET").with("Allow", "GET");
    }

    private HttpAnswer answer(HttpRequest request, Telling answer) throws InterruptedException {
        return answer(request, Authenticator.Realm.OPERATOR, answer);
    }

    private HttpAnswer answer(HttpRequest request, Authenticator.Realm realm, Telling answer)
            throws InterruptedException {
        return switch (gate.who(request, realm)) {
            case CallPath.Who.Refused(var refusal) -> refusal;
            case CallPath.Who.Passed(var principal) -> answer(request, gate.sight(principal), answer);
        };
    }

    private HttpAnswer answer(HttpRequest request, Sight sight, Telling answer) throws InterruptedException {
        var elsewhere = Problems.unlessLeading(leader.standing(), request);
        if (elsewhere != null) {
            return elsewhere;
        }
        var within = request.deadline().remaining();
        if (!places.tryAcquire(within.toNanos(), TimeUnit.NANOSECONDS)) {
            return Problems.of(new Reply.Busy("other explanations take all the room; try again in a second"), request);
        }
        try {
            return switch (leader.picture(request.deadline().remaining())) {
                case Pictured.Refused(var reply) -> Problems.of(reply, request);
                case Pictured.Seen(var picture) -> answer.of(picture, sight);
            };
        } finally {
            places.release();
        }
    }

    private static @Nullable String query(HttpRequest request, String name) {
        var value = request.query().first(name).orElse("");
        return value.isEmpty() ? null : value;
    }
}
