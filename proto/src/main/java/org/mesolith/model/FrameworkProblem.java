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
        ROLES("framework_info.roles"),
        WHITELIST("framework_info.roles"),
        ROOT("framework_info.user"),
        COMPLETED("framework_info.id"),
        ID("framework_info.id"),
        OFFER_FILTERS("framework_info.offer_filters"),
        FAILOVER_TIMEOUT("framework_info.failover_timeout"),
        SUPPRESSED_ROLES("suppressed_roles"),
        CONSTRAINED_ROLES("offer_constraints"),
        CONSTRAINTS("offer_constraints"),
        AUTHORIZATION("framework_info.roles");

        private final String field;

        Step(String field) {
            this.field = field;
        }

        /** The field that it is about, below the call's own. */
        public String field() {
            return field;
        }
    }
}
