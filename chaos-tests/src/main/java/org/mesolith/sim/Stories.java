package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.AgentId;
import org.mesolith.model.Disk;
import org.mesolith.model.DrainWish;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resources;
import org.mesolith.model.Unavailability;
import org.mesolith.sim.Story.Step;
import org.mesolith.sim.Story.Step.Ask;
import org.mesolith.sim.Story.Step.Await;
import org.mesolith.sim.Story.Step.Happens;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.state.row.DrainPlan.State;

/** Stories of operators who get into each other's way, or into that of frameworks and agents. */
final class Stories {
    private static final LeaderTimes PATIENT =
            new LeaderTimes(Duration.ofSeconds(75), Duration.ofMinutes(10), Duration.ofMinutes(10));

    /** Agents and frameworks that are silent for seconds are given up. */
    private static final LeaderTimes IMPATIENT =
            new LeaderTimes(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMinutes(10));

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int FEW_TASKS = 4;
    private static final FrameworkId LAUNCHING = new FrameworkId("launching");

    private Stories() {}

    static List<Story> all() {
        return List.of(
                quotas(),
                drainPlan(),
                planAndReactivate(),
                drainAndReactivate(),
                maintenance(),
                gone(),
                tearDown(),
                reserve(),
                ReservationStories.expiry(PATIENT));
    }

    private static SchedulerPlan scheduler(String name, int tasks) {
        return new SchedulerPlan(
                name, new FrameworkId(name), List.of("web"), SchedulerPlan.MODERN, Duration.ofHours(1), tasks);
    }

    private static Ask ask(Function<Scene, @Nullable OperatorCall> call) {
        return new Ask(call);
    }

    // ---- quota

    /** Two operators change one role, then both promise more than half of the cluster to roles of their own. */
    private static Story quotas() {
        var first = new Quota("web", Quantities.parse("cpus:1"), limit(4));
        var second = new Quota("web", Quantities.NONE, limit(2));
        return new Story(
                "two operators, one quota",
                2,
                List.of(),
                0,
                PATIENT,
                0,
                List.of(quotas(first, "ops"), quotas(second, "dev")),
                scenes -> {
                    var registry = scenes.getFirst().registry();
                    var web = registry.quota("web");
                    var words = new ArrayList<String>();
                    words.add(
                            web.equals(first)
                                    ? "web as the first"
                                    : web.equals(second) ? "web as the second" : "" + web);
                    for (var role : List.of("ops", "dev")) {
                        words.add(registry.quota(role).isNone() ? "" : role);
                    }
                    scenes.forEach(scene -> words.add(refusedFor(scene, "cpus")));
                    return String.join(",", words);
                },
                List.of(
                        "web as the first,ops,,,refused for cpus",
                        "web as the first,,dev,refused for cpus,",
                        "web as the second,ops,,,refused for cpus",
                        "web as the second,,dev,refused for cpus,"));
    }

    private static QuantityLimits limit(int cpus) {
        var limits = new TreeMap<String, Long>();
        limits.put("cpus", cpus * 1_000L);
        return new QuantityLimits(limits);
    }

    private static List<Step> quotas(Quota shared, String own) {
        var most = new Quota(own, Quantities.parse("cpus:10"), QuantityLimits.NONE);
        return List.of(
                ask(scene -> new OperatorCall.UpdateQuota(List.of(shared), false)),
                ask(scene -> new OperatorCall.UpdateQuota(List.of(most), false)));
    }

    private static String refusedFor(Scene scene, String resource) {
        return switch (scene.replies().getLast()) {
            case Reply.Done _ -> "";
            case Reply.BadRequest(var text) ->
                "refused for " + (text.contains(resource) ? resource : "nothing: " + text);
            case Reply.Conflict(var text) -> "refused for " + (text.contains(resource) ? resource : "nothing: " + text);
            case null, default -> "answered " + scene.replies().getLast();
        };
    }

    // ---- emptying agents

    private static Story drainPlan() {
        return new Story(
                "a drain, paused, resumed, done and taken back",
                3,
                List.of(scheduler("running", FEW_TASKS)),
                1,
                PATIENT,
                2,
                List.of(List.of(
                        ask(scene -> new OperatorCall.PlanDrain(
                                List.of(scene.agent(1), scene.agent(2), scene.agent(3)), 1, GRACE, null)),
                        new Await("the second batch", scene -> plan(scene).batch() != 1),
                        ask(scene -> new OperatorCall.SteerDrain(1, DrainWish.PAUSE)),
                        new Await("the batch to be over", scene -> plan(scene).count(DrainPlan.Step.DRAINING) == 0),
                        ask(scene -> new OperatorCall.SteerDrain(1, DrainWish.RESUME)),
                        new Await(
                                "all to be drained",
                                scene -> plan(scene).state() == State.DONE
                                        && plan(scene).count(DrainPlan.Step.DRAINED) == 3),
                        ask(scene -> new OperatorCall.SteerDrain(1, DrainWish.CANCEL)))),
                scenes -> plans(scenes.getFirst()) + "; " + agents(scenes.getFirst(), 3),
                List.of("CANCELLED RETURNED RETURNED RETURNED; in use, in use, in use"));
    }

