package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.mesolith.model.AgentId;
import org.mesolith.model.Declarable;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.DeclaredKind;
import org.mesolith.model.DrainWish;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Position;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Reservation;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;
import org.mesolith.model.Unavailability;
import org.mesolith.model.Weight;
import org.mesolith.state.Actor;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.CommandKind;
import org.mesolith.state.DeclarationCommand;
import org.mesolith.state.Envelope;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.LogEntry;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.MembershipCommand;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.Registry;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TestCluster;
import org.mesolith.state.journal.AuditChain;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.row.KnownMember;

/** Every command that operators, tools and masters give, one after the other, and the one row that each leaves. */
final class AuditTableTest {
    private static final AgentId AGENT = new AgentId("a1");
    private static final FrameworkId FRAMEWORK = new FrameworkId("f1");
    private static final String HASH = "ab".repeat(32);
    private static final MachineId MACHINE = new MachineId("h2", "");
    private static final Actor OPERATOR = Actor.operator("ops").from("10.0.0.9");
    private static final Resources RESERVED = Resources.parse("cpus(+ads@ops):1");

    /** What is ordered, and what the row says: subject, arguments, before, after. */
    private record Line(Command command, String subject, String arguments, String before, String after) {}

    private static Line line(Command command, String subject, String arguments, String before, String after) {
        return new Line(command, subject, arguments, before, after);
    }

    private static final Instant SOON = TestCluster.START.plusSeconds(8);
    private static final ReservationKey KEY = new ReservationKey(AGENT, List.of(Reservation.dynamic("ads", "ops")));
    private static final ReservationKey OTHER = new ReservationKey(AGENT, List.of(Reservation.dynamic("web", "ops")));
    private static final String PLAIN = "scheduled: ; down: ";
    private static final String WINDOW = "scheduled: h2 from 2026-03-01T00:00:00Z; down: ";

