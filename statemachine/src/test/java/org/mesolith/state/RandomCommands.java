package org.mesolith.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Declarable;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.DeclaredKind;
import org.mesolith.model.Disk;
import org.mesolith.model.DrainWish;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.ExecutorLaunch;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.OfferId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.OperationId;
import org.mesolith.model.Position;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Reservation;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskProblem;
import org.mesolith.model.TaskState;
import org.mesolith.model.Unavailability;
import org.mesolith.model.Weight;
import org.mesolith.state.check.DeclarationChecks;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.state.journal.JournalRow;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.KnownMember;
import org.mesolith.state.row.TaskRow;

/** Commands of every kind, most of which make sense for the registry they are made for, from one seed. */
public final class RandomCommands {
    private static final List<TaskState> STATES = List.of(TaskState.values());
    private static final List<String> ROLES = List.of("*", "ads", "ads/low", "web");

    private final RandomValues values;
    private Instant now = TestCluster.START;

    public RandomCommands(long seed) {
        this.values = new RandomValues(new Random(seed));
    }

    /** The seed to run with: of the system property {@code seed}, else the given one. */
    public static long seed(long ifNone) {
        long seed = Long.getLong("seed", ifNone);
        System.out.println("seed " + seed + " (run again with -Dseed=" + seed + ")");
        return seed;
    }

    /** An entry at this index, with an envelope of any shape but always of the right term. */
    public LogEntry entry(Registry registry, long index) {
        now = now.plusMillis(values.below(3_000) - 200L);
        var actor = new Actor(
                values.one(List.of(Actor.Kind.values())),
                values.text(),
                values.maybe(values::text),
                values.yes() ? "" : "10.0.0.7");
        var key = values.once(5) ? new RequestKey(values.text(), "key" + values.below(50)) : null;
        long term = 1 + index / 100;
        var envelope = new Envelope(actor, values.one(List.of(Origin.values())), key, now, term);
        return new LogEntry(new Position(index, 0), term, envelope, command(registry));
    }

    public Command command(Registry registry) {
        if (!registry.cluster().exists()) {
            return new SystemCommand.InitCluster(
                    "cluster-" + values.below(1_000),
                    1,
                    values.number(),
                    1 + values.below(FeatureLevel.NEWEST.number()));
        }
        int dice = values.below(100);
        if (dice < 12) {
            return agent(registry);
        }
        if (dice < 24) {
            return framework(registry);
        }
        if (dice < 55) {
            return accept(registry);
        }
        if (dice < 82) {
            return tasks(registry);
        }
        return dice < 92 ? plan(registry) : system(registry);
    }

    private Command plan(Registry registry) {
        return switch (values.below(14)) {
            case 9, 10 -> reservation(registry);
            case 11, 12, 13 -> declare(registry);
            case 0, 1 ->
                new ReservationCommand.OperateAgent(
                        agentId(registry), conversion(null, values.one(ROLES), values.maybe(() -> "alice")));
            case 2, 3 -> new ReservationCommand.AcknowledgeOperations(values.some(() -> known(registry)));
            case 4 -> new QuotaCommand.UpdateQuotas(values.some(this::quota), values.yes());
            case 5 ->
                new MaintenanceCommand.UpdateSchedule(
                        values.some(this::window),
                        values.yes() ? "" : registry.maintenance().fingerprint());
            case 6 ->
                values.yes()
                        ? new MaintenanceCommand.StartMaintenance(values.some(this::machine))
                        : new MaintenanceCommand.StopMaintenance(values.some(this::machine));
            case 7 -> drain(registry);
            default -> new MaintenanceCommand.DrainAgent(agentId(registry), values.maybe(values::span), values.once(5));
        };
    }

