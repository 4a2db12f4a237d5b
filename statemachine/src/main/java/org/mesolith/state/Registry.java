package org.mesolith.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.DeclaredKind;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Fence;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OperationId;
import org.mesolith.model.Position;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.Reservation;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.Weight;
import org.mesolith.state.index.AgentUse;
import org.mesolith.state.index.Pool;
import org.mesolith.state.journal.JournalRow;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.Allocation;
import org.mesolith.state.row.ClusterRow;
import org.mesolith.state.row.CompletedFramework;
import org.mesolith.state.row.CompletedTask;
import org.mesolith.state.row.Counters;
import org.mesolith.state.row.DeclarationRow;
import org.mesolith.state.row.DigestNote;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.state.row.ExecutorRow;
import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.GoneAgent;
import org.mesolith.state.row.MaintenanceRow;
import org.mesolith.state.row.MembershipRow;
import org.mesolith.state.row.OperationRow;
import org.mesolith.state.row.ReservationNote;
import org.mesolith.state.row.TaskRow;
import org.mesolith.state.table.Cursor;
import org.mesolith.state.table.Table;

/**
 * What the cluster promised, as of one place in the log. Immutable: any thread may read it for as long as it likes, and
 * a newer one shares what did not change. Everything is sorted by key; reads cost a walk down a tree, no scan.
 */
public final class Registry {
    /** Nothing promised yet. */
    public static final Registry EMPTY = new Registry(Tables.EMPTY, Standing.FIRST, new Pool());

    private final Tables tables;
    private final Standing standing;
    private final Pool pool;

    private Registry(Tables tables, Standing standing, Pool pool) {
        this.tables = tables;
        this.standing = standing;
        this.pool = pool;
    }

    // ---- the cluster

    /** Place of the newest command (or other entry) that it knows; {@link Position#NONE} when empty. */
    public Position at() {
        return standing.at();
    }

    /** The newest time that a command brought: rules never see an older one. */
    public Instant time() {
        return standing.time();
    }

    public ClusterRow cluster() {
        return standing.cluster();
    }

    public FeatureLevel featureLevel() {
        return new FeatureLevel(cluster().featureLevel());
    }

    /** The fence of a leadership. */
    public Fence fence(long term) {
        return cluster().fence(term);
    }

    /** The masters, and who may become one. */
    public MembershipRow membership() {
        return standing.membership();
    }

    /** Where events and audit stand. */
    public JournalRow journal() {
        return standing.journal();
    }

    public Counters counters() {
        return standing.counters();
    }

    /** Fingerprint of everything but the digest note: equal for equal content, however it came to be. */
    public long digest() {
        return standing.digest();
    }

    /** What this member noted at the newest digest check. */
    public DigestNote digestNote() {
        return standing.note();
    }

    // ---- agents

    /** A registered or unreachable agent. */
    public @Nullable AgentRow agent(AgentId id) {
        return tables.agents().get(id);
    }

    /** All registered and unreachable agents, by id. */
    public Iterable<AgentRow> agents() {
        return tables.agents().values();
    }

    /** At most {@code max} agents after {@code after} (null: from the first), by id. */
    public List<AgentRow> agents(@Nullable AgentId after, int max) {
        return page(after == null ? tables.agents().cursor() : tables.agents().after(after), max);
    }

    public int agentCount() {
        return tables.agents().size();
    }

    public @Nullable GoneAgent goneAgent(AgentId id) {
        return tables.goneAgents().get(id);
    }

    public Iterable<GoneAgent> goneAgents() {
        return tables.goneAgents().values();
    }

    // ---- frameworks

    /** A framework that has not ended. */
    public @Nullable FrameworkRow framework(FrameworkId id) {
        return tables.frameworks().get(id);
    }

    /** All frameworks that have not ended, by id. */
    public Iterable<FrameworkRow> frameworks() {
        return tables.frameworks().values();
    }

    public int frameworkCount() {
        return tables.frameworks().size();
    }

    public @Nullable CompletedFramework completedFramework(FrameworkId id) {
        return tables.completedFrameworks().get(id);
    }

    /** By id. */
    public Iterable<CompletedFramework> completedFrameworks() {
        return tables.completedFrameworks().values();
    }