    private static final List<Line> TABLE = List.of(
            line(
                    new AgentCommand.AdmitAgent(AGENT, TestCluster.info("h", "cpus:4")),
                    "a1",
                    "h",
                    "unknown",
                    "registered"),
            line(new QuotaCommand.SetWeights(List.of(Weight.of("ads", 2))), "ads", "ads:2.0", "ads:1.0", "ads:2.0"),
            line(
                    new QuotaCommand.UpdateQuotas(
                            List.of(new Quota("ads", Quantities.parse("cpus:1"), QuantityLimits.parse("cpus:2"))),
                            true),
                    "ads",
                    "force",
                    "ads: none",
                    "ads: guarantees cpus:1 limits cpus:2"),
            line(
                    new ReservationCommand.OperateAgent(
                            AGENT, new OfferOperation.Reserve(null, Resources.EMPTY, RESERVED)),
                    "a1",
                    "resources_reserved cpus(+ads@ops):1",
                    "",
                    "cpus(+ads@ops):1"),
            line(
                    new ReservationCommand.OperateAgent(AGENT, new OfferOperation.Unreserve(null, RESERVED)),
                    "a1",
                    "resources_unreserved cpus(+ads@ops):1",
                    "cpus(+ads@ops):1",
                    ""),
            line(
                    new ReservationCommand.ReserveAgents(
                            List.of(AGENT), RESERVED, ReservationWish.of("ann", "launch", SOON)),
                    "a1",
                    "resources_reserved cpus(+ads@ops):1 owner 'ann', purpose 'launch', expires 2026-03-01T00:00:08Z",
                    "a1: ",
                    "a1: cpus(+ads@ops):1"),
            line(
                    new ReservationCommand.NoteReservations(
                            List.of(KEY), new ReservationWish("bob", null, null, false)),
                    "a1 +ads@ops",
                    "owner 'bob'",
                    "a1 +ads@ops: owner 'ann', purpose 'launch', expires 2026-03-01T00:00:08Z",
                    "a1 +ads@ops: owner 'bob', purpose 'launch', expires 2026-03-01T00:00:08Z"),
            line(
                    new ReservationCommand.ReleaseReservations(List.of(OTHER)),
                    "a1 +web@ops",
                    "",
                    "a1: cpus(+ads@ops):1",
                    "a1: cpus(+ads@ops):1"),
            line(
                    new ReservationCommand.ExpireReservations(List.of(KEY)),
                    "a1 +ads@ops",
                    "",
                    "a1: cpus(+ads@ops):1",
                    "a1: "),
            line(
                    new DeclarationCommand.Declare(
                            "site",
                            DeclaredKind.WEIGHTS,
                            0,
                            List.of(new DeclaredChange(
                                    new Declarable.OfWeight(Weight.of("ads", 2)),
                                    new Declarable.OfWeight(Weight.of("ads", 3))))),
                    "site",
                    "weights of ads",
                    "ads: 2.0",
                    "ads: 3.0"),
            line(
                    new DeclarationCommand.Declare(
                            "site",
                            DeclaredKind.RESERVATIONS,
                            0,
                            List.of(new DeclaredChange(
                                    null,
                                    new Declarable.OfReservation(
                                            AGENT,
                                            List.of(Reservation.dynamic("web", "ops")),
                                            Resources.parse("cpus:1"))))),
                    "site",
                    "reservations of a1 +web@ops",
                    "a1 +web@ops: none",
                    "a1 +web@ops: cpus:1"),
            line(
                    new DeclarationCommand.Declare(
                            "site",
                            DeclaredKind.QUOTAS,
                            0,
                            List.of(new DeclaredChange(
                                    new Declarable.OfQuota(new Quota(
                                            "ads", Quantities.parse("cpus:1"), QuantityLimits.parse("cpus:2"))),
                                    null))),
                    "site",
                    "quotas of ads",
                    "ads: guarantees cpus:1, limits cpus:2",
                    "ads: none"),
            line(
                    new DeclarationCommand.Declare("site", DeclaredKind.WINDOWS, 0, List.of()),
                    "site",
                    "windows of ",
                    "",
                    ""),
            line(new AgentCommand.DeactivateAgent(AGENT), "a1", "", "registered", "registered, deactivated"),
            line(new AgentCommand.ReactivateAgent(AGENT), "a1", "", "registered, deactivated", "registered"),
            line(
                    new MaintenanceCommand.UpdateSchedule(List.of(
                            new MaintenanceWindow(List.of(MACHINE), new Unavailability(TestCluster.START, null)))),
                    "",
                    "1 windows",
                    PLAIN,
                    WINDOW),
            line(new MaintenanceCommand.StartMaintenance(List.of(MACHINE)), "h2", "", WINDOW, WINDOW + "h2"),
            line(new MaintenanceCommand.StopMaintenance(List.of(MACHINE)), "h2", "", WINDOW + "h2", PLAIN),
            line(
                    new MaintenanceCommand.PlanDrain(List.of(AGENT), 1, Duration.ofSeconds(9), null),
                    "D1",
                    "max_unavailable=1 max_grace=PT9S agents a1",
                    "unknown",
                    "running, batch 1 of 1, 0 of 1 drained"),
            line(
                    new MaintenanceCommand.AdvanceDrain(1),
                    "D1",
                    "",
                    "running, batch 1 of 1, 0 of 1 drained",
                    "done, batch 0 of 1, 1 of 1 drained"),
            line(
                    new MaintenanceCommand.SteerDrain(1, DrainWish.CANCEL),
                    "D1",
                    "cancel",
                    "done, batch 0 of 1, 1 of 1 drained",
                    "cancelled, batch 0 of 1, 0 of 1 drained"),
            line(
                    new MaintenanceCommand.DrainAgent(AGENT, Duration.ofSeconds(9), false),
                    "a1",
                    "mark_gone=false max_grace=PT9S",
                    "registered",
                    "registered, deactivated, drained"),
            line(
                    new AgentCommand.MarkAgentsUnreachable(List.of(new AgentCommand.MarkAgentsUnreachable.Silent(
                            AGENT, TestCluster.START.plusSeconds(3_600)))),
                    "a1",
                    "",
                    "registered, deactivated, drained",
                    "unreachable, deactivated, drained"),
            line(new AgentCommand.MarkAgentGone(AGENT), "a1", "", "unreachable, deactivated, drained", "gone"),
            line(
                    new FrameworkCommand.SubscribeFramework(FRAMEWORK, TestCluster.framework("fw")),
                    "f1",
                    "fw",
                    "unknown",
                    "connected, 0 tasks"),
            line(new FrameworkCommand.TearDownFramework(FRAMEWORK), "f1", "", "connected, 0 tasks", "completed"),
            line(
                    new MembershipCommand.AddJoinToken(HASH, TestCluster.START.plusSeconds(600)),
                    "",
                    "expires 2026-03-01T00:10:00Z",
                    "",
                    ""),
            line(
                    new MembershipCommand.AdmitMember(HASH, member(1)),
                    "m4",
                    "",
                    "unknown",
                    "m4.example:5050 raft 5060 life 1"),
            line(
                    new MembershipCommand.RecordMember(member(2)),
                    "m4",
                    "",
                    "m4.example:5050 raft 5060 life 1",
                    "m4.example:5050 raft 5060 life 2"),
            line(
                    new MembershipCommand.RetireMember("m4"),
                    "m4",
                    "",
                    "m4.example:5050 raft 5060 life 2",
                    "m4.example:5050 raft 5060 life 2, removed"),
            line(
                    new SystemCommand.NoteDeed("CHANGE_VOTERS", "", "", "m1, m2, m3", "m1, m2, m5"),
                    "",
                    "",
                    "m1, m2, m3",
                    "m1, m2, m5"),
            line(
                    new SystemCommand.NoteDeed("TRANSFER_LEADERSHIP", "m1", "asked", "m1", "m2"),
                    "m1",
                    "asked",
                    "m1",
                    "m2"),
            line(
                    new SystemCommand.NoteDeed("KILL_TASK", "t1 of f1", "grace=PT5S", "TASK_RUNNING", "ordered to a1"),
                    "t1 of f1",
                    "grace=PT5S",
                    "TASK_RUNNING",
                    "ordered to a1"),
            line(new SystemCommand.RaiseEpoch(2, 78), "", "to 2", "epoch 1", "epoch 2"));

