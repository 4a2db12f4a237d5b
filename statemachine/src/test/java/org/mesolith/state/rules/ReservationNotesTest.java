package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mesolith.base.Check;
import org.mesolith.base.Limits;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Disk;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Reservation;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskState;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.ReservationCommand.ExpireReservations;
import org.mesolith.state.ReservationCommand.NoteReservations;
import org.mesolith.state.ReservationCommand.OperateAgent;
import org.mesolith.state.ReservationCommand.ReleaseReservations;
import org.mesolith.state.ReservationCommand.ReserveAgents;
import org.mesolith.state.Result;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TestCluster;
import org.mesolith.state.check.ReservationChecks;
import org.mesolith.state.journal.Event;
import org.mesolith.state.journal.EventKind;
import org.mesolith.state.row.ReservationNote;

/** Owner, purpose and expiry of reservations, and what becomes of them when their time is over. */
final class ReservationNotesTest {
    private static final String CPUS = "cpus(+ads@ops):1";
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestCluster cluster = TestCluster.made();
    private FrameworkId framework = new FrameworkId("");
    private AgentId first = new AgentId("");
    private AgentId second = new AgentId("");

    @BeforeEach
    void aFrameworkAndTwoAgentsAtTheNewestLevel() {
        framework = cluster.framework();
        first = cluster.agent("cpus:4;mem:1024;disk:1000");
        second = cluster.agent("cpus:2;mem:1024;disk:1000");
    }

    private static ReservationKey key(AgentId agent) {
        return new ReservationKey(agent, List.of(Reservation.dynamic("ads", "ops")));
    }

    private Outcome ops(Command command) {
        return cluster.operator("ops", command);
    }

    private void done(Command command) {
        assertThat(ops(command)).isInstanceOf(Outcome.Accepted.class);
    }

    private void refused(Command command, Reason reason, String text) {
        var before = cluster.registry().digest();
        assertThat(ops(command)).isEqualTo(new Outcome.Rejected(reason, text));
        assertThat(Check.present(cluster.registry().agent(first), "agent").reserved())
                .isEqualTo(reserved);
        assertThat(before).isNotZero();
    }

    private Resources reserved = Resources.EMPTY;

    private ReserveAgents reserve(@Nullable Instant expires, AgentId... agents) {
        return new ReserveAgents(List.of(agents), Resources.parse(CPUS), ReservationWish.of("ann", "launch", expires));
    }

    private Instant inAnHour() {
        return cluster.now().plus(HOUR);
    }

    private ReservationNote note(AgentId agent) {
        return Check.present(cluster.registry().reservationNote(key(agent)), "note");
    }

    private String held(AgentId agent) {
        return Check.present(cluster.registry().agent(agent), "agent")
                .reserved()
                .toString();
    }

    private Outcome expire(AgentId... agents) {
        return cluster.apply(new ExpireReservations(
                List.of(agents).stream().map(ReservationNotesTest::key).toList()));
    }

    private static List<EventKind> kinds(Outcome outcome, List<Event> events) {
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return events.stream().map(Event::kind).toList();
    }

    // ---- reserving

    @Test
    void theSameIsReservedOnAllAgentsAndWrittenDownOfEach() {
        done(reserve(inAnHour(), first, second));

        assertThat(held(first)).isEqualTo(CPUS);
        assertThat(held(second)).isEqualTo(CPUS);
        assertThat(note(second))
                .isEqualTo(new ReservationNote(
                        key(second), "ann", "launch", inAnHour(), cluster.now(), cluster.now(), null));
    }

    @Test
    void oneAgentThatCannotKeepsAllFromBeingReserved() {
        cluster.launched(framework, second, "t", "cpus:1.5");

        refused(
                reserve(null, first, second),
                Reason.RESOURCES_MISSING,
                "agent " + second + " cannot reserve {" + CPUS
                        + "}: cpus without a reservation 1 needed, 0.5 free; ask for less, or wait until tasks have"
                        + " ended (nothing was reserved on any of the 2 agents)");
        assertThat(cluster.registry().reservationNoteCount()).isZero();
    }

