package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.base.Check;
import org.mesolith.leader.event.Caller;
import org.mesolith.leader.event.Reply;
import org.mesolith.log.Proposed;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.AgentId;
import org.mesolith.model.Disk;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Reservation;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskState;
import org.mesolith.state.ReservationCommand.ExpireReservations;
import org.mesolith.state.row.ReservationNote;

/** Reservations with an owner and an end under a leader, over a change of it, and against others who want the same. */
final class ReservationLifeTest {
    private static final String CPUS = "cpus(+ads):1";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private Bed bed = new Bed();

    private static ReservationKey key(AgentId agent) {
        return new ReservationKey(agent, List.of(Reservation.dynamic("ads", null)));
    }

    private OperatorCall reserve(@Nullable Instant expires, TestAgent... agents) {
        return new OperatorCall.ReserveAgents(
                List.of(agents).stream().map(TestAgent::id).toList(),
                Resources.parse(CPUS),
                ReservationWish.of("ann", "launch", expires));
    }

    private static OperatorCall operate(TestAgent agent, OfferOperation operation) {
        return new OperatorCall.Operate(agent.id(), operation);
    }

    private static OfferOperation reserveOne(String resources) {
        return new OfferOperation.Reserve(null, Resources.EMPTY, Resources.parse(resources));
    }

    private static OfferOperation unreserve(String resources) {
        return new OfferOperation.Unreserve(null, Resources.parse(resources));
    }

    private Instant inAnHour() {
        return bed.queue.now().plus(HOUR);
    }

    private String held(TestAgent agent) {
        return Check.present(bed.log.registry().agent(agent.id()), "agent")
                .reserved()
                .toString();
    }

    private @Nullable ReservationNote note(TestAgent agent) {
        return bed.log.registry().reservationNote(key(agent.id()));
    }

    /** Time goes by; the agents are heard all the while. */
    private void pass(Duration time, TestAgent... agents) {
        for (var left = time; left.isPositive(); left = left.minus(SECOND)) {
            bed.advance(SECOND);
            List.of(agents).forEach(TestAgent::beat);
        }
    }

    // ---- the end of a reservation

    @Test
    void theLeaderGivesBackWhatHasExpiredAndItIsOfferedToOthers() {
        var agent = bed.agent("h1", "cpus:1");
        assertThat(bed.operator(reserve(bed.queue.now().plusSeconds(20), agent)))
                .isEqualTo(new Reply.Done());
        var other = bed.framework("web");
        pass(SECOND.multipliedBy(10), agent);
        assertThat(other.offers()).isEmpty();
        pass(SECOND.multipliedBy(15), agent);

        assertThat(held(agent)).isEmpty();
        assertThat(note(agent)).isNull();
        assertThat(other.offers()).hasSize(1);
        assertThat(bed.log.commands(ExpireReservations.class)).hasSize(1);
    }

    @Test
    void anOfferOfWhatExpiresIsTakenBackFirst() {
        var agent = bed.agent("h1", "cpus:1");
        bed.operator(reserve(bed.queue.now().plusSeconds(20), agent));
        var ads = bed.framework("ads");
        var offer = ads.offers().getFirst();
        pass(SECOND.multipliedBy(22), agent);

        assertThat(ads.rescinds()).containsExactly(offer.id());
        assertThat(held(agent)).isEmpty();
        assertThat(ads.launch(offer, TestFramework.task("t", agent.id(), CPUS))).isEqualTo(new Reply.Accepted());
        assertThat(ads.states()).containsExactly("t:TASK_LOST");
    }

    @Test
    void anotherLeaderFindsWhatIsInUseAndGivesItBackWhenTheTaskHasEnded() {
        var agent = bed.agent("h1", "cpus:1");
        bed.operator(reserve(bed.queue.now().plusSeconds(20), agent));
        var ads = bed.framework("ads");
        ads.launch(ads.offers().getFirst(), TestFramework.task("t", agent.id(), CPUS));
        var launch = agent.launches().getFirst();
        pass(SECOND.multipliedBy(22), agent);
        assertThat(held(agent)).isEqualTo(CPUS);
        assertThat(Check.present(note(agent), "note").expiredAt()).isNotNull();

        bed.failOver();
        var again = ads.again();
        agent.join(TestAgent.task(launch, TaskState.TASK_RUNNING));
        pass(SECOND.multipliedBy(3), agent);
        assertThat(held(agent)).isEqualTo(CPUS);
        var uuid = agent.report(launch, TaskState.TASK_FINISHED, 1);
        again.call(new SchedulerCall.Acknowledge(agent.id(), launch.key().task(), uuid));
        pass(SECOND.multipliedBy(3), agent);

        assertThat(held(agent)).isEmpty();
        assertThat(note(agent)).isNull();
    }