    private static KnownMember member(long life) {
        return new KnownMember("m4", "m4.example", 5060, 5050, "", life, "", null);
    }

    private Registry registry = Registry.EMPTY;
    private long index;
    private final List<AuditRow> all = new ArrayList<>();

    /** The rows that a command leaves. */
    private List<AuditRow> rows(Actor actor, Command command) {
        var envelope = new Envelope(actor, Origin.HTTP, null, TestCluster.START.plusSeconds(index), 1);
        var step = StateMachine.step(registry, new LogEntry(new Position(++index, 0), 1, envelope, command));
        assertThat(step.outcome()).as("%s", command).isInstanceOf(Outcome.Accepted.class);
        registry = step.after();
        var found = new ArrayList<AuditRow>();
        for (var change : step.changes()) {
            if (change instanceof Change.AuditPut(var row)) {
                found.add(row);
            }
        }
        all.addAll(found);
        return found;
    }

    @Test
    void everyWriteOfAnOperatorLeavesOneRow() {
        rows(Actor.SYSTEM, new SystemCommand.InitCluster("c", 1, 77, FeatureLevel.NEWEST.number()));
        var softly = new SoftAssertions();
        for (var line : TABLE) {
            var rows = rows(OPERATOR, line.command());

            assertThat(rows).as("%s", line.command()).hasSize(1);
            var deed = rows.getFirst().deed();
            softly.assertThat(deed)
                    .isEqualTo(new AuditRow.Deed(
                            "operator",
                            "",
                            "ops",
                            "10.0.0.9",
                            call(line.command()),
                            line.subject(),
                            line.arguments(),
                            "accepted",
                            "",
                            line.before(),
                            line.after()));
            assertThat(rows.getFirst().at()).isEqualTo(new Position(index, 0));
            assertThat(rows.getFirst().time()).isEqualTo(TestCluster.START.plusSeconds(index - 1));
        }
        softly.assertAll();
        var check = AuditChain.Check.of(registry.journal());
        all.forEach(row -> assertThat(check.add(row)).isNull());
        assertThat(check.end()).isNull();
    }

    private static String call(Command command) {
        return command instanceof SystemCommand.NoteDeed note
                ? note.call()
                : CommandKind.of(command).name();
    }

    /** What is not in the table is listed here, with who gives it, so that a new command is thought about. */
    @Test
    void theTableNamesEveryCommandThatIsNotDailyTraffic() {
        var named = new TreeSet<String>();
        TABLE.forEach(line -> named.add(CommandKind.of(line.command()).name()));
        var traffic = List.of(
                "UPDATE_AGENT",
                "MARK_AGENT_REACHABLE",
                "UPDATE_FRAMEWORK",
                "DISCONNECT_FRAMEWORK",
                "ACCEPT_OFFERS",
                "UPDATE_TASKS",
                "ACKNOWLEDGE_TASKS",
                "DROP_TASKS",
                "END_EXECUTORS",
                "ACKNOWLEDGE_OPERATIONS",
                "DIGEST_CHECK",
                "PRUNE_JOURNAL");
        var elsewhere =
                List.of("REMOVE_AGENT", "PRUNE_AGENTS", "TIME_OUT_FRAMEWORK", "INIT_CLUSTER", "RAISE_FEATURE_LEVEL");
        named.addAll(traffic);
        named.addAll(elsewhere);

        for (var kind : CommandKind.values()) {
            assertThat(named).as(kind.name().toLowerCase(Locale.ROOT)).contains(kind.name());
        }
    }
}
