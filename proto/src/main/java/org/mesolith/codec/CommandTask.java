package org.mesolith.codec;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.HealthProbe;
import org.mesolith.api.TaskProbe;
import org.mesolith.api.UriFetch;

/**
 * A task that is a command: what an agent runs and what a small framework launches.
 *
 * @param name for people, may be empty
 * @param shell true: {@code value} is a line for the shell; false: {@code value} is a program, {@code arguments} its
 *     argv
 * @param user who runs it, null when the task does not say
 * @param killGrace between TERM and KILL, null when the task does not say
 * @param maxCompletionTime after which it is killed, null for never
 * @param limits of each process (setrlimit)
 * @param unmet what the task asks for beside all this, as names of fields: whoever runs it without must not claim to
 * @param uris what it wants in its sandbox before it starts
 * @param check whose results are told, null for none
 * @param health whose failures end the task, null for none
 */
public record CommandTask(
        String name,
        boolean shell,
        String value,
        List<String> arguments,
        List<Variable> environment,
        @Nullable String user,
        @Nullable Duration killGrace,
        @Nullable Duration maxCompletionTime,
        List<ProcessLimit> limits,
        List<String> unmet,
        List<UriFetch> uris,
        @Nullable TaskProbe check,
        @Nullable HealthProbe health) {
    public CommandTask {
        uris = List.copyOf(uris);
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        limits = List.copyOf(limits);
        unmet = List.copyOf(unmet);
    }

    /** A task that wants nothing fetched and nothing checked. */
    public CommandTask(
            String name,
            boolean shell,
            String value,
            List<String> arguments,
            List<Variable> environment,
            @Nullable String user,
            @Nullable Duration killGrace,
            @Nullable Duration maxCompletionTime,
            List<ProcessLimit> limits,
            List<String> unmet) {
        this(
                name,
                shell,
                value,
                arguments,
                environment,
                user,
                killGrace,
                maxCompletionTime,
                limits,
                unmet,
                List.of(),
                null,
                null);
    }

    /** The same task that wants these files, and is checked so. */
    public CommandTask with(List<UriFetch> files, @Nullable TaskProbe told, @Nullable HealthProbe watched) {
        return new CommandTask(
                name,
                shell,
                value,
                arguments,
                environment,
                user,
                killGrace,
                maxCompletionTime,
                limits,
                unmet,
                files,
                told,
                watched);
    }

    /** An environment variable; a later one of the same name wins. */
    public record Variable(String name, String value) {}

    /**
     * A bound for each process.
     *
     * @param resource in small letters without prefix: {@code nofile}, {@code core}, …
     * @param soft null for unlimited; unsigned
     * @param hard null for unlimited; unsigned
     */
    public record ProcessLimit(
            String resource, @Nullable Long soft, @Nullable Long hard) {}
}
