package org.mesolith.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Revocable resources: what an agent lends on top of what it has, because experience says that not all of that is used
 * at a time. Mesos: oversubscription.
 */
public final class Lent {
    private Lent() {}

    /** What cannot be lent, as sentences; empty when all of it can. */
    public static List<String> problems(Resources lent) {
        var problems = new ArrayList<String>();
        for (var resource : lent) {
            var kind = resource.kind();
            if (!kind.revocable()) {
                problems.add("resource " + resource + " is not revocable; only what can be taken back is lent");
            } else if (!resource.isScalar()) {
                problems.add("resource " + resource + " is not an amount; ranges and sets cannot be lent twice");
            } else if (kind.isReserved() || kind.disk() != null || kind.shared() || kind.allocatedRole() != null) {
                problems.add("resource " + resource
                        + " is reserved, allocated, shared or a disk of its own; lend amounts, as cpus:2;mem:512");
            }
        }
        return problems;
    }

    /**
     * All that an agent lends: what is in use, and what of the fixed amount is not. More is in use than that only after
     * the amount was made smaller; then nothing is free until it is given back.
     *
     * @param fixed revocable amounts that may be in use together
     * @param inUse revocable amounts that tasks and executors hold
     */
    public static Resources total(Resources fixed, Resources inUse) {
        return inUse.plus(fixed.without(inUse));
    }

    /** Plain amounts, as an operator names them, as ones that can be taken back. */
    public static Resources of(Resources plain) {
        return plain.mapKinds(kind -> kind.withRevocable(true));
    }
}