    @Test
    void anUnreachableAgentKeepsAllFromBeingReserved() {
        cluster.accepted(new AgentCommand.MarkAgentsUnreachable(
                List.of(new AgentCommand.MarkAgentsUnreachable.Silent(second, cluster.now()))));

        assertThat(ops(reserve(null, first, second)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.AGENT_UNREACHABLE));
        assertThat(held(first)).isEmpty();
    }

    @Test
    void agentsThatAreNamedTwiceOrNotAtAllAreRefused() {
        refused(reserve(null), Reason.OPERATION_INVALID, "0 agents are named; name 1 to 1000");
        refused(reserve(null, first, first), Reason.OPERATION_INVALID, "one of the agents is named twice");
    }

    @Test
    void whatCannotBeKeptAsANoteIsRefused() {
        var long101 = "o".repeat(Limits.RESERVATION_OWNER_CHARS_MAX + 1);
        refused(
                new ReserveAgents(
                        List.of(first), Resources.parse(CPUS), new ReservationWish(long101, null, null, false)),
                Reason.OPERATION_INVALID,
                "the owner has 101 characters; at most 100 are kept");
        refused(
                new ReserveAgents(
                        List.of(first), Resources.parse(CPUS), new ReservationWish(null, "a\nb", null, false)),
                Reason.OPERATION_INVALID,
                "owner and purpose are lines of text, without control characters");
        refused(
                reserve(cluster.now(), first),
                Reason.OPERATION_INVALID,
                "the expiry " + cluster.now() + " is over already; give a later one");
    }

    @Test
    void anOrdinaryReservationIsDatedSoThatItsAgeIsKnown() {
        done(new OperateAgent(first, new OfferOperation.Reserve(null, Resources.EMPTY, Resources.parse(CPUS))));

        assertThat(note(first)).isEqualTo(ReservationNote.made(key(first), cluster.now()));
    }

    @Test
    void moreOfTheSameReservationKeepsItsNoteAndItsAge() {
        done(reserve(inAnHour(), first));
        var made = cluster.now();
        cluster.later(Duration.ofMinutes(1));
        done(new ReserveAgents(List.of(first), Resources.parse(CPUS), ReservationWish.NONE));

        assertThat(held(first)).isEqualTo("cpus(+ads@ops):2");
        assertThat(note(first).owner()).isEqualTo("ann");
        assertThat(note(first).madeAt()).isEqualTo(made);
    }

    // ---- noting

    @Test
    void aNoteIsChangedPartByPart() {
        done(reserve(inAnHour(), first));
        done(new NoteReservations(List.of(key(first)), new ReservationWish("bob", null, null, false)));
        assertThat(note(first).owner()).isEqualTo("bob");
        assertThat(note(first).expires()).isEqualTo(inAnHour());
        done(new NoteReservations(List.of(key(first)), new ReservationWish(null, "", null, true)));

        assertThat(note(first).owner()).isEqualTo("bob");
        assertThat(note(first).purpose()).isEmpty();
        assertThat(note(first).expires()).isNull();
    }

    @Test
    void whatIsNotReservedOrStaticIsNotNoted() {
        var fixed = cluster.agent("cpus(ads):4");
        var wish = new ReservationWish("bob", null, null, false);

        refused(
                new NoteReservations(List.of(key(first)), wish),
                Reason.RESERVATION_UNKNOWN,
                "nothing is reserved as +ads@ops on agent " + first + "; `meso reservation ls` lists what is");
        refused(
                new NoteReservations(List.of(new ReservationKey(fixed, List.of(Reservation.fixed("ads")))), wish),
                Reason.OPERATION_INVALID,
                "the reservation ads on agent " + fixed
                        + " is static: it belongs to the agent's --resources, and nothing is written down of it");
        refused(
                new NoteReservations(List.of(key(first)), ReservationWish.NONE),
                Reason.OPERATION_INVALID,
                "nothing is to be written down; name an owner, a purpose or an expiry");
    }

