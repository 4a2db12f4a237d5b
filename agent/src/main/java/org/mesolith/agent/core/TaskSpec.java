package org.mesolith.agent.core;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.HealthProbe;
import org.mesolith.api.TaskProbe;
import org.mesolith.api.UriFetch;

/**
 * What the agent needs of a {@code mesos.v1.TaskInfo} and its framework to run a command task.
 *
 * @param name free text, may be empty
 * @param user who runs it: the command's user, else the framework's; empty for the agent's own
 * @param killGrace time between TERM and KILL when the call names none
 * @param completionTimeMax after this long the task is killed and has failed; null for no bound
 * @param killingState whether the framework wants to see TASK_KILLING
 * @param volumes persistent volumes among its resources
 * @param uris what its sandbox must hold before it starts
 * @param check whose results are told, null for none
 * @param health whose failures end the task, null for none
 * @param around what it shares with the executor around it, and shows itself
 */
public record TaskSpec(
        String name,
        Command command,
        String user,
        Duration killGrace,
        @Nullable Duration completionTimeMax,
        List<ProcessLimit> limits,
        boolean killingState,
        List<Mount> volumes,
        List<UriFetch> uris,
        @Nullable TaskProbe check,
        @Nullable HealthProbe health,
        Around around) {
    /** What counts when neither the call nor the task names a grace (Mesos: kill policy). */
    public static final Duration DEFAULT_KILL_GRACE = Duration.ofSeconds(3);

    public TaskSpec {
        limits = List.copyOf(limits);
        volumes = List.copyOf(volumes);
        uris = List.copyOf(uris);
    }

    /** A task that shares no directories. */
    public TaskSpec(
            String name,
            Command command,
            String user,
            Duration killGrace,
            @Nullable Duration completionTimeMax,
            List<ProcessLimit> limits,
            boolean killingState,
            List<Mount> volumes,
            List<UriFetch> uris,
            @Nullable TaskProbe check,
            @Nullable HealthProbe health) {
        this(
                name,
                command,
                user,
                killGrace,
                completionTimeMax,
                limits,
                killingState,
                volumes,
                uris,
                check,
                health,
                Around.NOTHING);
    }

    /** A task without persistent volumes that wants nothing fetched and nothing checked. */
    public TaskSpec(
            String name,
            Command command,
            String user,
            Duration killGrace,
            @Nullable Duration completionTimeMax,
            List<ProcessLimit> limits,
            boolean killingState) {
        this(name, command, user, killGrace, completionTimeMax, limits, killingState, List.of());
    }

    /** A task that wants nothing fetched and nothing checked. */
    public TaskSpec(
            String name,
            Command command,
            String user,
            Duration killGrace,
            @Nullable Duration completionTimeMax,
            List<ProcessLimit> limits,
            boolean killingState,
            List<Mount> volumes) {
        this(name, command, user, killGrace, completionTimeMax, limits, killingState, volumes, List.of(), null, null);
    }

    /** The same task with another command. */
    public TaskSpec running(Command other) {
        return new TaskSpec(
                name,
                other,
                user,
                killGrace,
                completionTimeMax,
                limits,
                killingState,
                volumes,
                uris,
                check,
                health,
                around);
    }

    /**
     * What is executed.
     *
     * @param shell true: {@code value} is a line for {@code /bin/sh -c}; false: {@code value} is a program and
     *     {@code arguments} its arguments, the program's name first
     */
    public record Command(boolean shell, String value, List<String> arguments, List<Variable> environment) {
        public Command {
            arguments = List.copyOf(arguments);
            environment = List.copyOf(environment);
        }
    }

    /**
     * A persistent volume and where the task wants to see it.
     *
     * @param path below the sandbox, as the framework wrote it
     * @param shared whether tasks of other users may use it at the same time
     */
    public record Mount(VolumePath volume, String path, boolean shared) {}

    /**
     * Directories that are seen at more than one place.
     *
     * @param volumes persistent volumes of the built-in executor around the task; they are seen in its sandbox
     * @param user whose they are there: the default user of the framework
     * @param links what the task wants to see in its own sandbox
     */
    public record Around(List<Mount> volumes, String user, List<SandboxLink> links) {
        /** Of a task by itself. */
        public static final Around NOTHING = new Around(List.of(), "", List.of());

        public Around {
            volumes = List.copyOf(volumes);
            links = List.copyOf(links);
        }
    }

    /**
     * A directory of a sandbox, and where the task wants to see it (Mesos: SANDBOX_PATH).
     *
     * @param ofParent whether it lies in the sandbox of the built-in executor around the task, else in its own
     * @param source below that sandbox, as the framework wrote it; made when it is not there
     * @param path below the task's sandbox, as the framework wrote it
     */
    public record SandboxLink(boolean ofParent, String source, String path) {}

    /** An environment variable; a later one of the same name wins. */
    public record Variable(String name, String value) {}

    /**
     * A bound that the operating system keeps for each process (Mesos: RLimitInfo).
     *
     * @param resource as {@code prlimit} names it: nofile, core, as, …
     * @param soft null for unlimited
     * @param hard null for unlimited
     */
    public record ProcessLimit(
            String resource, @Nullable Long soft, @Nullable Long hard) {}
}
