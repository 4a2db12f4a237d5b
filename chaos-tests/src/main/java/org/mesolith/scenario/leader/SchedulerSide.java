package org.mesolith.scenario.leader;

import static org.mesolith.scenario.grammar.Kinds.TEXT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.base.Check;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferId;
import org.mesolith.scenario.grammar.Fields;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.MismatchException;
import org.mesolith.scenario.grammar.Outcome;
import org.mesolith.scenario.grammar.PartKinds;
import org.mesolith.scenario.grammar.Views;
import org.mesolith.sim.calm.CalmCluster;
import org.mesolith.wire.Headers;

/** What frameworks do. */
final class SchedulerSide {
    private static final Duration REFUSAL = Duration.ofSeconds(5);

    private final Clues clues;
    private final InUse inUse;

    SchedulerSide(Clues clues, InUse inUse) {
        this.clues = clues;
        this.inUse = inUse;
    }

    // ---- life

    void add(Fields given) {
        var name = given.get("id", TEXT);
        Check.that(
                !clues.schedulers.containsKey(name)
                        || clues.cluster.registry().framework(new FrameworkId(name)) == null,
                "framework " + name + " is added once, or when it is no more");
        var scheduler = new Scheduler(name, given);
        clues.schedulers.put(name, scheduler);
        inUse.by(scheduler, given.get("used", Kinds.USE, new TreeMap<>()));
        var answer = subscribe(scheduler);
        var failure = scheduler.failure();
        boolean good = answer.status() == 200 && failure == null;
        var expected = given.get("expect", Kinds.OUTCOME, Outcome.OK);
        if (good != (expected == Outcome.OK)) {
            throw new MismatchException(
                    expected.word(), good ? "ok" : "error " + (failure == null ? answer.text() : failure.message()));
        }
        if (!given.get("active", Kinds.TRUTH, true)) {
            disconnect(name);
        }
    }

    private CalmCluster.Answer subscribe(Scheduler scheduler) {
        var subscription = clues.cluster.subscribe(
                scheduler.introduce("SUBSCRIBE").toString(), Headers.NONE, new CalmCluster.Listener() {
                    @Override
                    public void hears(SchedulerEvent event) {
                        hear(scheduler, event);
                    }

                    @Override
                    public void ended() {
                        scheduler.streamEnded();
                    }
                });
        if (subscription.stream() != null && scheduler.failure() == null) {
            scheduler.subscribed(subscription);
        }
        return subscription.answer();
    }

    void disconnect(String name) {
        var subscription = clues.scheduler(name).subscription();
        if (subscription != null) {
            subscription.cut().run();
        }
    }

    void reconnect(Fields given) {
        var scheduler = scheduler(given);
        scheduler.setSuppressed(given.get("suppressed", Kinds.TEXTS, List.of()));
        var answer = subscribe(scheduler);
        if (answer.status() != 200 || scheduler.failure() != null) {
            throw new MismatchException("a subscription", answer + " " + scheduler.failure());
        }
    }

    void update(Fields given) {
        var scheduler = scheduler(given);
        scheduler.change(given);
        var answer = send(scheduler, scheduler.introduce("UPDATE_FRAMEWORK"));
        var expected = given.find("expect", Kinds.OUTCOME);
        Http.expect(expected, answer);
        if (answer.status() >= 400) {
            scheduler.takeBack();
        }
    }

    void teardown(Fields given) {
        var scheduler = scheduler(given);
        Http.expect(null, send(scheduler, Json.object(call -> call.put("type", "TEARDOWN"))));
    }

    // ---- offers

