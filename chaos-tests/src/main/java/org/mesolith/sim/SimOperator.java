package org.mesolith.sim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.codec.OperatorClientCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.AgentId;
import org.mesolith.sim.plan.Dice;

/**
 * An operator of many wishes, who repeats a call under its key until the outcome is known, and at last takes back all
 * that keeps the cluster from working.
 */
final class SimOperator {
    private static final Duration EVERY_MIN = Duration.ofMillis(200);
    private static final Duration EVERY_MAX = Duration.ofMillis(1_800);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final int TRIES_MAX = 12;

    private final SimPlace where;
    private final SimClock clock;
    private final List<String> masters;
    private final OperatorWishes wishes;
    private final Invariants invariants;
    private final Hindsight hindsight;
    private final Dice dice;
    private final OperatorClientCodec codec = new OperatorClientCodec(CodecLimits.DEFAULT);
    private long calls;
    private int wished;
    private Predicate<AgentId> lives = agent -> true;
    private boolean calm;
    private int nextMaster;

    SimOperator(SimPlace where, List<String> masters, Invariants invariants, Hindsight hindsight, Dice dice) {
        this.where = where;
        this.clock = where.net().clock();
        this.masters = masters;
        this.invariants = invariants;
        this.hindsight = hindsight;
        this.dice = dice;
        this.wishes = new OperatorWishes(clock, dice);
    }

    void start() {
        soon(this::next);
    }

    /**
     * From now on it only takes back.
     *
     * @param knows whether a machine still knows itself by an id
     */
    void calm(Predicate<AgentId> knows) {
        lives = knows;
        calm = true;
    }

    private void soon(Runnable then) {
        clock.after(dice.between(EVERY_MIN, EVERY_MAX), then);
    }

    private void next() {
        var registry = hindsight.newest().get();
        var wish = calm ? OperatorWishes.undo(registry, lives) : wishes.one(registry);
        if (wish == null) {
            soon(this::next);
            return;
        }
        if (wish instanceof OperatorCall.KillTask(var framework, var task, var _)) {
            invariants.killedByOperator(framework, task);
        }
        tryOut(wish, "wish-" + ++wished, 1, null);
    }

    // ---- a call

    private void tryOut(OperatorCall wish, String key, int number, @Nullable String named) {
        var target = named == null ? masters.get(nextMaster++ % masters.size()) : named;
        var once = new Once(reply -> answered(wish, key, number, reply));
        where.net()
                .dial(
                        where.name(),
                        target,
                        end -> {
                            end.hear(
                                    parcel -> {
                                        if (parcel instanceof Parcel.Answer(var _, var reply)) {
                                            once.tell(reply);
                                            end.close();
                                        }
                                    },
                                    () -> once.tell(new Reply.OutcomeUnknown()));
                            var parcel = parcel(wish, key);
                            where.trace().note(where.name(), "asks", end.peer(), key, wish);
                            end.send(parcel);
                            if (dice.oneIn(12)) {
                                end.send(parcel);
                            }
                        },
                        () -> once.tell(new Reply.NotLeader(null)));
        clock.after(CALL_TIMEOUT, () -> once.tell(new Reply.Late()));
    }

    private Parcel.Call parcel(OperatorCall wish, String key) {
        long number = ++calls;
        var type = number % 2 == 0 ? Encoding.JSON : Encoding.PROTOBUF;
        return new Parcel.Call(number, "/api/v1", type, codec.encode(type, wish), null, key);
    }

    private void answered(OperatorCall wish, String key, int number, Reply reply) {
        where.trace().note(where.name(), "is answered", key, reply);
        switch (reply) {
            case Reply.Done _, Reply.Made _, Reply.Accepted _ -> {
                Must.hold(
                        invariants.wasCarriedOut(key) || needsNoEntry(wish),
                        () -> "acknowledged and not in the log: " + wish);
                soon(this::next);
            }
            case Reply.NotLeader(var address) -> again(wish, key, number, Optional.ofNullable(address));
            case Reply.NotReady _, Reply.Busy _, Reply.OutcomeUnknown _, Reply.Late _ ->
                again(wish, key, number, Optional.empty());
            case Reply.BadRequest _,
                    Reply.Forbidden _,
                    Reply.NotFound _,
                    Reply.Conflict _,
                    Reply.Changed _,
                    Reply.TooLarge _,
                    Reply.NotSupported _,
                    Reply.NoSpace _ -> soon(this::next);
        }
    }

    /**
     * What is not replicated, and what is so already: an agent was given up at the end of its drain, before it was
     * asked.
     */
    private boolean needsNoEntry(OperatorCall wish) {
        return switch (wish) {
            case OperatorCall.KillTask _ -> true;
            case OperatorCall.MarkAgentGone(var agent) -> invariants.isGone(agent);
            default -> false;
        };
    }

    private void again(OperatorCall wish, String key, int number, Optional<String> named) {
        if (number >= TRIES_MAX) {
            soon(this::next);
        } else {
            clock.after(
                    dice.between(Duration.ofMillis(50), Duration.ofMillis(800)),
                    () -> tryOut(wish, key, number + 1, named.orElse(null)));
        }
    }

    /** The first reply counts. */
    private static final class Once {
        private final Consumer<Reply> then;
        private boolean told;

        Once(Consumer<Reply> then) {
            this.then = then;
        }

        void tell(Reply reply) {
            if (!told) {
                told = true;
                then.accept(reply);
            }
        }
    }
}
