package org.mesolith.view;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentView;
import org.mesolith.api.FrameworkView;
import org.mesolith.api.OperatorReply;
import org.mesolith.log.Details;
import org.mesolith.model.Offer;
import org.mesolith.model.Resources;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.FrameworkRow;

/**
 * What the leader shows: the registry and its soft state, both of one moment. Immutable; everything is made when it is
 * asked for, on the thread that asks.
 *
 * @param details read when tasks are shown; may wait for a disk, so never on the leader's queue
 */
public record LeaderView(Registry registry, Details details, SoftState soft) {
    /** GET_MASTER. */
    public OperatorReply.Master master() {
        return new OperatorReply.Master(soft.self(), soft.started(), soft.elected());
    }

    /** GET_AGENTS: registered ones; those not heard since the leader changed stand apart. */
    public OperatorReply.Agents agents() {
        var agents = new ArrayList<AgentView>();
        var recovered = new ArrayList<OperatorReply.Agents.AgentInfoOf>();
        var offered = byKey(Offer::agent);
        for (var row : registry.agents()) {
            if (soft.recoveredAgents().contains(row.id())) {
                recovered.add(new OperatorReply.Agents.AgentInfoOf(row.id(), Portraits.own(row)));
            } else if (row.isRegistered()) {
                agents.add(agent(row, offered.getOrDefault(row.id(), List.of())));
            }
        }
        return new OperatorReply.Agents(agents, recovered);
    }

    /** GET_FRAMEWORKS. */
    public OperatorReply.Frameworks frameworks() {
        var frameworks = new ArrayList<FrameworkView>();
        var offered = byKey(Offer::framework);
        for (var row : registry.frameworks()) {
            frameworks.add(framework(row, offered.getOrDefault(row.id(), List.of())));
        }
        var completed = new ArrayList<FrameworkView>();
        for (var ended : registry.completedFrameworks()) {
            var row = ended.framework();
            completed.add(new FrameworkView(
                    row.id(),
                    row.info(),
                    false,
                    false,
                    false,
                    row.registeredAt(),
                    row.reregisteredAt(),
                    ended.completedAt(),
                    List.of(),
                    Resources.EMPTY,
                    Resources.EMPTY,
                    new TreeMap<>()));
        }
        return new OperatorReply.Frameworks(frameworks, completed);
    }

    /** GET_TASKS. */
    public OperatorReply.Tasks tasks() {
        return cluster().tasks();
    }

    /** GET_EXECUTORS. */
    public OperatorReply.Executors executors() {
        return cluster().executors();
    }

    /** How many tasks {@link #tasks} shows. */
    public long taskCount() {
        return cluster().taskCount();
    }

    private ClusterView cluster() {
        return new ClusterView(registry, details);
    }

    /** GET_STATE. */
    public OperatorReply.State state() {
        return new OperatorReply.State(tasks(), executors(), frameworks(), agents());
    }

    /** GET_WEIGHTS. */
    public OperatorReply.Weights weights() {
        return cluster().weights();
    }

    /** GET_QUOTA. */
    public OperatorReply.Quotas quotas() {
        return cluster().quotas();
    }

    /** GET_MAINTENANCE_SCHEDULE. */
    public OperatorReply.Schedule schedule() {
        return cluster().schedule();
    }

    /** GET_MAINTENANCE_STATUS. */
    public OperatorReply.Maintenance maintenance() {
        return new PlanViews(registry, soft.inverseAnswers()).maintenance();
    }

    /** GET_OPERATIONS. */
    public OperatorReply.Operations operations() {
        return cluster().operations();
    }

    /**
     * GET_ROLES.
     *
     * @param whitelist the only roles besides "*"; null for every one that is used
     */
    public OperatorReply.Roles roles(@Nullable List<String> whitelist) {
        return new RoleViews(registry, soft.offers(), whitelist).roles();
    }

    private AgentView agent(AgentRow row, List<Offer> offers) {
        var peer = soft.peers().getOrDefault(row.id(), row.info().hostname());
        return Portraits.agent(
                row,
                registry,
                soft.connectedAgents().contains(row.id()),
                peer,
                offers,
                soft.drainsBegun().get(row.id()));
    }

    private FrameworkView framework(FrameworkRow row, List<Offer> offers) {
        boolean connected = soft.connectedFrameworks().contains(row.id());
        boolean recovered = !soft.seenFrameworks().contains(row.id());
        var constraints = soft.constraints().getOrDefault(row.id(), new TreeMap<>());
        return Portraits.framework(row, registry, connected, recovered, offers, constraints);
    }

    private <K> SortedMap<K, List<Offer>> byKey(Function<Offer, K> key) {
        var grouped = new TreeMap<K, List<Offer>>();
        for (var offer : soft.offers()) {
            grouped.computeIfAbsent(key.apply(offer), k -> new ArrayList<>()).add(offer);
        }
        return grouped;
    }
}
