package org.mesolith.agent.core;

/** The two ways in which a task is looked at. */
public enum ProbeKind {
    /** Its results are told (Mesos: CheckInfo). */
    CHECK,
    /** Its failures end the task (Mesos: HealthCheck). */
    HEALTH
}
