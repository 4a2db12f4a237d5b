package org.mesolith.sim;

import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.model.AgentId;
import org.mesolith.model.OfferId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Reserved;
import org.mesolith.model.Resources;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Command;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.Registry;
import org.mesolith.state.ReservationCommand;

/** What must hold whenever something is granted: on the agent, and of the role's quota. */
final class GrantChecks {
    /** Which of its role's claims each offer knew of. */
    private final TreeMap<OfferId, Integer> claimsByOffer = new TreeMap<>();

    /** By top-level role: how often something but a launch has changed what it has or may have. */
    private final TreeMap<String, Integer> claims = new TreeMap<>();

    /** Roles whose limit was forced. */
    private final TreeSet<String> forced = new TreeSet<>();

    private int changes;

    /** A framework was shown an offer. */
    void offered(OfferId offer, String role) {
        claimsByOffer.put(offer, claimsOf(role));
    }

    private int claimsOf(String role) {
        return changes + claims.getOrDefault(role, 0);
    }

    /** A command was accepted. */
    void accepted(Registry before, Command command, Registry after) {
        switch (command) {
            case FrameworkCommand.AcceptOffers accept -> {
                onAgent(after, accept.agent());
                withinLimit(before, accept, after);
            }
            case ReservationCommand.OperateAgent(var agent, var _) -> {
                onAgent(after, agent);
                changes++;
            }
            case QuotaCommand.UpdateQuotas(var quotas, boolean force) ->
                quotas.forEach(quota -> {
                    claims.merge(quota.role(), 1, Integer::sum);
                    if (force && !quota.isNone()) {
                        forced.add(quota.role());
                    } else {
                        forced.remove(quota.role());
                    }
                });
            case AgentCommand _ -> changes++;
            default -> {}
        }
    }

    /** Reservations are made of what is configured, and tasks use no more than there is. */
    private static void onAgent(Registry after, AgentId agent) {
        var row = after.agent(agent);
        if (row == null) {
            return;
        }
        var configured = Reserved.configured(row.total());
        Must.hold(
                configured.isSameAs(row.info().resources()),
                () -> "agent " + agent + " has " + row.info().resources() + ", and its total is made of " + configured);
        var used = after.allocated(agent).unallocated();
        Must.hold(
                row.total().contains(used.nonShared()),
                () -> "tasks of agent " + agent + " hold " + used + " of " + row.total());
        Must.hold(
                row.total().contains(used.shared().withSingleCopies()),
                () -> "tasks of agent " + agent + " hold volumes that it does not have: " + used);
    }

    /** What a role itself uses of what nobody reserved, with all that is reserved for it. */
    private void withinLimit(Registry before, FrameworkCommand.AcceptOffers accept, Registry after) {
        var role = accept.role();
        var limits = after.quota(role).limits();
        boolean knew =
                accept.offers().stream().allMatch(offer -> claimsByOffer.getOrDefault(offer, -1) == claimsOf(role));
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