    @Test
    void aNoteEndsWithItsReservationHoweverThatEnds() {
        done(reserve(null, first, second));
        done(new OperateAgent(first, new OfferOperation.Unreserve(null, Resources.parse(CPUS))));
        assertThat(cluster.registry().reservationNotes(first)).isEmpty();
        cluster.accepted(new AgentCommand.MarkAgentGone(second));

        assertThat(cluster.registry().reservationNoteCount()).isZero();
    }

    @Test
    void aFrameworkThatGivesAReservationBackEndsItsNote() {
        done(reserve(null, first));
        cluster.accepted(
                cluster.accept(framework, first, CPUS, new OfferOperation.Unreserve(null, Resources.parse(CPUS))));

        assertThat(cluster.registry().reservationNotes(first)).isEmpty();
    }

    @Test
    void aNoteStaysWhileAPartOfTheReservationIsThereOrARefinementOfIt() {
        first = ((Result.AgentAdmitted) cluster.accepted(new AgentCommand.AdmitAgent(
                        null,
                        new AgentInfo(
                                "h9",
                                5051,
                                Resources.parse("cpus:4"),
                                List.of(),
                                null,
                                List.of(AgentCapability.RESERVATION_REFINEMENT),
                                "1.11.0"))))
                .agent();
        done(reserve(null, first));
        done(new OperateAgent(
                first,
                new OfferOperation.Reserve(null, Resources.EMPTY, Resources.parse("cpus(+ads@ops|+ads/web@ops):1"))));

        assertThat(held(first)).isEqualTo("cpus(+ads@ops|+ads/web@ops):1");
        assertThat(note(first).owner()).isEqualTo("ann");
        assertThat(cluster.registry().reservationNotes(first)).hasSize(2);
    }

    // ---- the end

    @Test
    void whatIsFreeIsGivenBackWhenTheTimeIsOverAndNotBefore() {
        done(reserve(inAnHour(), first, second));
        cluster.later(HOUR.minusSeconds(1));
        assertThat(expire(first)).isEqualTo(Outcome.accepted(List.of()));
        cluster.later(Duration.ofSeconds(1));
        expire(first, second);

        assertThat(held(first)).isEmpty();
        assertThat(held(second)).isEmpty();
        assertThat(cluster.registry().reservationNoteCount()).isZero();
    }

    @Test
    void whatATaskUsesStaysUntilItEndsAndIsThenGivenBack() {
        done(reserve(inAnHour(), first));
        var task = cluster.launched(framework, first, "t", "cpus(+ads@ops):0.75");
        cluster.later(HOUR);
        expire(first);
        assertThat(held(first)).isEqualTo("cpus(+ads@ops):0.75");
        assertThat(note(first).expiredAt()).isEqualTo(cluster.now());
        assertThat(expire(first)).isEqualTo(Outcome.accepted(List.of()));
        cluster.updated(task, TaskState.TASK_FINISHED, 5);
        cluster.later(Duration.ofMinutes(5));
        expire(first);

        assertThat(held(first)).isEmpty();
        assertThat(cluster.registry().reservationNoteCount()).isZero();
    }

    @Test
    void volumesAreNeverTouched() {
        var disk = Resources.parse("disk(+ads@ops):64");
        var volume = disk.mapKinds(kind -> kind.withDisk(Disk.volume("v", "ops", "p")));
        done(new ReserveAgents(List.of(first), disk, ReservationWish.of("ann", "", inAnHour())));
        done(new OperateAgent(first, new OfferOperation.Create(null, volume)));
        cluster.later(HOUR);
        expire(first);

        assertThat(held(first)).isEqualTo(volume.toString());
        assertThat(note(first).expiredAt()).isEqualTo(cluster.now());
    }

    @Test
    void anExpiryThatIsPutOffCountsAnew() {
        done(reserve(inAnHour(), first));
        cluster.launched(framework, first, "t", CPUS);
        cluster.later(HOUR);
        expire(first);
        done(new NoteReservations(List.of(key(first)), new ReservationWish(null, null, inAnHour(), true)));

        assertThat(note(first).expiredAt()).isNull();
        assertThat(expire(first)).isEqualTo(Outcome.accepted(List.of()));
    }

