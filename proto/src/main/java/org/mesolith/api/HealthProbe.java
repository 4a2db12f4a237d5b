package org.mesolith.api;

import java.time.Duration;

/**
 * A probe whose failures end the task (Mesos: HealthCheck).
 *
 * @param grace from the task's start; failures in it count only after a first success
 * @param failuresMax as many in a row end the task; 0 counts as 1
 */
public record HealthProbe(TaskProbe probe, Duration grace, long failuresMax) {}
