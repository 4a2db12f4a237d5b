package org.mesolith.state;

import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.Hasher;
import org.mesolith.state.row.RowHash;

/**
 * Fingerprint of a registry: the sum of a hash of each row, so that it is kept up with each change and does not depend
 * on the order in which rows came to be.
 */
public final class Digest {
    private Digest() {}

    /** The fingerprint counted anew from every row; equal to {@link Registry#digest}, or something is wrong. */
    public static long recount(Registry registry) {
        long sum = RowHash.of(registry.cluster()) + RowHash.of(registry.counters()) + RowHash.of(registry.time());
        for (var agent : registry.agents()) {
            sum += RowHash.of(agent);
        }
        for (var agent : registry.goneAgents()) {
            sum += RowHash.of(agent);
        }
        for (var framework : registry.completedFrameworks()) {
            sum += RowHash.of(framework);
            sum += ofTasks(registry, framework.framework());
        }
        for (var framework : registry.frameworks()) {
            sum += RowHash.of(framework);
            sum += ofTasks(registry, framework);
        }
        for (var framework : registry.operating()) {
            for (var operation : registry.operationsOf(framework)) {
                sum += RowHash.of(operation);
            }
        }
        sum += RowHash.of(registry.maintenance()) + RowHash.of(registry.membership());
        sum += registry.journal().hash();
        for (var plan : registry.drainPlans()) {
            sum += RowHash.of(plan);
        }
        for (var note : registry.reservationNotes()) {
            sum += RowHash.of(note);
        }
        for (var declaration : registry.declarations()) {
            sum += RowHash.of(declaration);
        }
        for (var quota : registry.quotas()) {
            sum += RowHash.of(quota);
        }
        for (var weight : registry.weights()) {
            sum += RowHash.of(weight);
        }
        for (var request : registry.requests()) {
            sum += of(request);
        }
        return sum;
    }

    private static long ofTasks(Registry registry, FrameworkRow framework) {
        long sum = 0;
        for (var task : registry.tasksOfFramework(framework.id())) {
            sum += RowHash.of(task);
        }
        for (var executor : registry.executorsOfFramework(framework.id())) {
            sum += RowHash.of(executor);
        }
        for (var task : registry.completedTasks(framework.id())) {
            sum += RowHash.of(task);
        }
        return sum;
    }

    /** The result is left out: it follows from what the command did, which is in the other rows. */
    static long of(RequestRow row) {
        return new Hasher(11)
                .add(row.key().scope())
                .add(row.key().key())
                .add(row.at().index())
                .add((long) row.at().ordinal())
                .add((long) row.kind().number())
                .done();
    }
}
