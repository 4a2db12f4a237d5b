package org.mesolith.model;

/**
 * What is wrong with what a framework says of itself, and at which step of the validation it shows; the first step in
 * the order decides.
 *
 * @param text the sentence that the framework gets in the event ERROR
 */
public record FrameworkProblem(Step step, String text) {
    /** Steps of the validation of a framework, in Mesos' order. The codec judges those that need no state. */
    public enum Step {
        ROLES,
        WHITELIST,
        ROOT,
        COMPLETED,
        ID,
        OFFER_FILTERS,
        FAILOVER_TIMEOUT,
        SUPPRESSED_ROLES,
        CONSTRAINED_ROLES,
        CONSTRAINTS,
        AUTHORIZATION
    }
}
