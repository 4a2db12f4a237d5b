package org.mesolith.view;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentView;
import org.mesolith.api.FrameworkView;
import org.mesolith.api.TaskView;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.Resources;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.TaskDetail;
import org.mesolith.state.row.TaskRow;

/** Single agents, frameworks and tasks as they are shown, wherever they are shown. */
public final class Portraits {
    private Portraits() {}

    /**
     * An agent.
     *
     * @param connected it has a link
     * @param peer address of its link
     * @param offers of it that are open
     * @param drainBegun when it began to be emptied, null when nobody knows
     */
    public static AgentView agent(
            AgentRow row,
            Registry registry,
            boolean connected,
            String peer,
            List<Offer> offers,
            @Nullable Instant drainBegun) {
        var drain = row.drain();
        return new AgentView(
                row.id(),
                own(row),
                connected && !row.deactivated(),
                row.deactivated(),
                "slave(1)@" + peer + ":" + row.info().port(),
                row.registeredAt(),
                row.reregisteredAt(),
                row.total(),
                registry.allocated(row.id()),
                sum(offers),
                drain == null
                        ? null
                        : new AgentView.Drain(drain.maxGrace(), drain.markGone(), drain.drained(), drainBegun));
    }

    /** What an agent says of itself, without what it lends on top of what it has; that is a part of its total. */
    public static AgentInfo own(AgentRow row) {
        return row.info().withResources(row.info().resources().nonRevocable());
    }

    /**
     * A framework that has not ended.
     *
     * @param connected it has a stream
     * @param recovered it is known from before the leader changed and not yet back
     * @param offers to it that are open
     * @param constraints agents that it wants to be offered, by role
     */
    public static FrameworkView framework(
            FrameworkRow row,
            Registry registry,
            boolean connected,
            boolean recovered,
            List<Offer> offers,
            SortedMap<String, OfferConstraints> constraints) {
        return new FrameworkView(
                row.id(),
                row.info(),
                connected,
                connected,
                recovered,
                row.registeredAt(),
                row.reregisteredAt(),
                null,
                offers,
                allocated(row.id(), registry),
                sum(offers),
                constraints);
    }

    /** A task, live or completed. */
    public static TaskView task(TaskRow row, TaskDetail detail) {
        return new TaskView(
                row.key(),
                detail.name(),
                row.agent(),
                row.executor(),
                row.state(),
                row.updateState(),
                row.updateUuid(),
                row.resources(),
                detail.statuses(),
                detail.taskInfo());
    }

    private static Resources allocated(FrameworkId framework, Registry registry) {
        var sum = Resources.EMPTY;
        for (var task : registry.tasksOfFramework(framework)) {
            sum = task.holdsResources() ? sum.plus(task.resources()) : sum;
        }
        return sum;
    }

    private static Resources sum(List<Offer> offers) {
        var sum = Resources.EMPTY;
        for (var offer : offers) {
            sum = sum.plus(offer.resources());
        }
        return sum;
    }
}
