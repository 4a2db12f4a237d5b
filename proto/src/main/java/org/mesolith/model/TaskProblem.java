package org.mesolith.model;

/**
 * What is wrong with a task, and at which step of the validation it shows; the first step in the order decides.
 *
 * @param text the sentence that the framework gets with TASK_ERROR
 */
public record TaskProblem(Step step, String text) {
    /** Steps of the validation of a task, in Mesos' order. The codec judges those that need no state. */
    public enum Step {
        TASK_ID,
        UNIQUE_ID,
        AGENT_ID,
        KILL_POLICY,
        MAX_COMPLETION_TIME,
        CHECK,
        HEALTH_CHECK,
        RESOURCES,
        COMMAND,
        CONTAINER,
        LIMITS,
        EXECUTOR,
        OVERLAP,
        OFFERED,
        CGROUPS
    }
}
