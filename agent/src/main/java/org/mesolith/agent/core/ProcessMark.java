package org.mesolith.agent.core;

/**
 * Names a process so that another one with the same number is never taken for it.
 *
 * @param startTicks when it started, clock ticks since boot (field 22 of {@code /proc/PID/stat})
 * @param bootId of the kernel that it ran under
 */
public record ProcessMark(long pid, long startTicks, String bootId) {}