    @Test
    void anExpiryThatPassesUnderTheNextLeaderActs() {
        var agent = bed.agent("h1", "cpus:1");
        bed.operator(reserve(bed.queue.now().plusSeconds(20), agent));
        bed.failOver();
        agent.join();
        pass(SECOND.multipliedBy(15), agent);
        assertThat(held(agent)).isEqualTo(CPUS);
        pass(SECOND.multipliedBy(7), agent);

        assertThat(held(agent)).isEmpty();
    }

    /** Its clock may be wrong: somebody gets the time to see it. */
    @Test
    void aLeaderThatFindsMuchTimeGoneDoesNotActAtOnce() {
        var agent = bed.agent("h1", "cpus:1");
        bed.operator(reserve(inAnHour(), agent));
        bed.leaders().onStepDown();
        bed.advance(HOUR.multipliedBy(2));
        bed.failOver();
        agent.join();
        pass(Duration.ofMinutes(9), agent);
        assertThat(held(agent)).isEqualTo(CPUS);
        pass(Duration.ofMinutes(2), agent);

        assertThat(held(agent)).isEmpty();
    }

    @Test
    void whatWasNotDecidedIsAskedForAgain() {
        var agent = bed.agent("h1", "cpus:1");
        bed.operator(reserve(bed.queue.now().plusSeconds(5), agent));
        bed.log.refuse(new Proposed.Full());
        pass(SECOND.multipliedBy(8), agent);
        assertThat(held(agent)).isEqualTo(CPUS);
        bed.log.refuse(null);
        pass(SECOND.multipliedBy(3), agent);

        assertThat(held(agent)).isEmpty();
    }

    // ---- who may

    @Test
    void whoMayNotEndAReservationSetsNoExpiry() {
        var rule = new Acls.Rule(Action.UNRESERVE_RESOURCES, Acls.Side.ANY, Acls.Side.NONE);
        bed = new Bed(settings -> settings.withAcls(new Acls(List.of(rule), true)));
        var agent = bed.agent("h1", "cpus:1");

        assertThat(bed.operator(reserve(inAnHour(), agent)))
                .isEqualTo(new Reply.Forbidden(
                        "principal 'null' may not UNRESERVE_RESOURCES reservations of principal 'null'; see the rules"
                                + " 'unreserve_resources' of the ACLs"));
        assertThat(bed.operator(reserve(null, agent))).isEqualTo(new Reply.Done());
        assertThat(bed.operator(new OperatorCall.ReleaseReservations(List.of(key(agent.id())))))
                .isInstanceOf(Reply.Forbidden.class);
    }

    @Test
    void whoMayNotReserveForARoleNotesNothingOfIt() {
        var rule = new Acls.Rule(Action.RESERVE_RESOURCES, Acls.Side.ANY, Acls.Side.NONE);
        bed = new Bed(settings -> settings.withAcls(new Acls(List.of(rule), true)));
        var agent = bed.agent("h1", "cpus:1");
        var wish = new ReservationWish("bob", null, null, false);

        assertThat(bed.operator(reserve(null, agent))).isInstanceOf(Reply.Forbidden.class);
        assertThat(bed.operator(new OperatorCall.NoteReservations(List.of(key(agent.id())), wish)))
                .isInstanceOf(Reply.Forbidden.class);
    }

    // ---- races

    /** Asks while the log holds everything back: the answers come in the order in which the calls came. */
    private List<Reply> together(OperatorCall... calls) {
        var replies = new ArrayList<Reply>();
        bed.log.hold();
        for (var call : calls) {
            bed.leaders().ask(call, Caller.anonymous("10.0.0.8"), replies::add);
            bed.queue.settle();
        }
        assertThat(replies).isEmpty();
        bed.log.release();
        return replies;
    }

