package org.mesolith.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferId;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskStatus;
import org.mesolith.sim.plan.Dice;
import org.mesolith.sim.plan.Phase;

/** A scheduler of moods: launches its share of tasks in many ways, and holds the leader to what it is told. */
final class SimFramework implements SchedulerLink.Owner {
    /** Answers to calls come within this time, or never. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private final SimPlace where;
    private final SimClock clock;
    private final Dice dice;
    private final List<String> allRoles;
    private final Hindsight hindsight;
    private final SchedulerLink link;
    private final SideTalk side;
    private final Thanks thanks;
    private final OfferUse uses;
    private final TaskTales tales;
    private final HeldOffers held = new HeldOffers();
    private final Lookout lookout = new Lookout();
    private final SimProcess process;
    private SchedulerPlan plan;
    private final Doom doom = new Doom();
    private boolean winding;
    private boolean mayEnd;
    private boolean left;
    private boolean ended;
    private Instant lastQuestion = SimClock.START;
    private @Nullable FrameworkId id;

    SimFramework(SimPlace where, List<String> masters, SchedulerPlan plan, Hindsight hindsight, Dice dice) {
        this.hindsight = hindsight;
        this.where = where;
        this.clock = where.net().clock();
        this.dice = dice;
        this.process = new SimProcess(clock);
        this.plan = plan;
        this.tales = new TaskTales(plan.has(FrameworkCapability.PARTITION_AWARE));
        this.allRoles = plan.roles();
        this.uses = new OfferUse(plan.name(), dice);
        this.id = plan.ownId();
        this.link = new SchedulerLink(where, masters, this, new SchedulerLink.Self(process, dice));
        this.side = new SideTalk(process, link, dice);
        this.thanks = new Thanks(process, clock, link, dice);
    }

    // ---- what the world does and sees

    String place() {
        return where.name();
    }

    void start() {
        process.start();
        where.trace().note(place(), "starts");
        link.start();
        tick();
    }

    void kill() {
        where.trace().note(place(), "dies");
        process.die();
        doom.spare();
        thanks.die();
        link.die();
    }

    /** Stops the process where it is. */
    void pause() {
        process.stop(where);
    }

    /** The process goes on. */
    void wake() {
        process.wake(where);
    }

    /** What goes on between it and the leader. */
    Set<Phase> phases() {
        var phases = EnumSet.noneOf(Phase.class);
        if (process.isAlive() && !ended && !link.isUp()) {
            phases.add(Phase.SUBSCRIBE);
        }
        if (winding && mayEnd && !ended) {
            phases.add(Phase.TEARDOWN);
        }
        tales.note(phases, thanks.areDue());
        return phases;
    }

    /** From now on many of its calls arrive twice, or none does. */
    void setRepeats(boolean yes) {
        link.setRepeats(yes);
    }

    /** Its process dies and never comes back. */
    void leave() {
        left = true;
        kill();
    }

    /** True when its process is to be started again. */
    boolean comesBack() {
        return !process.isAlive() && !left && !ended;
    }

    /** Ends for good, with its running tasks. */
    void tearDown() {
        mayEnd = true;
        winding = true;
        link.call(new SchedulerCall.Teardown(), reply -> {});
    }

    /** From now on its end is no surprise. */
    void mayEnd() {
        mayEnd = true;
    }

    /** No more launches; offers are given back. */
    void windDown() {
        winding = true;
        lookout.end();
        giveBackAll();
        link.call(new SchedulerCall.Suppress(List.of()), reply -> {});
    }

    /** Wants to see offers, only to decline them for this time. */
    void watchForOffers(Duration refusal) {
        lookout.begin(refusal);
        link.call(new SchedulerCall.Revive(List.of()), reply -> {});
    }

