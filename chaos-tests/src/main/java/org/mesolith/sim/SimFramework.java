package org.mesolith.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.base.Check;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Filters;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskStatus;

/** A scheduler of moods: launches its share of tasks in many ways, and holds the leader to what it is told. */
final class SimFramework implements SchedulerLink.Owner {
    /** Answers to calls come within this time, or never. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private final SimPlace where;
    private final SimClock clock;
    private final Dice dice;
    private final SchedulerPlan plan;
    private final Hindsight hindsight;
    private final SchedulerLink link;
    private final LaunchMaker maker;
    private final TaskTales tales;
    private final TreeMap<OfferId, Offer> held = new TreeMap<>();
    private int life;
    private boolean winding;
    private boolean mayEnd;
    private boolean ended;
    private boolean running;
    private boolean watching;
    private boolean sawOffer;
    private Instant lastQuestion = SimClock.START;
    private @Nullable FrameworkId id;

    SimFramework(SimPlace where, List<String> masters, SchedulerPlan plan, Hindsight hindsight) {
        this.hindsight = hindsight;
        this.where = where;
        this.clock = where.net().clock();
        this.dice = where.net().dice();
        this.plan = plan;
        this.tales = new TaskTales(plan.capabilities().contains(FrameworkCapability.PARTITION_AWARE));
        this.maker = new LaunchMaker(plan.name(), dice);
        this.id = plan.ownId();
        this.link = new SchedulerLink(where, masters, this);
    }

    // ---- what the world does and sees

    String place() {
        return where.name();
    }

    void start() {
        life++;
        running = true;
        where.trace().note(place(), "starts");
        link.start();
        tick(life);
    }

    void kill() {
        where.trace().note(place(), "dies");
        life++;
        running = false;
        link.die();
    }

    /** Ends for good, with its running tasks. */
    void tearDown() {
        mayEnd = true;
        winding = true;
        if (link.isUp()) {
            link.call(new SchedulerCall.Teardown(), reply -> {});
        }
    }

    /** From now on its end is no surprise. */
    void mayEnd() {
        mayEnd = true;
    }

    /** No more launches; offers are given back. */
    void windDown() {
        winding = true;
        watching = false;
        giveBackAll();
        if (link.isUp()) {
            link.call(new SchedulerCall.Suppress(List.of()), reply -> {});
        }
    }

    /** Wants to see offers, only to give them back. */
    void watchForOffers() {
        watching = true;
        sawOffer = false;
        if (link.isUp()) {
            revive();
        }
    }

    boolean sawOffer() {
        return sawOffer;
    }

    private void revive() {
        link.call(new SchedulerCall.Revive(List.of()), reply -> {});
    }

    boolean isRunning() {
        return running;
    }

    boolean isUp() {
        return link.isUp();
    }

    boolean hasEnded() {
        return ended;
    }

    /** Offers that it believes to have. */
    List<OfferId> held() {
        return List.copyOf(held.keySet());
    }

    /** Of every task, also of those whose id was used again. */
    List<TaskTale> tales() {
        return tales.all();
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
        return plan.subscription(id, where.name(), winding && !watching ? plan.roles() : List.of());
    }

