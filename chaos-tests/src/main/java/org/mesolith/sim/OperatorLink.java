package org.mesolith.sim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.leader.event.Reply;
import org.mesolith.sim.plan.Dice;

/**
 * An operator's way to the leader: a call is repeated under its key, at one master after the other, until it is known
 * what became of it.
 */
final class OperatorLink {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration AGAIN_MIN = Duration.ofMillis(50);
    private static final Duration AGAIN_MAX = Duration.ofMillis(800);

    private final SimPlace where;
    private final SimClock clock;
    private final List<String> masters;
    private final int triesMax;
    private final Dice dice;
    private final OperatorLetters letters = new OperatorLetters();
    private int nextMaster;
    private @Nullable String lastToAnswer;

    /**
     * @param masters where to ask
     * @param triesMax how often a call is sent before it is given up
     */
    OperatorLink(SimPlace where, List<String> masters, int triesMax, Dice dice) {
        this.where = where;
        this.clock = where.net().clock();
        this.masters = masters;
        this.triesMax = triesMax;
        this.dice = dice;
    }

    /**
     * Asks until it is answered.
     *
     * @param key of the call: it is carried out once however often it is sent
     * @param then is told what the cluster decided; null when it was given up and nobody knows
     */
    void ask(OperatorCall wish, String key, Consumer<@Nullable Reply> then) {
        tryOut(new Wish(wish, key, then), 1, null);
    }

    /** The same, first at the master that answered last. */
    void askLast(OperatorCall wish, String key, Consumer<@Nullable Reply> then) {
        tryOut(new Wish(wish, key, then), 1, lastToAnswer);
    }

    /** Whether the cluster did what was asked. */
    static boolean isPerformed(@Nullable Reply reply) {
        return reply instanceof Reply.Done || reply instanceof Reply.Made || reply instanceof Reply.Accepted;
    }

    private record Wish(OperatorCall call, String key, Consumer<@Nullable Reply> then) {}

    private void tryOut(Wish wish, int number, @Nullable String named) {
        var target = named == null ? masters.get(nextMaster++ % masters.size()) : named;
        var once = new Once(reply -> {
            lastToAnswer = target;
            answered(wish, number, reply);
        });
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
                            var parcel = letters.of(wish.call(), wish.key());
                            where.trace().note(where.name(), "asks", end.peer(), wish.key(), wish.call());
                            end.send(parcel);
                            if (dice.oneIn(12)) {
                                end.send(parcel);
                            }
                        },
                        () -> once.tell(new Reply.NotLeader(null)));
        clock.after(CALL_TIMEOUT, () -> once.tell(new Reply.Late()));
    }

    private void answered(Wish wish, int number, Reply reply) {
        where.trace().note(where.name(), "is answered", wish.key(), reply);
        switch (reply) {
            case Reply.NotLeader(var address) -> again(wish, number, Optional.ofNullable(address));
            case Reply.NotReady _, Reply.Busy _, Reply.OutcomeUnknown _, Reply.Late _ ->
                again(wish, number, Optional.empty());
            case Reply.Done _,
                    Reply.Made _,
                    Reply.Accepted _,
                    Reply.BadRequest _,
                    Reply.Forbidden _,
                    Reply.NotFound _,
                    Reply.Conflict _,
                    Reply.Changed _,
                    Reply.TooLarge _,
                    Reply.NotSupported _,
                    Reply.NoSpace _ -> wish.then().accept(reply);
        }
    }

    private void again(Wish wish, int number, Optional<String> named) {
        if (number >= triesMax) {
            wish.then().accept(null);
        } else {
            clock.after(dice.between(AGAIN_MIN, AGAIN_MAX), () -> tryOut(wish, number + 1, named.orElse(null)));
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