    private static Story planAndReactivate() {
        return new Story(
                "a drain, and an agent of it reactivated meanwhile",
                2,
                List.of(scheduler("running", FEW_TASKS)),
                1,
                PATIENT,
                2,
                List.of(
                        List.of(
                                ask(scene -> new OperatorCall.PlanDrain(
                                        List.of(scene.agent(1), scene.agent(2)), 1, GRACE, null)),
                                new Await(
                                        "the end of the plan",
                                        scene -> plan(scene).state() == State.DONE)),
                        List.of(
                                new Await(
                                        "the first to be drained",
                                        scene -> scene.isLogged(MaintenanceCommand.PlanDrain.class)
                                                && plan(scene).count(DrainPlan.Step.DRAINED) > 0),
                                ask(scene -> new OperatorCall.ReactivateAgent(drained(scene))))),
                scenes -> plans(scenes.getFirst()) + "; " + agents(scenes.getFirst(), 2),
                List.of("DONE DRAINED DRAINED; in use, drained", "DONE DRAINED DRAINED; drained, in use"));
    }

    private static Story drainAndReactivate() {
        return new Story(
                "an agent is drained and reactivated by two",
                2,
                List.of(scheduler("running", FEW_TASKS)),
                1,
                PATIENT,
                2,
                List.of(
                        List.of(
                                ask(scene -> new OperatorCall.DrainAgent(scene.agent(1), GRACE, false)),
                                new Await(
                                        "the end of the drain",
                                        scene -> !row(scene, 1).isDraining()),
                                ask(scene -> new OperatorCall.ReactivateAgent(scene.agent(1)))),
                        List.of(
                                new Await("a drain", scene -> scene.isLogged(MaintenanceCommand.DrainAgent.class)),
                                ask(scene -> new OperatorCall.ReactivateAgent(scene.agent(1))))),
                scenes -> agents(scenes.getFirst(), 1) + ", reactivated "
                        + (scenes.getFirst().performed() - 1 + scenes.getLast().performed()),
                List.of("in use, reactivated 1"));
    }

    private static DrainPlan plan(Scene scene) {
        return scene.registry().drainPlans().iterator().next();
    }

    private static AgentId drained(Scene scene) {
        return plan(scene).parts().stream()
                .filter(part -> part.step() == DrainPlan.Step.DRAINED)
                .findFirst()
                .orElseThrow()
                .agent();
    }

    private static String plans(Scene scene) {
        var words = new ArrayList<String>();
        for (var plan : scene.registry().drainPlans()) {
            words.add(plan.state().name());
            plan.parts().forEach(part -> words.add(part.step().name()));
        }
        return String.join(" ", words);
    }

    private static AgentRow row(Scene scene, int agent) {
        var row = scene.registry().agent(scene.agent(agent));
        if (row == null) {
            throw new IllegalStateException("agent " + agent + " is not known any more");
        }
        return row;
    }

    private static String agents(Scene scene, int count) {
        var words = new ArrayList<String>();
        for (int at = 1; at <= count; at++) {
            var row = row(scene, at);
            var drain = row.drain();
            words.add(
                    drain != null
                            ? (drain.drained() ? "drained" : "draining")
                            : row.deactivated() ? "deactivated" : "in use");
        }
        return String.join(", ", words);
    }

    // ---- machines

    private static MaintenanceWindow window(Scene scene, int minutes) {
        var machine = new MachineId("agent1", "");
        return new MaintenanceWindow(
                List.of(machine),
                new Unavailability(scene.now().plus(Duration.ofMinutes(minutes)), Duration.ofHours(1)));
    }

    /** One takes a machine down and up again; another one edits its window when it is in the schedule. */
    private static Story maintenance() {
        var machine = List.of(new MachineId("agent1", ""));
        return new Story(
                "maintenance, and an edit of the window",
                2,
                List.of(scheduler("running", FEW_TASKS)),
                1,
                PATIENT,
                1,
                List.of(
                        List.of(
                                ask(scene -> new OperatorCall.UpdateMaintenanceSchedule(List.of(window(scene, 1)))),
                                ask(scene -> new OperatorCall.StartMaintenance(machine)),
                                new Await("the agent to be removed", scene -> !isThere(scene.registry(), "agent1")),
                                ask(scene -> new OperatorCall.StopMaintenance(machine)),
                                new Await("the agent to be back", scene -> isThere(scene.registry(), "agent1"))),
                        List.of(
                                new Await("a window", scene -> scene.isLogged(MaintenanceCommand.UpdateSchedule.class)),
                                ask(scene -> new OperatorCall.UpdateMaintenanceSchedule(List.of(window(scene, 2)))))),
                scenes -> {
                    var maintenance = scenes.getFirst().registry().maintenance();
                    return scenes.getFirst().performed() + " done, windows "
                            + maintenance.windows().size() + ", down "
                            + maintenance.down().size();
                },
                List.of("3 done, windows 0, down 0", "3 done, windows 1, down 0"));
    }