    @Test
    void aLeaderWhoseClockIsBehindDoesNotBringTimeBack() {
        done(reserve(inAnHour(), first));
        cluster.later(HOUR);
        cluster.agent("cpus:1");
        cluster.later(HOUR.multipliedBy(5).negated());
        expire(first);

        assertThat(held(first)).isEmpty();
    }

    @Test
    void anUnreachableAgentGivesBackWhenItIsHereAgain() {
        done(reserve(inAnHour(), first));
        cluster.accepted(new AgentCommand.MarkAgentsUnreachable(
                List.of(new AgentCommand.MarkAgentsUnreachable.Silent(first, cluster.now()))));
        cluster.later(HOUR);
        assertThat(expire(first)).isEqualTo(Outcome.accepted(List.of()));
        cluster.accepted(new AgentCommand.MarkAgentReachable(first));
        expire(first);

        assertThat(held(first)).isEmpty();
    }

    // ---- what nobody needs

    @Test
    void onlyWhatNoFrameworkCanUseIsReleased() {
        done(reserve(inAnHour(), first));
        var web = new ReservationKey(first, List.of(Reservation.dynamic("web", "ops")));
        done(new ReserveAgents(List.of(first), Resources.parse("cpus(+web@ops):2"), ReservationWish.NONE));
        done(new ReleaseReservations(List.of(key(first), web)));

        assertThat(held(first)).isEqualTo(CPUS);
        cluster.later(HOUR);
        done(new ReleaseReservations(List.of(key(first), web)));
        assertThat(held(first)).isEmpty();
    }

    @Test
    void aFrameworkBelowTheRoleIsReasonEnoughToKeepWhatIsReserved() {
        var roles = new TreeSet<>(List.of("ads-x", "ads/web", "b"));

        assertThat(ReservationChecks.hasFramework(roles, "ads")).isTrue();
        assertThat(ReservationChecks.hasFramework(roles, "b")).isTrue();
        assertThat(ReservationChecks.hasFramework(roles, "ad")).isFalse();
        assertThat(ReservationChecks.hasFramework(roles, "c")).isFalse();
    }

    // ---- what is told of it

    @Test
    void eventsTellOfNotesAndOfTheEnd() {
        done(reserve(inAnHour(), first));
        cluster.later(HOUR);
        var before = cluster.registry();
        var command = new ExpireReservations(List.of(key(first)));
        var outcome = cluster.apply(command);

        assertThat(kinds(outcome, EventRules.of(before, command, outcome)))
                .containsExactly(EventKind.RESOURCES_UNRESERVED, EventKind.RESERVATION_EXPIRED);
        var noted = new NoteReservations(List.of(key(second)), ReservationWish.of("bob", "", null));
        done(new OperateAgent(second, new OfferOperation.Reserve(null, Resources.EMPTY, Resources.parse(CPUS))));
        var earlier = cluster.registry();
        var told = ops(noted);
        assertThat(kinds(told, EventRules.of(earlier, noted, told))).containsExactly(EventKind.RESERVATION_NOTED);
    }

    @Test
    void belowTheLevelNothingOfItIsUnderstood() {
        var old = TestCluster.empty();
        old.accepted(new SystemCommand.InitCluster("c0ffee00-cafe", 1, 77, 5));
        var agent = old.agent("cpus:4");
        old.operator(
                "ops",
                new OperateAgent(agent, new OfferOperation.Reserve(null, Resources.EMPTY, Resources.parse(CPUS))));

        assertThat(old.registry().reservationNoteCount()).isZero();
        assertThat(old.changes(new AgentCommand.DeactivateAgent(agent)))
                .noneMatch(Change.ReservationNotePut.class::isInstance);
        assertThat(old.rejected(reserve(null, agent))).isEqualTo(Reason.LEVEL_TOO_LOW);
        assertThat(old.rejected(new ExpireReservations(List.of()))).isEqualTo(Reason.LEVEL_TOO_LOW);
    }
}
