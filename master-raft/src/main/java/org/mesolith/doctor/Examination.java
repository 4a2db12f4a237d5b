package org.mesolith.doctor;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What a master thinks of itself at one moment.
 *
 * @param at {@link Instant#EPOCH} before the first look
 */
public record Examination(Instant at, Vitals vitals, List<Neighbour> neighbours, List<Finding> findings) {
    /** Before the first look. */
    public static final Examination NONE = new Examination(Instant.EPOCH, Vitals.NONE, List.of(), List.of());

    public Examination {
        neighbours = List.copyOf(neighbours);
        findings = List.copyOf(findings);
    }

    /** The worst of all. */
    public Finding.Verdict verdict() {
        return findings.stream()
                .map(Finding::verdict)
                .max(Comparator.naturalOrder())
                .orElse(Finding.Verdict.OK);
    }

    /** How many findings have this verdict. */
    public long count(Finding.Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }
}
