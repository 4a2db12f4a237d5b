package org.mesolith.leader.offer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Launched;
import org.mesolith.leader.event.LeaderEvent.AgentMatched;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.FrameworkUp;
import org.mesolith.leader.event.LeaderEvent.OfferWishesSet;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferId;
import org.mesolith.model.Resources;
import org.mesolith.state.Change;
import org.mesolith.state.FrameworkCommand.AcceptOffers;
import org.mesolith.state.Outcome;
import org.mesolith.state.Result;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.TaskRow;

/** What happens to offers when agents, frameworks or the registry change. */
final class OfferChanges {
    private final OfferDesk desk;
    private final Rounds rounds;
    private final InverseBook inverse;
    private final Rescinds rescinds;

    OfferChanges(OfferDesk desk, Rounds rounds, InverseBook inverse) {
        this.desk = desk;
        this.rounds = rounds;
        this.inverse = inverse;
        this.rescinds = new Rescinds(desk);
    }

    /** A framework has a new stream: what it was offered on another one is void, without notice. */
    List<Effect> up(FrameworkUp up) {
        drop(up.framework());
        inverse.gone(up.framework());
        desk.filters().clear(up.framework());
        desk.wishes().connected(up.framework(), up.suppressedRoles(), up.wishes());
        return rounds.want();
    }

    /** A framework has no stream. */
    void down(FrameworkId framework) {
        drop(framework);
        inverse.gone(framework);
        desk.filters().clear(framework);
        desk.wishes().disconnected(framework);
    }

    /**
     * A framework said anew which roles want nothing, and what it wants for the others; offers made stay, and the next
     * periodic round is the first that knows.
     */
    List<Effect> wished(OfferWishesSet set) {
        var revived = desk.wishes().replace(set.framework(), set.suppressedRoles(), set.wishes());
        desk.filters().clear(set.framework(), revived);
        return List.of();
    }

    /** An agent has a link. */
    List<Effect> up(AgentId agent) {
        desk.supplies().linked(agent, true);
        return List.of();
    }

    /** An agent's tasks are what they are promised to be: what is free on it is known. */
    List<Effect> matched(AgentMatched matched) {
        return matched.listed() == null ? rounds.want(matched.agent()) : rounds.wantSoon(matched.agent());
    }

    /** An agent has no link. */
    List<Effect> down(AgentId agent) {
        desk.supplies().linked(agent, false);
        var effects = rescind(desk.book().openOf(agent));
        effects.addAll(inverse.gone(agent));
        return effects;
    }

    /** Something was decided. */
    List<Effect> applied(Applied applied) {
        var effects = new ArrayList<Effect>();
        if (applied.entry().command() instanceof AcceptOffers accept) {
            settle(accept, applied.outcome());
        }
        if (applied.outcome() instanceof Outcome.Accepted accepted) {
            refresh(applied, accepted.changes(), effects);
            for (var change : accepted.changes()) {
                effects.addAll(follow(applied, change));
            }
            if (accepted.changes().stream().anyMatch(change -> weighsUsedRole(applied, change))) {
                effects.addAll(rescind(desk.book().openThat(offer -> true)));
            }
        }
        return effects;
    }

    /** The accept's offers end; what its tasks did not use returns, with the filter of the call. */
    private void settle(AcceptOffers accept, Outcome outcome) {
        var left = Resources.EMPTY;
        var refuse = Duration.ZERO;
        for (var id : accept.offers()) {
            var offer = desk.book().remove(id);
            if (offer != null) {
                left = left.plus(offer.resources());
                refuse = offer.filters().refuse();
            }
        }
        if (outcome instanceof Outcome.Accepted(var _, Result.OffersAccepted _) && !left.isEmpty()) {
            left = left.without(Launched.resources(accept, outcome).unallocated());
            for (var consumed : Launched.converted(accept, outcome)) {
                left = left.without(consumed);
            }
            desk.filters().add(accept.framework(), accept.role(), accept.agent(), left, refuse);
        }
    }