    private Command reservation(Registry registry) {
        var known = new ArrayList<ReservationKey>();
        for (var agent : registry.agents()) {
            for (var entry : agent.reserved()) {
                if (entry.kind().isReserved()) {
                    known.add(new ReservationKey(agent.id(), entry.reservations()));
                }
            }
        }
        var any =
                new ReservationKey(agentId(registry), List.of(Reservation.dynamic("ads", values.maybe(values::text))));
        var key = known.isEmpty() || values.once(9) ? any : values.one(known);
        var wish = new ReservationWish(
                values.maybe(() -> "owner" + values.below(3)),
                values.maybe(values::text),
                values.maybe(() -> now.plusSeconds(values.below(3_000) - 100L)),
                values.yes());
        return switch (values.below(5)) {
            case 2 -> new ReservationCommand.ReleaseReservations(List.of(key));
            case 0 -> new ReservationCommand.NoteReservations(List.of(key), wish);
            case 1 -> new ReservationCommand.ExpireReservations(values.yes() ? List.of(key) : List.copyOf(known));
            default ->
                new ReservationCommand.ReserveAgents(
                        values.some(() -> agentId(registry)),
                        Resources.parse("cpus:0.25")
                                .pushReservation(Reservation.dynamic("ads", values.maybe(() -> "bob"))),
                        wish);
        };
    }

    /** What is seen is mostly what there is, and sometimes it is not. */
    private Command declare(Registry registry) {
        var kind = values.one(List.of(DeclaredKind.values()));
        var name = values.once(9) ? values.text() : "d" + values.below(3);
        var row = registry.declaration(name, kind);
        long revision = row == null ? 0 : row.revision();
        var changes = new TreeMap<String, DeclaredChange>();
        for (var object : values.some(() -> declarable(registry, kind))) {
            var present = DeclarationChecks.present(registry, object);
            var wanted = present != null && values.once(4) ? null : object;
            var seen = wanted != null && values.once(9) ? null : present;
            changes.put(object.key(), new DeclaredChange(seen, wanted));
        }
        return new DeclarationCommand.Declare(
                name, kind, values.once(9) ? revision + 1 : revision, List.copyOf(changes.values()));
    }

    private Declarable declarable(Registry registry, DeclaredKind kind) {
        return switch (kind) {
            case WEIGHTS -> new Declarable.OfWeight(Weight.of(values.one(ROLES), 1 + values.below(3)));
            case QUOTAS -> new Declarable.OfQuota(quota());
            case WINDOWS -> new Declarable.OfWindow(window());
            case RESERVATIONS ->
                new Declarable.OfReservation(
                        agentId(registry),
                        List.of(Reservation.dynamic(values.yes() ? "ads" : "web", values.maybe(() -> "alice"))),
                        Resources.parse("cpus:0." + (1 + values.below(5)) + (values.yes() ? ";disk:64" : "")));
        };
    }

    private Command drain(Registry registry) {
        int dice = values.below(6);
        long plan = 1L + values.below(4);
        for (var known : registry.drainPlans()) {
            plan = values.yes() ? known.number() : plan;
        }
        if (dice == 0) {
            var wishes = List.of(DrainWish.values());
            return new MaintenanceCommand.SteerDrain(plan, values.one(wishes));
        }
        if (dice < 4) {
            return new MaintenanceCommand.AdvanceDrain(plan);
        }
        return new MaintenanceCommand.PlanDrain(
                values.some(() -> agentId(registry)),
                1 + values.below(3),
                values.maybe(values::span),
                values.maybe(() -> now.plusSeconds(values.below(100_000))));
    }

    private ReservationCommand.AcknowledgeOperations.Acknowledgement known(Registry registry) {
        for (var framework : registry.operating()) {
            for (var operation : registry.operationsOf(framework)) {
                if (values.yes()) {
                    return new ReservationCommand.AcknowledgeOperations.Acknowledgement(
                            framework, operation.id(), values.once(5) ? values.uuid() : operation.status());
                }
            }
        }
        return new ReservationCommand.AcknowledgeOperations.Acknowledgement(
                frameworkId(registry), new OperationId("op"), values.uuid());
    }

    private Quota quota() {
        var guarantees = values.yes() ? Quantities.NONE : Quantities.of("cpus", 1 + values.below(9_000));
        var limits = values.yes() ? "" : "cpus:" + values.below(20) + ";mem:9000";
        return new Quota(values.one(ROLES), guarantees, QuantityLimits.parse(limits));
    }

    private MachineId machine() {
        return new MachineId("host" + values.below(5), values.once(3) ? "10.0.0." + values.below(4) : "");
    }

    private MaintenanceWindow window() {
        return new MaintenanceWindow(List.of(machine()), new Unavailability(values.time(), values.maybe(values::span)));
    }