    @Override
    public void up() {
        var open = new ArrayList<SchedulerCall.Reconcile.Asked>();
        for (var tale : tales.open()) {
            open.add(ask(tale));
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
    }

    @Override
    public void down() {
        held.clear();
    }

    @Override
    public void on(SchedulerEvent event) {
        switch (event) {
            case SchedulerEvent.Subscribed(var given, var _, var _) -> {
                Check.that(id == null || given.equals(id), "framework " + id + " was subscribed as " + given);
                id = given;
            }
            case SchedulerEvent.Offers(var offers) -> {
                sawOffer = true;
                offers.forEach(this::offered);
            }
            case SchedulerEvent.Rescind(var offer) -> held.remove(offer);
            case SchedulerEvent.Update(var status, var _) -> told(status);
            case SchedulerEvent.Failed(var message) -> {
                Check.that(mayEnd, "framework " + id + " was sent away: " + message);
                ended = true;
                link.stop();
            }
            case SchedulerEvent.Failure _,
                    SchedulerEvent.OperationUpdate _,
                    SchedulerEvent.InverseOffers _,
                    SchedulerEvent.RescindInverse _,
                    SchedulerEvent.Message _,
                    SchedulerEvent.Heartbeat _ -> {}
        }
    }

    private void told(TaskStatus status) {
        var tale = tales.of(status);
        tale.told(status, hindsight.maybeForgotten().test(new TaskKey(id(), tale.id())));
        var uuid = status.uuid();
        var agent = status.agent();
        if (uuid == null || agent == null) {
            return;
        }
        int mine = life;
        clock.after(dice.between(Duration.ZERO, Duration.ofMillis(30)), () -> {
            if (mine == life && link.isUp() && !dice.oneIn(20)) {
                tale.acknowledged(status);
                tale.touched(clock.now());
                link.call(new SchedulerCall.Acknowledge(agent, status.task(), uuid), reply -> {});
            }
        });
    }

    // ---- offers

    private void offered(Offer offer) {
        held.put(offer.id(), offer);
        consider(offer, Duration.ofMillis(300));
    }

    private void consider(Offer offer, Duration within) {
        int mine = life;
        clock.after(dice.between(Duration.ZERO, within), () -> {
            if (mine == life && link.isUp()) {
                decide(offer);
            }
        });
    }

    private void decide(Offer offer) {
        boolean stale = !held.containsKey(offer.id());
        if (stale && !dice.oneIn(4)) {
            return;
        }
        if (winding || tales.count() >= plan.tasksMax()) {
            decline(List.of(offer.id()), winding ? Duration.ofDays(1) : Duration.ofSeconds(dice.below(20)));
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
            decline(held(), Duration.ofDays(1));
        }
    }

    private void accept(Offer offer) {
        var offers = new ArrayList<>(List.of(offer));
        for (var other : List.copyOf(held.values())) {
            boolean fits = other.agent().equals(offer.agent())
                    && other.role().equals(offer.role())
                    && !other.id().equals(offer.id());
            if (fits && dice.oneIn(2)) {
                offers.add(other);
            }
        }
        var left = Resources.EMPTY;
        for (var one : offers) {
            left = left.plus(one.resources().unallocated());
            held.remove(one.id());
        }
        var launches = maker.some(plan.tasksMax() - tales.count(), offer.agent(), left, reusable());
        var fresh = launches.stream()
                .map(launch -> tales.begin(launch.task(), offer))
                .toList();
        var ids = offers.stream().map(Offer::id).toList();
        var operation = new OfferOperation.Launch(null, launches);
        var filters = new Filters(Duration.ofSeconds(dice.below(3)));
        link.call(new SchedulerCall.Accept(ids, List.of(operation), filters), reply -> answered(fresh, reply));
        fresh.forEach(this::tease);
    }

    private List<TaskId> reusable() {
        var before = clock.now().minus(ANSWERS_WITHIN);
        return lastQuestion.isAfter(before)
                ? List.of()
                : tales.forgettable(before).stream().filter(this::isFree).toList();
    }

    private void answered(List<TaskTale> launched, Reply reply) {
        var asked = switch (reply) {
            case Reply.Accepted _ -> TaskTale.Asked.PROMISED;
            case Reply.OutcomeUnknown _, Reply.Late _ -> TaskTale.Asked.DOUBTFUL;
            case Reply.NotLeader _, Reply.NotReady _, Reply.Busy _ -> TaskTale.Asked.NEVER;
            case Reply.Done _,
                    Reply.BadRequest _,
                    Reply.Forbidden _,
                    Reply.NotFound _,
                    Reply.Conflict _,
                    Reply.TooLarge _,
                    Reply.NotSupported _,
                    Reply.NoSpace _ -> TaskTale.Asked.NEVER;
        };
        launched.forEach(tale -> tale.answered(asked));
    }

    /** Asks or kills right behind the launch, now and then. */
    private void tease(TaskTale tale) {
        if (dice.oneIn(8)) {
            link.call(new SchedulerCall.Reconcile(List.of(ask(tale))), reply -> {});
        }
        if (dice.oneIn(10)) {
            kill(tale);
        }
    }

    private boolean isFree(TaskId task) {
        return hindsight.newest().get().task(id(), task) == null;
    }

    // ---- now and then

    private void tick(int mine) {
        clock.after(dice.between(Duration.ofMillis(500), Duration.ofSeconds(3)), () -> {
            if (mine == life && !ended) {
                if (link.isUp()) {
                    mood();
                }
                tick(mine);
            }
        });
    }

    private void mood() {
        var open = tales.open();
        var doubtful = open.stream()
                .filter(tale -> tale.asked() == TaskTale.Asked.DOUBTFUL)
                .map(this::ask)
                .toList();
        if (!doubtful.isEmpty()) {
            link.call(new SchedulerCall.Reconcile(doubtful), reply -> {});
        }
        if (!open.isEmpty() && dice.oneIn(6)) {
            kill(dice.oneOf(open));
        }
        if (!winding && dice.oneIn(15)) {
            link.call(new SchedulerCall.Suppress(List.of()), reply -> {});
        } else if (!winding && dice.oneIn(5)) {
            revive();
        }
        if (winding) {
            giveBackAll();
        }
    }

    private void kill(TaskTale tale) {
        tale.killAsked();
        tale.touched(clock.now());
        var grace = dice.oneIn(2) ? null : dice.between(Duration.ZERO, Duration.ofSeconds(3));
        var agent = dice.oneIn(2) ? null : tale.agent();
        link.call(new SchedulerCall.Kill(tale.id(), agent, grace), reply -> {});
    }

    private SchedulerCall.Reconcile.Asked ask(TaskTale tale) {
        tale.touched(clock.now());
        return new SchedulerCall.Reconcile.Asked(tale.id(), tale.agent());
    }
}
