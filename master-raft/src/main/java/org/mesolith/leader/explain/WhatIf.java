package org.mesolith.leader.explain;

import java.time.Instant;
import java.util.List;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;

/**
 * What would be different. "Before" and "after" are both as if every framework that wants offers took all that it is
 * offered; so they differ by the wishes only.
 *
 * @param at the moment of the copy
 * @param remarks what the wishes do that tables do not show, such as tasks that end
 */
public record WhatIf(
        Instant at,
        List<RoleLine> roles,
        List<FrameworkLine> frameworks,
        List<GuaranteeLine> guarantees,
        Quantities unusedBefore,
        Quantities unusedAfter,
        List<String> remarks) {
    public WhatIf {
        roles = List.copyOf(roles);
        frameworks = List.copyOf(frameworks);
        guarantees = List.copyOf(guarantees);
        remarks = List.copyOf(remarks);
    }

    /** How one fares. */
    public enum Fate {
        SAME,
        GAINS,
        LOSES,
        /** More of one resource, less of another. */
        MIXED,
        /** It wants offers and gets nothing, and holds nothing. */
        STARVES
    }

    /**
     * A role that a framework has.
     *
     * @param shareNow dominant share of what its tasks hold, with everything below it, from 0 to 1
     * @param before scalars held for the role itself
     */
    public record RoleLine(
            String role,
            double weightBefore,
            double weightAfter,
            double shareNow,
            double shareBefore,
            double shareAfter,
            Quantities before,
            Quantities after,
            Fate fate) {}

    /** A framework, and the scalars it holds for all its roles. */
    public record FrameworkLine(FrameworkId framework, Quantities before, Quantities after, Fate fate) {}

    /**
     * A quota as it would be.
     *
     * @param consumed by the role and those below it
     * @param lacking of the guarantee; empty when it holds
     * @param over of the limit; empty when it is kept
     * @param text why, in words
     */
    public record GuaranteeLine(
            String role,
            Quantities guarantee,
            QuantityLimits limit,
            Quantities consumed,
            Quantities lacking,
            Quantities over,
            String text) {}
}