    private void refresh(Applied applied, List<Change> changes, List<Effect> effects) {
        SortedSet<AgentId> touched = new TreeSet<>();
        for (var change : changes) {
            switch (change) {
                case Change.AgentPut(var row) -> touched.add(row.id());
                case Change.AgentRemoved(var id) -> touched.add(id);
                case Change.TaskPut(var row) -> {
                    var before = applied.before().task(row.key());
                    if (before == null ? row.holdsResources() : !holdsTheSame(before, row)) {
                        touched.add(row.agent());
                        desk.wishes().changed(row.framework());
                    }
                }
                case Change.TaskRemoved(var key) -> {
                    var before = applied.before().task(key);
                    if (before != null && before.holdsResources()) {
                        touched.add(before.agent());
                        desk.wishes().changed(before.framework());
                    }
                }
                case Change.ExecutorPut(var row) -> {
                    touched.add(row.agent());
                    desk.wishes().changed(row.framework());
                }
                case Change.ExecutorRemoved(var framework, var agent, var _) -> {
                    touched.add(agent);
                    desk.wishes().changed(framework);
                }
                case Change.FrameworkPut(var row) -> desk.wishes().changed(row.id());
                case Change.FrameworkRemoved(var id) -> {
                    desk.wishes().changed(id);
                    rounds.forget(id);
                }
                default -> {}
            }
        }
        for (var agent : touched) {
            desk.supplies().refresh(agent, applied.after());
            if (desk.supplies().isOverdrawn(agent)) {
                effects.addAll(rescind(desk.book().openOf(agent)));
            }
        }
    }

    private static boolean holdsTheSame(TaskRow before, TaskRow after) {
        return before.holdsResources() == after.holdsResources()
                && before.resources().equals(after.resources());
    }

    private List<Effect> follow(Applied applied, Change change) {
        return switch (change) {
            case Change.AgentPut(var row) -> changed(row, applied.before().agent(row.id()));
            case Change.AgentRemoved(var id) -> {
                desk.filters().clear(id);
                var effects = rescind(desk.book().openOf(id));
                effects.addAll(inverse.gone(id));
                yield effects;
            }
            case Change.QuotaPut(var quota) -> rescinds.quota(applied.after(), quota);
            case Change.MaintenancePut _ -> maintained(applied);
            case Change.FrameworkPut(var row) -> changed(row, applied.before().framework(row.id()));
            default -> List.of();
        };
    }

    private List<Effect> changed(AgentRow row, @Nullable AgentRow before) {
        if (!row.isRegistered()) {
            desk.filters().clear(row.id());
            return rescind(desk.book().openOf(row.id()));
        }
        if (before == null || (before.info().equals(row.info()) && before.deactivated() == row.deactivated())) {
            return List.of();
        }
        if (!before.info().attributes().equals(row.info().attributes())) {
            desk.filters().clear(row.id());
        }
        var effects = new ArrayList<Effect>();
        if (row.deactivated()) {
            effects.addAll(rescind(desk.book().openOf(row.id())));
            effects.addAll(inverse.gone(row.id()));
        } else if (!before.total().revocable().isSameAs(row.total().revocable())) {
            // A new estimate of what can be taken back at any time: what was offered of the old one is void.
            effects.addAll(rescind(desk.book()
                    .openThat(offer -> offer.agent().equals(row.id())
                            && !offer.resources().revocable().isEmpty())));
        }
        effects.addAll(rounds.want(row.id()));
        return effects;
    }

    /** Agents that are taken down at another time than before: offers and questions are made anew. */
    private List<Effect> maintained(Applied applied) {
        var effects = new ArrayList<Effect>();
        for (var row : applied.after().agents()) {
            var hostname = row.info().hostname();
            var before = applied.before().maintenance().of(hostname, row.address());
            var after = applied.after().maintenance().of(hostname, row.address());
            if (row.isRegistered() && !Objects.equals(before, after)) {
                effects.addAll(rescind(desk.book().openOf(row.id())));
                effects.addAll(inverse.changed(row.id()));
                effects.addAll(rounds.want(row.id()));
            }
        }
        return effects;
    }

    /** Offers of roles that the framework left are taken back. */
    private List<Effect> changed(FrameworkRow row, @Nullable FrameworkRow before) {
        if (before == null || before.info().roles().equals(row.info().roles())) {
            return List.of();
        }
        var left = new ArrayList<>(before.info().roles());
        left.removeAll(row.info().roles());
        desk.filters().clear(row.id(), left);
        return rescind(
                desk.book().openThat(offer -> offer.framework().equals(row.id()) && left.contains(offer.role())));
    }

    private static boolean weighsUsedRole(Applied applied, Change change) {
        if (!(change instanceof Change.WeightPut(var weight))) {
            return false;
        }
        for (var row : applied.after().frameworks()) {
            if (row.info().roles().contains(weight.role())) {
                return true;
            }
        }
        return false;
    }

    private List<Effect> rescind(List<OfferId> offers) {
        var effects = new ArrayList<Effect>();
        offers.forEach(id -> effects.addAll(OfferCalls.rescind(desk, id)));
        return effects;
    }

    private void drop(FrameworkId framework) {
        desk.book().openOf(framework).forEach(desk.book()::remove);
    }
}