    public int completedFrameworkCount() {
        return tables.completedFrameworks().size();
    }

    // ---- tasks

    /** A task that has not completed: live, ended but not acknowledged, or unreachable. */
    public @Nullable TaskRow task(TaskKey key) {
        return task(key.framework(), key.task());
    }

    public @Nullable TaskRow task(FrameworkId framework, TaskId task) {
        return tables.tasks().get(framework, task.value());
    }

    /** All tasks of the agent that have not completed, by framework and id. */
    public List<TaskRow> tasksOfAgent(AgentId agent) {
        return use(agent).tasks();
    }

    /** All tasks of the framework that have not completed, by id. */
    public Iterable<TaskRow> tasksOfFramework(FrameworkId framework) {
        return tasks(framework).values();
    }

    /** At most {@code max} tasks of the framework after {@code after} (null: from the first), by id. */
    public List<TaskRow> tasksOfFramework(FrameworkId framework, @Nullable TaskId after, int max) {
        var tasks = tasks(framework);
        return page(after == null ? tasks.cursor() : tasks.after(after.value()), max);
    }

    public int taskCount(FrameworkId framework) {
        return tasks(framework).size();
    }

    /** Completed tasks of a framework that are remembered, the first completed first. */
    public Iterable<CompletedTask> completedTasks(FrameworkId framework) {
        return completed(framework).values();
    }

    public int completedTaskCount(FrameworkId framework) {
        return completed(framework).size();
    }

    // ---- executors

    /** An executor on this agent, also of one that is unreachable. */
    public @Nullable ExecutorRow executor(FrameworkId framework, AgentId agent, ExecutorId id) {
        return tables.tasks().executor(framework, ExecutorRow.key(agent, id));
    }

    /** Executors on this agent, by framework and id. */
    public List<ExecutorRow> executorsOfAgent(AgentId agent) {
        return use(agent).executors();
    }

    /** Executors of this framework, by agent and id. */
    public Iterable<ExecutorRow> executorsOfFramework(FrameworkId framework) {
        var own = tables.tasks().executors().get(framework);
        Table<String, ExecutorRow> rows = own == null ? Table.empty() : own;
        return rows.values();
    }

    // ---- who holds what

    /** What frameworks hold of an agent, by framework and role. */
    public List<Allocation> allocations(AgentId agent) {
        return use(agent).allocations();
    }

    /** Everything that tasks hold of an agent; each entry says the role it is allocated to. */
    public Resources allocated(AgentId agent) {
        var sum = Resources.EMPTY;
        for (var allocation : allocations(agent)) {
            sum = sum.plus(allocation.resources());
        }
        return sum;
    }

    /** What tasks of a framework hold on all agents, by role; roles without anything are left out. */
    public SortedMap<String, Quantities> allocated(FrameworkId framework) {
        var byRole = new TreeMap<String, Quantities>();
        var held = tables.tasks().heldByFramework().get(framework);
        if (held != null) {
            held.forEach(byRole::put);
        }
        return byRole;
    }

    /** What tasks hold for exactly this role (not those below it) on all agents. */
    public Quantities allocatedToRole(String role) {
        var held = tables.tasks().heldByRole().get(role);
        return held == null ? Quantities.NONE : held;
    }

    /** The roles for which tasks hold something, sorted. */
    public Iterable<String> allocatedRoles() {
        return tables.tasks().heldByRole().keys();
    }

    // ---- operations

    /** An operation of the framework that it has not acknowledged. */
    public @Nullable OperationRow operation(FrameworkId framework, OperationId id) {
        return operations(framework).get(id.value());
    }

    /** Operations of the framework that it has not acknowledged, by id. */
    public Iterable<OperationRow> operationsOf(FrameworkId framework) {
        return operations(framework).values();
    }

    public int operationCount(FrameworkId framework) {
        return operations(framework).size();
    }

    /** Frameworks that have not acknowledged an operation. */
    public Iterable<FrameworkId> operating() {
        return tables.operations().keys();
    }

    private Table<String, OperationRow> operations(FrameworkId framework) {
        var own = tables.operations().get(framework);
        return own == null ? Table.empty() : own;
    }

    // ---- quota and maintenance

    /** Those that are not none, by role. */
    public Iterable<Quota> quotas() {
        return tables.quotas().values();
    }