    Lookout lookout() {
        return lookout;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    boolean isUp() {
        return link.isUp();
    }

    boolean hasEnded() {
        return ended;
    }

    /** Offers that it believes to have. */
    List<OfferId> held() {
        return held.ids();
    }

    /** Of every task, also of those whose id was used again. */
    List<TaskTale> tales() {
        return tales.all();
    }

    /** Has a task on this agent killed; false when it has none there, or cannot now. */
    boolean killOne(AgentId agent) {
        var there = tales.oneOn(agent);
        there.filter(tale -> link.isUp()).ifPresent(this::kill);
        return link.isUp() && there.isPresent();
    }

    /** A death that waits until it has accepted an offer and not heard of it. */
    Doom doom() {
        return doom;
    }

    // ---- the link

    @Override
    public FrameworkId id() {
        return Check.present(id, "framework id");
    }

    @Override
    public boolean hasId() {
        return id != null;
    }

    @Override
    public SchedulerCall.Subscribe subscription() {
        return plan.subscription(id, where.name(), winding && !lookout.isWatching());
    }

    @Override
    public void up() {
        var open = new ArrayList<SchedulerCall.Reconcile.Asked>();
        for (var tale : tales.open()) {
            open.add(tale.ask(clock.now()));
            if (tale.isKillAsked() && dice.oneIn(2)) {
                kill(tale);
            }
        }
        if (!open.isEmpty()) {
            link.call(new SchedulerCall.Reconcile(open), reply -> {});
        }
        if (dice.oneIn(3)) {
            lastQuestion = clock.now();
            link.call(new SchedulerCall.Reconcile(List.of()), reply -> {});
        }
        if (mayEnd && winding) {
            tearDown();
        }
        tryOldOffer();
    }

    /** An offer of a stream that has ended, most often of another leader: nothing may come of it. */
    private void tryOldOffer() {
        var old = held.old();
        if (old != null && !winding && tales.count() < plan.tasksMax() && dice.oneIn(3)) {
            process.after(dice.between(Duration.ZERO, Duration.ofMillis(300)), () -> {
                if (link.isUp() && !winding) {
                    hindsight.deeds().done("framework accepts an old offer");
                    accept(old);
                }
            });
        }
    }

    @Override
    public void repeated(SchedulerCall call) {
        tales.repeated(call);
    }

    @Override
    public void down() {
        lookout.streamEnded();
        held.clear();
    }

    @Override
    public void on(SchedulerEvent event) {
        switch (event) {
            case SchedulerEvent.Subscribed(var given, var _, var _) -> {
                Must.hold(id == null || given.equals(id), () -> "framework " + id + " was subscribed as " + given);
                id = given;
            }
            case SchedulerEvent.Offers(var offers) -> {
                lookout.offersCame();
                offers.forEach(this::offered);
            }
            case SchedulerEvent.Rescind(var offer) -> held.remove(offer);
            case SchedulerEvent.Update(var status, var _) -> told(status);
            case SchedulerEvent.Failed(var message) -> {
                Must.hold(mayEnd, () -> "framework " + id + " was sent away: " + message);
                ended = true;
                link.stop();
            }
            case SchedulerEvent.OperationUpdate(var status) -> side.told(status);
            case SchedulerEvent.InverseOffers(var offers) -> side.asked(offers);
            case SchedulerEvent.Failure _,
                    SchedulerEvent.RescindInverse _,
                    SchedulerEvent.Message _,
                    SchedulerEvent.Heartbeat _ -> {}
        }
    }

    private void told(TaskStatus status) {
        var tale = tales.of(status);
        tale.told(
                status,
                hindsight.maybeForgotten().test(new TaskKey(id(), tale.id())),
                hindsight.emptied().test(tale.agent()));
        thanks.told(tale, status);
    }

    // ---- offers

    private void offered(Offer offer) {
        held.add(offer);
        consider(offer, Duration.ofMillis(300));
    }

    private void consider(Offer offer, Duration within) {
        process.after(dice.between(Duration.ZERO, within), () -> {
            if (link.isUp()) {
                decide(offer);
            }
        });
    }

    private void decide(Offer offer) {
        boolean stale = !held.has(offer.id());
        if (stale && !dice.oneIn(4)) {
            return;
        }
        if (winding || tales.count() >= plan.tasksMax()) {
            decline(List.of(offer.id()), winding ? lookout.refusal() : Duration.ofSeconds(dice.below(20)));
            return;
        }
        int mood = dice.below(10);
        if (mood < 7) {
            accept(offer);
        } else if (mood < 9) {
            decline(List.of(offer.id()), Duration.ofSeconds(dice.below(4)));
        } else {
            consider(offer, Duration.ofSeconds(12));
        }
    }

    private void decline(List<OfferId> offers, Duration refuse) {
        offers.forEach(held::remove);
        link.call(new SchedulerCall.Decline(offers, new Filters(refuse)), reply -> {});
    }

    private void giveBackAll() {
        if (!held.isEmpty() && link.isUp()) {
            decline(held(), lookout.refusal());
        }
    }

    private void accept(Offer offer) {
        var offers = held.take(offer, dice);
        var left = Resources.EMPTY;
        for (var one : offers) {
            left = left.plus(one.resources().unallocated());
        }
        var use = uses.of(offer.role(), offer.agent(), left, plan.tasksMax() - tales.count(), reusable());
        var fresh = use.launches().stream()
                .map(launch -> tales.begin(launch.task(), offer))
                .toList();
        if (use.grouped()) {
            fresh.forEach(tale -> tale.inGroup(fresh));
        }
        var ids = offers.stream().map(Offer::id).toList();
        var filters = new Filters(Duration.ofSeconds(dice.below(3)));
        link.call(new SchedulerCall.Accept(ids, use.operations(), filters), reply -> tales.answered(fresh, reply));
        hindsight.bell().ring(offer.role());
        fresh.forEach(this::tease);
        doom.strikes();
    }

    /** None while an answer may still speak of an earlier task. */
    private List<TaskId> reusable() {
        var before = clock.now().minus(ANSWERS_WITHIN);
        return lastQuestion.isAfter(before)
                ? List.of()
                : tales.reusable(before, id(), hindsight.newest().get());
    }

    /** Asks or kills right behind the launch, now and then. */
    private void tease(TaskTale tale) {
        if (dice.oneIn(8)) {
            link.call(new SchedulerCall.Reconcile(List.of(tale.ask(clock.now()))), reply -> {});
        }
        if (dice.oneIn(10)) {
            kill(tale);
        }
    }

    private void tick() {
        process.after(dice.between(Duration.ofMillis(500), Duration.ofSeconds(3)), () -> {
            if (!ended) {
                if (link.isUp()) {
                    mood();
                }
                tick();
            }
        });
    }

    private void mood() {
        var open = tales.open();
        var doubtful = tales.doubtful(clock.now());
        if (!doubtful.isEmpty()) {
            link.call(new SchedulerCall.Reconcile(doubtful), reply -> {});
        }
        if (!open.isEmpty() && dice.oneIn(6)) {
            kill(dice.oneOf(open));
        }
        if (!winding && dice.oneIn(15)) {
            link.call(new SchedulerCall.Suppress(List.of()), reply -> {});
        } else if (!winding && dice.oneIn(5)) {
            link.call(new SchedulerCall.Revive(List.of()), reply -> {});
        }
        if (winding) {
            giveBackAll();
        } else {
            change();
        }
    }

    /** Has another role, or asks what became of its operations. */
    private void change() {
        if (allRoles.size() > 1 && dice.oneIn(12)) {
            boolean all = plan.roles().size() == allRoles.size();
            plan = plan.withRoles(all ? allRoles.subList(0, 1) : allRoles);
            link.call(plan.update(id(), where.name()), reply -> {});
        } else if (dice.oneIn(12)) {
            side.wonder();
        }
    }

    private void kill(TaskTale tale) {
        link.call(tale.kill(clock.now(), dice), reply -> {});
    }
}