    /** One that would make sense on an agent with a little disk. */
    private OfferOperation conversion(@Nullable OperationId id, String role, @Nullable String principal) {
        var by = principal == null ? "" : "@" + principal;
        var name = role.equals("*") ? "ads" : role;
        var cpus = Resources.parse("cpus:0.5").pushReservation(Reservation.dynamic(name, principal));
        var disk = Resources.parse("disk:64").pushReservation(Reservation.dynamic(name, principal));
        var shared = values.once(3);
        var volume =
                disk.mapKinds(kind -> kind.withDisk(Disk.volume("v" + values.below(3), principal, "path" + by.length()))
                        .withShared(shared));
        return switch (values.below(7)) {
            case 0 -> new OfferOperation.Reserve(id, Resources.EMPTY, cpus.plus(disk));
            case 1 -> new OfferOperation.Reserve(id, Resources.EMPTY, disk.plus(disk));
            case 2 -> new OfferOperation.Unreserve(id, values.yes() ? cpus : disk);
            case 3 -> new OfferOperation.Create(id, volume);
            case 4 -> new OfferOperation.Destroy(id, volume);
            case 5 -> new OfferOperation.GrowVolume(id, volume, disk);
            default -> new OfferOperation.ShrinkVolume(id, volume, 1_000L * (1 + values.below(64)));
        };
    }

    private AgentCommand agent(Registry registry) {
        var id = agentId(registry);
        return switch (values.below(12)) {
            case 0, 1, 2, 3 -> new AgentCommand.AdmitAgent(values.once(3) ? id : null, info(registry, null));
            case 4 ->
                new AgentCommand.AdmitAgent(
                        id, info(registry, id), values.resources().unallocated(), values.yes() ? "" : "10.0.0.1");
            case 5 -> new AgentCommand.UpdateAgent(id, info(registry, id));
            case 6 ->
                new AgentCommand.MarkAgentsUnreachable(List.of(new AgentCommand.MarkAgentsUnreachable.Silent(id, now)));
            case 7 -> new AgentCommand.MarkAgentReachable(id);
            case 8 -> values.once(3) ? new AgentCommand.MarkAgentGone(id) : new AgentCommand.MarkAgentReachable(id);
            case 9 -> values.once(3) ? new AgentCommand.DeactivateAgent(id) : new AgentCommand.ReactivateAgent(id);
            case 10 -> values.once(3) ? new AgentCommand.RemoveAgent(id) : new AgentCommand.ReactivateAgent(id);
            default -> new AgentCommand.PruneAgents(now.minusSeconds(values.below(3_000)), 3);
        };
    }

    private AgentInfo info(Registry registry, @Nullable AgentId known) {
        var row = known == null ? null : registry.agent(known);
        var resources = Resources.parse("cpus:" + (1 + values.below(16)) + ";mem:4096;disk:1024;ports:[1000-1999]")
                .plus(values.once(3) ? values.resources().unallocated() : Resources.EMPTY);
        return values.agentInfo(
                row == null ? "host" + values.below(5) : row.info().hostname(), resources);
    }

    private FrameworkCommand framework(Registry registry) {
        var id = frameworkId(registry);
        var info = values.frameworkInfo();
        return switch (values.below(9)) {
            case 0, 1, 2 -> new FrameworkCommand.SubscribeFramework(null, info);
            case 3 -> new FrameworkCommand.SubscribeFramework(id, info);
            case 4 -> new FrameworkCommand.UpdateFramework(id, info);
            case 5 -> new FrameworkCommand.DisconnectFramework(id, now);
            case 6 -> timeOut(registry, id);
            case 7 ->
                values.once(4)
                        ? new FrameworkCommand.TearDownFramework(id)
                        : new FrameworkCommand.SubscribeFramework(id, info);
            default -> new FrameworkCommand.SubscribeFramework(new FrameworkId("own" + values.below(5)), info);
        };
    }

    private FrameworkCommand timeOut(Registry registry, FrameworkId id) {
        var row = registry.framework(id);
        var since = row == null || row.disconnectedSince() == null ? now : row.disconnectedSince();
        return new FrameworkCommand.TimeOutFramework(id, since);
    }

    private FrameworkCommand accept(Registry registry) {
        var agent = agentId(registry);
        var row = registry.agent(agent);
        var framework = frameworkId(registry);
        var role = role(registry, framework);
        var total = row == null ? Resources.parse("cpus:1") : row.total();
        var free = total.without(registry.allocated(agent).unallocated());
        var operations = values.some(() -> operation(agent, role, free));
        return new FrameworkCommand.AcceptOffers(
                framework,
                agent,
                role,
                (values.once(6) ? total : free).allocatedTo(role),
                values.some(() -> new OfferId("o" + values.below(100))),
                operations);
    }