    @Test
    void ofTwoOperatorsWhoReserveTheSameTheSecondIsToldWhatIsLacking() {
        var agent = bed.agent("h1", "cpus:1.5");

        var replies = together(
                operate(agent, reserveOne(CPUS)), operate(agent, reserveOne("cpus(+web):1")), reserve(null, agent));

        assertThat(replies)
                .containsExactly(
                        new Reply.Accepted(),
                        new Reply.Conflict("agent " + agent.id()
                                + " cannot reserve {cpus(+web):1}: cpus without a reservation 1 needed, 0.5 free; ask"
                                + " for less, or wait until tasks have ended"),
                        new Reply.Conflict("agent " + agent.id()
                                + " cannot reserve {cpus(+ads):1}: cpus without a reservation 1 needed, 0.5 free; ask"
                                + " for less, or wait until tasks have ended"));
        assertThat(held(agent)).isEqualTo(CPUS);
    }

    @Test
    void ofTwoOperatorsWhoGiveTheSameBackTheSecondIsToldThatItIsGone() {
        var agent = bed.agent("h1", "cpus:2");
        bed.operator(operate(agent, reserveOne(CPUS)));

        var replies = together(operate(agent, unreserve(CPUS)), operate(agent, unreserve(CPUS)));

        assertThat(replies)
                .containsExactly(
                        new Reply.Accepted(),
                        new Reply.Conflict("agent " + agent.id()
                                + " cannot give back {cpus(+ads):1}: cpus of that reservation 1 needed, 0 free; ask for"
                                + " less, or wait until tasks have ended"));
        assertThat(held(agent)).isEmpty();
    }

    @Test
    void ofTwoNotesOfOneReservationBothAreKeptWhereTheyDoNotContradict() {
        var agent = bed.agent("h1", "cpus:2");
        bed.operator(operate(agent, reserveOne(CPUS)));
        var keys = List.of(key(agent.id()));

        var replies = together(
                new OperatorCall.NoteReservations(keys, new ReservationWish("ann", null, null, false)),
                new OperatorCall.NoteReservations(keys, new ReservationWish(null, "launch", null, false)),
                new OperatorCall.NoteReservations(keys, new ReservationWish("bob", null, null, false)));

        assertThat(replies).containsOnly(new Reply.Done());
        assertThat(Check.present(note(agent), "note").owner()).isEqualTo("bob");
        assertThat(Check.present(note(agent), "note").purpose()).isEqualTo("launch");
    }

    @Test
    void aReservationThatComesWhileAnAcceptIsUnderWayGetsWhatThatLeaves() {
        var agent = bed.agent("h1", "cpus:1.5");
        var web = bed.framework("web");
        var offer = web.offers().getFirst();
        bed.log.hold();
        web.launch(offer, TestFramework.task("t", agent.id(), "cpus:1"));
        var replies = new ArrayList<Reply>();
        bed.leaders().ask(operate(agent, reserveOne(CPUS)), Caller.anonymous("10.0.0.8"), replies::add);
        bed.queue.settle();
        bed.log.release();

        assertThat(agent.launches()).hasSize(1);
        assertThat(replies)
                .containsExactly(new Reply.Conflict("agent " + agent.id()
                        + " cannot reserve {cpus(+ads):1}: cpus without a reservation 1 needed, 0.5 free; ask for less,"
                        + " or wait until tasks have ended"));
        assertThat(held(agent)).isEmpty();
    }

    @Test
    void anAcceptThatComesAfterTheReservationFindsItsOfferTakenBack() {
        var agent = bed.agent("h1", "cpus:1");
        var web = bed.framework("web");
        var offer = web.offers().getFirst();
        bed.log.hold();
        bed.leaders().ask(operate(agent, reserveOne(CPUS)), Caller.anonymous("10.0.0.8"), reply -> {});
        bed.queue.settle();
        web.launch(offer, TestFramework.task("t", agent.id(), "cpus:1"));
        bed.log.release();

        assertThat(web.rescinds()).containsExactly(offer.id());
        assertThat(web.states()).containsExactly("t:TASK_LOST");
        assertThat(agent.launches()).isEmpty();
        assertThat(held(agent)).isEqualTo(CPUS);
    }