    /** The role's own; one that is none when nobody set it. */
    public Quota quota(String role) {
        var quota = tables.quotas().get(role);
        return quota == null ? Quota.none(role) : quota;
    }

    /** Which machines will be taken down, and which ones are. */
    public MaintenanceRow maintenance() {
        return standing.maintenance();
    }

    /** Plans to empty agents, also those that are over and remembered, by number. */
    public Iterable<DrainPlan> drainPlans() {
        return tables.drainPlans().values();
    }

    /** Null for one that was never made or is forgotten. */
    public @Nullable DrainPlan drainPlan(long number) {
        return tables.drainPlans().get(number);
    }

    /** What is written down of reservations, by agent and reservation. */
    public Iterable<ReservationNote> reservationNotes() {
        return tables.reservationNotes().values();
    }

    /** What is written down of the reservations of one agent. */
    public List<ReservationNote> reservationNotes(AgentId agent) {
        return notesOf(tables.reservationNotes(), agent);
    }

    /** Null when nothing is written down of it. */
    public @Nullable ReservationNote reservationNote(ReservationKey key) {
        return tables.reservationNotes().get(key);
    }

    public int reservationNoteCount() {
        return tables.reservationNotes().size();
    }

    /** What declarations said last, by name and kind. */
    public Iterable<DeclarationRow> declarations() {
        return tables.declarations().values();
    }

    /** Null when the declaration says nothing of the kind. */
    public @Nullable DeclarationRow declaration(String name, DeclaredKind kind) {
        return tables.declarations().get(DeclarationRow.id(name, kind));
    }

    // ---- weights and requests

    /** Those that were set, by role. */
    public Iterable<Weight> weights() {
        return tables.weights().values();
    }

    /** Null when nobody set it. */
    public @Nullable Weight weight(String role) {
        return tables.weights().get(role);
    }

    /** A request that was carried out under this key and is still remembered. */
    public @Nullable RequestRow request(RequestKey key) {
        return tables.requests().get(key);
    }

    public int requestCount() {
        return tables.requests().byKey().size();
    }

    /** All remembered requests, by scope and key. */
    public Iterable<RequestRow> requests() {
        return tables.requests().byKey().values();
    }

    /** The one that was carried out first. */
    public @Nullable RequestKey oldestRequest() {
        return tables.requests().oldest();
    }

    // ---- the next one

    /**
     * The registry after these changes, which are all there was at this place.
     *
     * @throws IllegalStateException when a change does not fit, which is a defect
     */
    public Registry with(Position at, List<Change> changes) {
        if (changes.isEmpty()) {
            return advancedTo(at);
        }
        var edit = new RegistryEdit(tables, standing, pool);
        for (var change : changes) {
            edit.apply(change);
        }
        return new Registry(edit.tables(), edit.standing(at), pool);
    }

    /** The same, known to be complete up to a later place: entries without a change lie between. */
    public Registry advancedTo(Position at) {
        return new Registry(tables, standing.withPlace(at, standing.digest()), pool);
    }

    private AgentUse use(AgentId agent) {
        var use = tables.tasks().uses().get(agent);
        return use == null ? AgentUse.NONE : use;
    }

    private Table<String, TaskRow> tasks(FrameworkId framework) {
        var tasks = tables.tasks().live().get(framework);
        return tasks == null ? Table.empty() : tasks;
    }

    private Table<Long, CompletedTask> completed(FrameworkId framework) {
        var completed = tables.tasks().completed().get(framework);
        return completed == null ? Table.empty() : completed;
    }

    private static List<ReservationNote> notesOf(Table<ReservationKey, ReservationNote> notes, AgentId agent) {
        // A static reservation of the role that sorts first comes before every other one.
        var cursor = notes.from(new ReservationKey(agent, List.of(Reservation.fixed(""))));
        var found = new ArrayList<ReservationNote>();
        while (cursor.advance() && cursor.key().agent().equals(agent)) {
            found.add(cursor.value());
        }
        return found;
    }

    private static <V> List<V> page(Cursor<?, V> from, int max) {
        var page = new ArrayList<V>();
        while (page.size() < max && from.advance()) {
            page.add(from.value());
        }
        return page;
    }
}