    private String role(Registry registry, FrameworkId id) {
        var framework = registry.framework(id);
        var own = framework == null ? List.<String>of() : framework.info().roles();
        return own.contains("ads") && values.yes() ? "ads" : values.one(ROLES);
    }

    private OfferOperation operation(AgentId agent, String role, Resources free) {
        var id = values.once(12) ? new OperationId(values.text()) : null;
        if (values.once(4)) {
            return conversion(values.once(2) ? new OperationId("op" + values.below(9)) : null, role, "alice");
        }
        var one = values.resources();
        return switch (values.below(20)) {
            case 8 -> new OfferOperation.Refused(id, values.text(), values.text());
            case 0 -> new OfferOperation.LaunchGroup(id, executor(), List.of(launch(agent, free)));
            case 1 -> new OfferOperation.Reserve(id, values.resources(), one);
            case 2 -> new OfferOperation.Unreserve(id, one);
            case 3 -> new OfferOperation.Create(id, one);
            case 4 -> new OfferOperation.Destroy(id, one);
            case 5 -> new OfferOperation.GrowVolume(id, one, values.resources());
            case 6 -> new OfferOperation.ShrinkVolume(id, one, values.number());
            case 7 -> new OfferOperation.NotSupported(id, values.text());
            default -> new OfferOperation.Launch(id, values.some(() -> launch(agent, free)));
        };
    }

    private ExecutorLaunch executor() {
        return new ExecutorLaunch(
                new ExecutorId("e" + values.below(3)),
                values.one(List.of(ExecutorLaunch.Kind.values())),
                values.once(3) ? values.resources() : Resources.parse("cpus:0.1;mem:8"),
                values.once(3)
                        ? values.opaque("mesos.v1.ExecutorInfo")
                        : new Opaque("mesos.v1.ExecutorInfo", new byte[] {7}));
    }

    private TaskLaunch launch(AgentId agent, Resources free) {
        var needed = values.once(8) ? free : Resources.parse("cpus:0." + (1 + values.below(9)) + ";mem:16");
        var step = values.one(List.of(TaskProblem.Step.values()));
        return new TaskLaunch(
                new TaskId("t" + values.below(60)),
                values.text(),
                values.once(20) ? new AgentId("other") : agent,
                needed,
                values.once(4) ? executor() : null,
                values.once(20) ? List.of(new TaskProblem(step, values.text())) : List.of(),
                values.opaque("mesos.v1.TaskInfo"));
    }

    private TaskCommand tasks(Registry registry) {
        return switch (values.below(7)) {
            case 6 -> new TaskCommand.EndExecutors(values.some(() -> executorEnd(registry)));
            case 0, 1, 2 -> new TaskCommand.UpdateTasks(values.some(() -> update(registry)));
            case 3, 4 -> new TaskCommand.AcknowledgeTasks(values.some(() -> acknowledgement(registry)));
            default -> new TaskCommand.DropTasks(values.once(2) ? List.of() : List.of(drop(registry)));
        };
    }

    private TaskCommand.EndExecutors.End executorEnd(Registry registry) {
        for (var agent : registry.agents()) {
            for (var row : registry.executorsOfAgent(agent.id())) {
                if (values.yes()) {
                    return new TaskCommand.EndExecutors.End(
                            row.framework(), row.id(), row.agent(), values.once(5) ? Position.NONE : row.launchedAt());
                }
            }
        }
        return new TaskCommand.EndExecutors.End(
                frameworkId(registry), new ExecutorId("e" + values.below(3)), agentId(registry), Position.NONE);
    }

    private TaskCommand.UpdateTasks.Update update(Registry registry) {
        var row = task(registry);
        var uuid = values.once(8) ? null : values.uuid();
        if (row == null) {
            return new TaskCommand.UpdateTasks.Update(
                    agentId(registry),
                    frameworkId(registry),
                    Position.NONE,
                    values.status(new TaskId("none"), values.one(STATES), uuid),
                    values.one(STATES));
        }
        var state = values.one(STATES);
        var status = values.status(row.id(), state, values.once(10) ? row.updateUuid() : uuid);
        var latest = values.once(4) ? values.one(STATES) : state;
        return new TaskCommand.UpdateTasks.Update(row.agent(), row.framework(), row.launchedAt(), status, latest);
    }