    void accept(Fields given) {
        var scheduler = scheduler(given);
        var used = offers(scheduler, given);
        var ids = new ArrayList<>(used.stream().map(offer -> offer.id().value()).toList());
        if (given.get("duplicate", Kinds.TRUTH, false) && !ids.isEmpty()) {
            ids.add(ids.getFirst());
        }
        var named = given.find("agent", TEXT);
        var agent = named != null
                ? clues.idOf(named).value()
                : used.isEmpty() ? "nowhere" : used.getFirst().agent().value();
        var operations = given.get("operations", PartKinds.OPERATIONS).stream()
                .map(operation -> CallJson.operation(operation, agent, scheduler.principal()))
                .toList();
        used.forEach(offer -> scheduler.offers().remove(offer.id()));
        Http.expect(null, send(scheduler, CallJson.call("ACCEPT", body -> {
            body.set("offer_ids", ids(ids));
            body.set("operations", Json.array(operations));
            body.set("filters", CallJson.filters(given.get("filter", Kinds.ANY_DURATION, REFUSAL)));
        })));
    }

    void decline(Fields given) {
        var scheduler = scheduler(given);
        var used = offers(scheduler, given);
        used.forEach(offer -> scheduler.offers().remove(offer.id()));
        Http.expect(null, send(scheduler, CallJson.call("DECLINE", body -> {
            body.set(
                    "offer_ids",
                    ids(used.stream().map(offer -> offer.id().value()).toList()));
            body.set("filters", CallJson.filters(given.get("filter", Kinds.ANY_DURATION, REFUSAL)));
        })));
    }

    private static com.fasterxml.jackson.databind.node.ArrayNode ids(List<String> ids) {
        return Json.array(ids.stream().map(Json::value).toList());
    }

    private List<Offer> offers(Scheduler scheduler, Fields given) {
        var agents = new TreeSet<>(given.get("agents", Kinds.TEXTS, List.of()));
        var agent = given.find("agent", TEXT);
        if (agent != null) {
            agents.add(agent);
        }
        var role = given.find("role", TEXT);
        return scheduler.offers().values().stream()
                .filter(offer -> agents.isEmpty() || agents.contains(clues.nameOf(offer.agent())))
                .filter(offer -> role == null || role.equals(offer.role()))
                .toList();
    }

    void suppress(Fields given, boolean yes) {
        var scheduler = scheduler(given);
        var roles = given.get("roles", Kinds.TEXTS, List.of());
        scheduler.suppress(roles, yes);
        Http.expect(
                null,
                send(
                        scheduler,
                        CallJson.call(yes ? "SUPPRESS" : "REVIVE", body -> body.set("roles", Json.texts(roles)))));
    }

    void answerInverse(Fields given) {
        var scheduler = scheduler(given);
        var agent = given.get("agent", TEXT);
        var id = Check.present(scheduler.inverseOffers().remove(agent), "unanswered inverse offer of " + agent);
        Http.expect(
                null,
                send(
                        scheduler,
                        CallJson.call(
                                given.get("status", org.mesolith.scenario.grammar.WordKinds.ANSWER) + "_INVERSE_OFFERS",
                                body -> {
                                    body.set("inverse_offer_ids", ids(List.of(id)));
                                    body.set(
                                            "filters",
                                            CallJson.filters(given.get("filter", Kinds.ANY_DURATION, REFUSAL)));
                                })));
    }

    // ---- tasks

    void kill(Fields given) {
        var agent = given.find("agent", TEXT);
        Http.expect(null, send(scheduler(given), CallJson.call("KILL", body -> task(body, given, agent))));
    }

    void reconcile(Fields given) {
        Http.expect(
                null,
                send(
                        scheduler(given),
                        CallJson.call(
                                "RECONCILE",
                                body -> body.set(
                                        "tasks",
                                        Json.array(given.get("tasks", PartKinds.ASKED_TASKS, List.of()).stream()
                                                .map(task ->
                                                        Json.object(one -> task(one, task, task.find("agent", TEXT))))
                                                .toList())))));
    }

    private void task(ObjectNode node, Fields given, @Nullable String agent) {
        node.set("task_id", Json.value(given.get("task", TEXT)));
        if (agent != null) {
            node.set("agent_id", Json.value(clues.idOf(agent).value()));
        }
    }

