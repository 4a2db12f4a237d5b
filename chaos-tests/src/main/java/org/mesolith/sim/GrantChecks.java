package org.mesolith.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.model.AgentId;
import org.mesolith.model.DeclaredKind;
import org.mesolith.model.OfferId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.Reserved;
import org.mesolith.model.Resources;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Command;
import org.mesolith.state.DeclarationCommand;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.Registry;
import org.mesolith.state.ReservationCommand;

/** What must hold whenever something is granted: on the agent, and of the role's quota. */
final class GrantChecks {
    /** Which of its role's claims each offer knew of. */
    private final TreeMap<OfferId, Integer> claimsByOffer = new TreeMap<>();

    /** By top-level role: the commands other than launches that changed what it has or may have. */
    private final TreeMap<String, List<Integer>> claims = new TreeMap<>();

    /** Roles whose limit was forced. */
    private final TreeSet<String> forced = new TreeSet<>();

    /** Those that changed it for every role. */
    private final List<Integer> changes = new ArrayList<>();

    /** Commands accepted or refused so far. */
    private int commands;

    /**
     * A framework was shown an offer.
     *
     * @param applied commands that the leader had applied: one with a slow disk knows less than others
     */
    void offered(OfferId offer, String role, int applied) {
        claimsByOffer.put(offer, claimsOf(role, applied));
    }

    private int claimsOf(String role, int applied) {
        return upTo(applied, changes) + upTo(applied, claims.getOrDefault(role, List.of()));
    }

    private static int upTo(int applied, List<Integer> commands) {
        int count = commands.size();
        while (count > 0 && commands.get(count - 1) > applied) {
            count--;
        }
        return count;
    }

    /** A command was decided, the next one of the log. */
    void decided() {
        commands++;
    }

    /** A command was accepted. */
    void accepted(Registry before, Command command, Registry after) {
        switch (command) {
            case FrameworkCommand.AcceptOffers accept -> {
                onAgent(before, after, accept.agent());
                withinLimit(before, accept, after);
            }
            case ReservationCommand.OperateAgent(var agent, var _) -> {
                onAgent(before, after, agent);
                changes.add(commands);
            }
            case QuotaCommand.UpdateQuotas(var quotas, boolean force) ->
                quotas.forEach(quota -> {
                    claims.computeIfAbsent(quota.role(), role -> new ArrayList<>())
                            .add(commands);
                    if (force && !quota.isNone()) {
                        forced.add(quota.role());
                    } else {
                        forced.remove(quota.role());
                        covered(quota, after);
                    }
                });
            case DeclarationCommand.Declare declare ->
                declare.changes().forEach(change -> {
                    var role = change.object().key();
                    if (declare.kind() == DeclaredKind.QUOTAS
                            && !before.quota(role).equals(after.quota(role))) {
                        claims.computeIfAbsent(role, name -> new ArrayList<>()).add(commands);
                        forced.remove(role);
                        covered(after.quota(role), after);
                    }
                });
            case AgentCommand _, ReservationCommand _ -> changes.add(commands);
            default -> {}
        }
    }

    /**
     * Reservations are made of what is configured, and tasks use no more than there is. Where they did before, for the
     * agent came back with less, nothing more is launched; operations that need nothing of what is missing go on, for
     * ending a reservation is a way out.
     */
    private static void onAgent(Registry before, Registry after, AgentId agent) {
        var row = after.agent(agent);
        if (row == null) {
            return;
        }
        var configured = Reserved.configured(row.total());
        Must.hold(
                configured.isSameAs(row.info().resources()),
                () -> "agent " + agent + " has " + row.info().resources() + ", and its total is made of " + configured);
        var used = after.allocated(agent).unallocated();
        boolean nothingMore = before.allocated(agent).unallocated().equals(used)
                && missing(before, agent).contains(missing(after, agent));
        Must.hold(
                nothingMore || row.total().contains(used.nonShared()),
                () -> "tasks of agent " + agent + " hold " + used + " of " + row.total());
        Must.hold(
                row.total().contains(used.shared().withSingleCopies()),
                () -> "tasks of agent " + agent + " hold volumes that it does not have: " + used);
    }

    /** What its tasks use and the agent does not have. */
    private static Resources missing(Registry registry, AgentId agent) {
        var row = registry.agent(agent);
        var total = row == null ? Resources.EMPTY : row.total();
        return registry.allocated(agent).unallocated().nonShared().without(total);
    }

    /** What a role itself uses of what nobody reserved, with all that is reserved for it. */
    private void withinLimit(Registry before, FrameworkCommand.AcceptOffers accept, Registry after) {
        var role = accept.role();
        var limits = after.quota(role).limits();
        int now = claimsOf(role, commands);
        boolean knew = accept.offers().stream().allMatch(offer -> claimsByOffer.getOrDefault(offer, -1) == now);
        if (limits.milliByName().isEmpty() || forced.contains(role) || !knew) {
            return;
        }
        var was = unreserved(before, role);
        var is = unreserved(after, role);
        var has = is.plus(reserved(after, role));
        limits.milliByName().forEach((name, limit) -> {
            boolean grew = is.milli(name) > was.milli(name);
            Must.hold(
                    !grew || has.milli(name) <= limit,
                    () -> "role " + role + " was given more " + name + ": it has " + has + ", its limits are "
                            + limits);
        });
    }

    /** No limit is below what its role has at that moment, all roles below it included, unless that was forced. */
    private static void covered(Quota quota, Registry registry) {
        var sum = new TreeMap<String, Long>();
        for (var agent : registry.agents()) {
            for (var resource : agent.total().reserved().nonRevocable()) {
                if (isOf(quota.role(), resource.kind().reservations().getLast().role())) {
                    count(Resources.of(resource), sum);
                }
            }
            for (var allocation : registry.allocations(agent.id())) {
                if (isOf(quota.role(), allocation.role())) {
                    count(allocation.resources().unreserved().nonRevocable(), sum);
                }
            }
        }
        quota.limits()
                .milliByName()
                .forEach((name, limit) -> Must.hold(
                        sum.getOrDefault(name, 0L) <= limit,
                        () -> "role " + quota.role() + " was given the limits " + quota.limits() + " and has " + sum));
    }

    private static boolean isOf(String top, String role) {
        return role.equals(top) || role.startsWith(top + "/");
    }

    private static void count(Resources resources, SortedMap<String, Long> sum) {
        var scalars = resources.scalarQuantities();
        scalars.names().forEach(name -> sum.merge(name, scalars.milli(name), Long::sum));
    }

    private static Quantities unreserved(Registry registry, String role) {
        var sum = Resources.EMPTY;
        for (var agent : registry.agents()) {
            for (var allocation : registry.allocations(agent.id())) {
                if (allocation.role().equals(role)) {
                    sum = sum.plus(allocation.resources().unreserved().unallocated());
                }
            }
        }
        return sum.nonRevocable().scalarQuantities();
    }

    private static Quantities reserved(Registry registry, String role) {
        var sum = Quantities.NONE;
        for (var agent : registry.agents()) {
            sum = sum.plus(agent.total().reservedTo(role).nonRevocable().scalarQuantities());
        }
        return sum;
    }
}
