package org.mesolith.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a task is looked at from outside, again and again (Mesos: CheckInfo, and the same part of HealthCheck).
 *
 * @param delay from the task's start to the first look
 * @param interval from the end of one look to the next one
 * @param timeout of one look, null for none
 */
public record TaskProbe(
        Target target,
        Duration delay,
        Duration interval,
        @Nullable Duration timeout) {
    /** What is looked at. */
    public sealed interface Target {}

    /**
     * A command that is run beside the task, as the task's user in its sandbox.
     *
     * @param shell true: {@code value} is a line for the shell; false: {@code value} is a program, {@code arguments}
     *     its
     *     argv
     * @param environment beside the task's own
     */
    public record Command(boolean shell, String value, List<String> arguments, List<Variable> environment)
            implements Target {
        public Command {
            arguments = List.copyOf(arguments);
            environment = List.copyOf(environment);
        }
    }

    /** An environment variable. */
    public record Variable(String name, String value) {}

    /**
     * A GET to the task's own machine.
     *
     * @param encrypted https; any certificate will do
     * @param path with a leading slash, or empty
     */
    public record Http(boolean encrypted, boolean ipv6, int port, String path) implements Target {}

    /** A connection to the task's own machine. */
    public record Tcp(boolean ipv6, int port) implements Target {}
}
