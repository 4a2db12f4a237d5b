package org.mesolith.cli.command.reservation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** Finds one reservation by what an operator types of it. */
final class Bookings {
    private Bookings() {}

    /**
     * The only dynamic reservation of the role on the agent.
     *
     * @param agent its id, a beginning or end that only it has, or its host name
     * @param principal null for whoever made it
     */
    static Booking only(List<Booking> known, String agent, String role, @Nullable String principal) {
        List<Booking> there = known.stream().filter(one -> one.isOn(agent)).toList();
        List<Booking> exact = there.stream()
                .filter(one -> one.agent().equals(agent) || one.host().equals(agent))
                .toList();
        List<Booking> ofRole = (exact.isEmpty() ? there : exact)
                .stream().filter(one -> one.role().equals(role)).toList();
        List<String> agents = ofRole.stream().map(Booking::agent).distinct().toList();
        if (agents.size() > 1) {
            throw new Failure(
                    ExitCode.USAGE,
                    agents.size() + " agents match `" + agent + "` (" + String.join(", ", agents)
                            + "); nothing was changed; give the whole id");
        }
        List<Booking> dynamic = ofRole.stream()
                .filter(one ->
                        one.isDynamic() && (principal == null || one.principal().equals(principal)))
                .toList();
        if (dynamic.size() == 1) {
            return dynamic.getFirst();
        }
        if (dynamic.isEmpty()) {
            String why = ofRole.stream().anyMatch(one -> !one.isDynamic())
                    ? "what is reserved for it there is static: it belongs to the agent's --resources"
                    : "`meso reservation ls --role " + role + "` shows where something is reserved for it";
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "nothing is reserved for `" + role + "` on `" + agent + "`; nothing was changed; " + why);
        }
        throw new Failure(
                ExitCode.USAGE,
                dynamic.size() + " reservations of `" + role + "` are on " + agents.getFirst()
                        + ", which differ in principal or labels; nothing was changed. Principals: "
                        + String.join(
                                ", ", dynamic.stream().map(Booking::principal).toList())
                        + "; choose one with --principal");
    }
}