    private TaskCommand.AcknowledgeTasks.Acknowledgement acknowledgement(Registry registry) {
        var row = task(registry);
        var uuid = row == null ? null : row.updateUuid();
        var key = row == null ? new TaskKey(frameworkId(registry), new TaskId("none")) : row.key();
        return new TaskCommand.AcknowledgeTasks.Acknowledgement(key, uuid == null ? values.uuid() : uuid);
    }

    private TaskCommand.DropTasks.Drop drop(Registry registry) {
        var row = task(registry);
        return new TaskCommand.DropTasks.Drop(
                row == null ? new TaskKey(frameworkId(registry), new TaskId("none")) : row.key(),
                row == null || values.yes() ? null : row.launchedAt(),
                values.one(STATES),
                values.one(List.of(StatusReason.values())),
                values.text());
    }

    private Command system(Registry registry) {
        var note = registry.digestNote();
        return switch (values.below(12)) {
            case 10 -> new SystemCommand.NoteDeed(values.text(), values.text(), values.text(), "", values.text());
            case 11 -> prune(registry.journal());
            case 6, 7, 8, 9 -> membership();
            case 0 -> new SystemCommand.InitCluster("again", 1, 1);
            case 1 -> new SystemCommand.RaiseFeatureLevel(1 + values.below(FeatureLevel.NEWEST.number()));
            case 2 ->
                values.once(10)
                        ? new SystemCommand.RaiseEpoch(registry.cluster().epoch() + 1, values.number())
                        : new SystemCommand.RaiseEpoch(0, 0);
            case 3 -> new SystemCommand.DigestCheck(note.at(), note.digest());
            default ->
                new QuotaCommand.SetWeights(
                        values.some(() -> new Weight(values.one(ROLES), values.once(9) ? values.number() : 1L << 62)));
        };
    }

    /** Sometimes everything but the newest; sometimes nonsense. */
    private Command prune(JournalRow journal) {
        var last = journal.last();
        return values.once(3)
                ? new SystemCommand.PruneJournal(
                        new JournalRow.Forgotten(journal.eventsFrom(), EventPlace.NONE, -1, 0, 1, 9, "no hash", 0))
                : new SystemCommand.PruneJournal(new JournalRow.Forgotten(
                        journal.eventsFrom(),
                        new EventPlace(last.epoch(), last.index(), 0),
                        Math.max(0, journal.eventsKept() - last.ordinal() - 1),
                        journal.eventBytes() / 2,
                        journal.auditsFrom(),
                        journal.audits() + 1,
                        journal.head(),
                        journal.auditBytes()));
    }

    private Command membership() {
        return switch (values.below(4)) {
            case 0 -> new MembershipCommand.AddJoinToken(hash(), now.plusSeconds(values.below(9) * 100L));
            case 1 -> new MembershipCommand.AdmitMember(hash(), member());
            case 2 -> new MembershipCommand.RecordMember(member());
            default -> new MembershipCommand.RetireMember("member" + values.below(9));
        };
    }

    private String hash() {
        return Integer.toString(values.below(5)).repeat(64);
    }

    private KnownMember member() {
        var id = "member" + values.below(9);
        return new KnownMember(
                id, "host" + values.below(3), 5060, 5050 + values.below(2), "zone", values.below(5), "", null);
    }

    private AgentId agentId(Registry registry) {
        var agents = StreamSupport.stream(registry.agents().spliterator(), false)
                .map(AgentRow::id)
                .toList();
        return agents.isEmpty() || values.once(15) ? new AgentId("brought" + values.below(4)) : values.one(agents);
    }

    private FrameworkId frameworkId(Registry registry) {
        var frameworks = StreamSupport.stream(registry.frameworks().spliterator(), false)
                .map(FrameworkRow::id)
                .toList();
        return frameworks.isEmpty() || values.once(15) ? new FrameworkId("nobody") : values.one(frameworks);
    }

    private @Nullable TaskRow task(Registry registry) {
        var tasks = new ArrayList<TaskRow>();
        registry.tasksOfFramework(frameworkId(registry)).forEach(tasks::add);
        return tasks.isEmpty() ? null : values.one(tasks);
    }
}