    private static boolean isThere(Registry registry, String host) {
        for (var row : registry.agents()) {
            if (row.isRegistered() && row.info().hostname().equals(host)) {
                return true;
            }
        }
        return false;
    }

    /** An agent that was unreachable returns just when it is declared gone. */
    private static Story gone() {
        return new Story(
                "an agent returns and is declared gone",
                2,
                List.of(scheduler("running", FEW_TASKS)),
                1,
                IMPATIENT,
                2,
                List.of(List.of(
                        new Happens(stage -> stage.agents().getFirst().pause()),
                        new Await("it to be unreachable", scene -> !isThere(scene.registry(), "agent1")),
                        new Happens(stage -> stage.agents().getFirst().wake()),
                        ask(scene -> new OperatorCall.MarkAgentGone(scene.agent(1))),
                        new Await("it to be there under another id", scene -> isThere(scene.registry(), "agent1")))),
                scenes -> {
                    var registry = scenes.getFirst().registry();
                    var id = scenes.getFirst().agent(1);
                    return (registry.goneAgent(id) == null ? "not gone" : "gone")
                            + (registry.agent(id) == null ? "" : ", and known");
                },
                List.of("gone"));
    }

    // ---- frameworks

    /** A framework that launches all the time is torn down. */
    private static Story tearDown() {
        return new Story(
                "a framework is torn down while it launches",
                2,
                List.of(
                        scheduler("running", FEW_TASKS),
                        new SchedulerPlan(
                                LAUNCHING.value(),
                                LAUNCHING,
                                List.of("*"),
                                SchedulerPlan.MODERN,
                                Duration.ofHours(1),
                                90)),
                1,
                PATIENT,
                4,
                List.of(List.of(
                        new Happens(stage -> stage.frameworks().getLast().mayEnd()),
                        ask(scene -> new OperatorCall.TearDown(LAUNCHING)),
                        new Await(
                                "its end",
                                scene -> scene.stage().frameworks().getLast().hasEnded()))),
                scenes -> {
                    var registry = scenes.getFirst().registry();
                    int tasks = 0;
                    for (var agent : registry.agents()) {
                        for (var task : registry.tasksOfAgent(agent.id())) {
                            tasks += task.framework().equals(LAUNCHING) ? 1 : 0;
                        }
                    }
                    return (registry.framework(LAUNCHING) == null ? "ended" : "known") + " with " + tasks + " tasks";
                },
                List.of("ended with 0 tasks"));
    }

    // ---- reservations

    /** Two want most of the same agent; who gets it makes a volume, destroys it and gives everything back. */
    private static Story reserve() {
        return new Story(
                "two reserve, make volumes and give all back",
                1,
                List.of(),
                0,
                PATIENT,
                0,
                List.of(reserve("ops"), reserve("dev")),
                scenes -> {
                    var words = new ArrayList<String>();
                    scenes.forEach(scene -> words.add(Integer.toString(scene.performed())));
                    return String.join(" and ", words) + " done, reserved: "
                            + row(scenes.getFirst(), 1).reserved();
                },
                List.of(
                        "4 and 0 done, reserved: " + Resources.EMPTY,
                        "0 and 4 done, reserved: " + Resources.EMPTY,
                        "4 and 4 done, reserved: " + Resources.EMPTY));
    }

    private static List<Step> reserve(String role) {
        var reservation = Reservation.dynamic(role, null);
        var made = Resources.parse("cpus:4;disk:512").pushReservation(reservation);
        var disk = Resources.parse("disk:64").pushReservation(reservation);
        var volume = disk.mapKinds(kind -> kind.withDisk(Disk.volume("volume-of-" + role, null, "data")));
        return List.of(
                operate(0, new OfferOperation.Reserve(null, Resources.EMPTY, made)),
                operate(1, new OfferOperation.Create(null, volume)),
                operate(2, new OfferOperation.Destroy(null, volume)),
                operate(3, new OfferOperation.Unreserve(null, made)));
    }

    /** When so many calls before it were performed. */
    private static Ask operate(int before, OfferOperation operation) {
        return ask(scene -> scene.performed() == before ? new OperatorCall.Operate(scene.agent(1), operation) : null);
    }
}
