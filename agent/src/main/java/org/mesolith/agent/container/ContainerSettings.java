package org.mesolith.agent.container;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.ExecutorTokens;

/**
 * What the containers must know of the agent's settings.
 *
 * @param workDir absolute; sandboxes lie below
 * @param runtimeDir absolute; marks and scripts of supervisors lie below
 * @param subtree name of our directory below the root of a cgroup hierarchy
 * @param switchUser whether tasks run as the user they ask for
 * @param stdioBytesMax above this stdout and stderr of a task are each cut; the bytes before are kept in one more file
 * @param sandboxAgeMax how long sandboxes are kept when nobody uses them any more, at most
 * @param doors where the agent can be called
 * @param environment for every task, weaker than its own
 */
public record ContainerSettings(
        Path workDir,
        Path runtimeDir,
        String subtree,
        boolean switchUser,
        long stdioBytesMax,
        Duration sandboxAgeMax,
        Doors doors,
        Map<String, String> environment) {
    /**
     * Where the agent can be called, as tasks and executors are told.
     *
     * @param endpoint {@code ip:port} of the agent's HTTP door
     * @param socket path of its Unix domain socket for executors of frameworks; null for none
     * @param recovery for how long executors are told to look for an agent that is away
     * @param tokens by which these show who they are; null: they get none
     */
    public record Doors(
            String endpoint,
            @Nullable Path socket,
            Duration recovery,
            @Nullable ExecutorTokens tokens) {}

    /** A supervisor that did not say in this time that it started is taken never to start. */
    public static final Duration START_MAX = Duration.ofSeconds(20);

    /** Supervisors that are being started at a time. */
    public static final int STARTS_MAX = 8;

    /** How often the process table is looked at for supervisors that ended without a word. */
    public static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** How often everything is looked at when the kernel gives no notices of new files. */
    public static final Duration LOOK_WITHOUT_NOTICES = Duration.ofMillis(100);

    /** Files and directories of one sandbox or volume that are looked at when its size is measured. */
    public static final long DISK_ENTRIES_MAX = 200_000;

    /** Time for looking at them. */
    public static final Duration DISK_LOOK_MAX = Duration.ofSeconds(5);

    public ContainerSettings {
        environment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