    void acknowledge(Fields given) {
        var scheduler = scheduler(given);
        var task = given.get("task", TEXT);
        var status = scheduler.unacknowledged().remove(task);
        if (status == null) {
            throw new MismatchException("an ended task " + task + " to acknowledge", "none");
        }
        acknowledge(scheduler, status);
    }

    private void acknowledge(Scheduler scheduler, org.mesolith.model.TaskStatus status) {
        var uuid = Check.present(status.uuid(), "uuid of an update");
        var agent = Check.present(status.agent(), "agent of an update");
        send(scheduler, CallJson.call("ACKNOWLEDGE", body -> {
            body.set("agent_id", Json.value(agent.value()));
            body.set("task_id", Json.value(status.task().value()));
            body.put("uuid", java.util.Base64.getEncoder().encodeToString(uuid.bytes()));
        }));
    }

    // ---- calls and events

    private Scheduler scheduler(Fields given) {
        return clues.scheduler(given.get("framework", TEXT));
    }

    private CalmCluster.Answer send(Scheduler scheduler, ObjectNode call) {
        var subscription = scheduler.subscription();
        var stream = subscription == null ? null : subscription.stream();
        call.set("framework_id", Json.value(scheduler.name()));
        var headers = stream == null ? Headers.NONE : Headers.of("Mesos-Stream-Id", stream.value());
        return clues.cluster.post(CalmCluster.SCHEDULER, call.toString(), headers);
    }

    private void hear(Scheduler scheduler, SchedulerEvent event) {
        if (!(event instanceof SchedulerEvent.Heartbeat)) {
            clues.note(scheduler.name() + " hears " + event);
        }
        switch (event) {
            case SchedulerEvent.Offers(var offers) ->
                offers.forEach(offer -> {
                    scheduler.offers().put(offer.id(), offer);
                    clues.offers.add(
                            scheduler.name(),
                            offer.role(),
                            clues.nameOf(offer.agent()),
                            offer.resources().unallocated());
                });
            case SchedulerEvent.Rescind(var id) -> rescinded(scheduler, id);
            case SchedulerEvent.Update(var status, var _) -> updated(scheduler, status);
            case SchedulerEvent.InverseOffers(var offers) ->
                offers.forEach(offer -> {
                    var agent = clues.nameOf(offer.agent());
                    scheduler.inverseOffers().put(agent, offer.id().value());
                    Views.add(clues.inverse, scheduler.name(), agent);
                });
            case SchedulerEvent.RescindInverse(var id) ->
                List.copyOf(scheduler.inverseOffers().entrySet()).stream()
                        .filter(open -> open.getValue().equals(id.value()))
                        .forEach(open -> {
                            scheduler.inverseOffers().remove(open.getKey());
                            Views.add(clues.inverseRescinded, scheduler.name(), open.getKey());
                        });
            case SchedulerEvent.Failed failed -> scheduler.failed(failed);
            case SchedulerEvent.Subscribed _,
                    SchedulerEvent.Heartbeat _,
                    SchedulerEvent.OperationUpdate _,
                    SchedulerEvent.Message _,
                    SchedulerEvent.Failure _ -> {}
        }
    }

    private void rescinded(Scheduler scheduler, OfferId id) {
        var offer = scheduler.offers().remove(id);
        if (offer != null) {
            Views.add(clues.rescinded, scheduler.name(), clues.nameOf(offer.agent()));
        }
    }

    private void updated(Scheduler scheduler, org.mesolith.model.TaskStatus status) {
        clues.updates.add(new Clues.Heard(
                scheduler.name(),
                status.task().value(),
                status.state().name(),
                String.valueOf(status.reason()),
                String.valueOf(status.source())));
        if (status.uuid() == null) {
            return;
        }
        if (status.state().isTerminal()) {
            scheduler.unacknowledged().put(status.task().value(), status);
        } else {
            clues.cluster.later(() -> acknowledge(scheduler, status));
        }
    }
}