    @Test
    void aReservationUnderATaskThatIsBeingLaunchedIsNotGivenBack() {
        var agent = bed.agent("h1", "cpus:1");
        bed.operator(operate(agent, reserveOne(CPUS)));
        var ads = bed.framework("ads");
        var offer = ads.offers().getFirst();
        bed.log.hold();
        ads.launch(offer, TestFramework.task("t", agent.id(), CPUS));
        var replies = new ArrayList<Reply>();
        bed.leaders().ask(operate(agent, unreserve(CPUS)), Caller.anonymous("10.0.0.8"), replies::add);
        bed.queue.settle();
        bed.log.release();

        assertThat(agent.launches()).hasSize(1);
        assertThat(replies)
                .containsExactly(new Reply.Conflict("agent " + agent.id()
                        + " cannot give back {cpus(+ads):1}: cpus of that reservation 1 needed, 0 free; ask for less,"
                        + " or wait until tasks have ended"));
        assertThat(held(agent)).isEqualTo(CPUS);
    }

    @Test
    void aVolumeThatIsBeingLaunchedOnIsNotDestroyed() {
        var agent = bed.agent("h1", "cpus:1;disk:64");
        var disk = Resources.parse("disk(+ads):64");
        var volume = disk.mapKinds(kind -> kind.withDisk(Disk.volume("v", null, "p")));
        bed.operator(operate(agent, new OfferOperation.Reserve(null, Resources.EMPTY, disk)));
        bed.operator(operate(agent, new OfferOperation.Create(null, volume)));
        var ads = bed.framework("ads");
        var offer = ads.offers().getFirst();
        var task = TestFramework.task("t", agent.id(), "cpus:1");
        var with = new TaskLaunch(
                task.task(),
                task.name(),
                task.agent(),
                task.resources().plus(volume),
                null,
                List.of(),
                task.taskInfo());
        bed.log.hold();
        ads.launch(offer, with);
        var replies = new ArrayList<Reply>();
        bed.leaders()
                .ask(
                        operate(agent, new OfferOperation.Destroy(null, volume)),
                        Caller.anonymous("10.0.0.8"),
                        replies::add);
        bed.queue.settle();
        bed.log.release();

        assertThat(agent.launches()).hasSize(1);
        assertThat(replies)
                .containsExactly(new Reply.BadRequest("Invalid operation on agent " + agent.id() + ": volume "
                        + volume.get(0) + " is used by a task; it can be destroyed when that has ended"));
        assertThat(held(agent)).isEqualTo(volume.toString());
    }

    @Test
    void anExpiryUnderATaskThatIsBeingLaunchedLeavesItsResources() {
        var agent = bed.agent("h1", "cpus:1");
        bed.operator(reserve(bed.queue.now().plusSeconds(5), agent));
        var ads = bed.framework("ads");
        var offer = ads.offers().getFirst();
        pass(SECOND.multipliedBy(4), agent);
        bed.log.hold();
        ads.launch(offer, TestFramework.task("t", agent.id(), CPUS));
        pass(SECOND.multipliedBy(4), agent);
        bed.log.release();

        assertThat(agent.launches()).hasSize(1);
        assertThat(held(agent)).isEqualTo(CPUS);
        assertThat(Check.present(note(agent), "note").expiredAt()).isNotNull();
    }

    @Test
    void aFrameworkThatComesBackKeepsWhatSomebodyWantedToReleaseAsAnOrphan() {
        var agent = bed.agent("h1", "cpus:2");
        bed.operator(operate(agent, reserveOne(CPUS)));
        bed.framework("ads");

        assertThat(bed.operator(new OperatorCall.ReleaseReservations(List.of(key(agent.id())))))
                .isEqualTo(new Reply.Done());

        assertThat(held(agent)).isEqualTo(CPUS);
    }

    @Test
    void aReservationOnManyAgentsIsSentAgainUnderItsKeyAndDoneOnce() {
        var agents = List.of(bed.agent("h1", "cpus:2"), bed.agent("h2", "cpus:2"));
        var call = reserve(null, agents.getFirst(), agents.getLast());
        var caller = new Caller(null, "10.0.0.8", "key-1");
        var replies = new ArrayList<Reply>();
        bed.leaders().ask(call, caller, replies::add);
        bed.queue.settle();
        bed.failOver();
        bed.leaders().ask(call, caller, replies::add);
        bed.queue.settle();

        assertThat(replies).containsExactly(new Reply.Done(), new Reply.Done());
        assertThat(held(agents.getFirst())).isEqualTo(CPUS);
    }
}
