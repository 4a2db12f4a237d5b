package org.mesolith.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A master or an agent over all its lives: the same directory and, once it has been known to others, the same ports.
 */
public final class Member {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
    private static final int START_TRIES = 8;
    private static final Pattern ROLE = Pattern.compile("\"role\"\\s*:\\s*\"([A-Z]+)\"");

    /** What to start: given the ports, the command line. */
    public interface CommandLine {
        /** The whole command line for these ports; an agent has no Raft port. */
        List<String> of(int httpPort, int raftPort);
    }

    private final String name;
    private final Path directory;
    private final CommandLine commandLine;
    private final Map<String, String> environment;
    private final FreePorts ports;
    private volatile int httpPort;
    private volatile int raftPort;
    private volatile int announcedPort;
    private volatile @Nullable OsProcess process;
    private volatile @Nullable Wires wires;

    Member(String name, Path directory, CommandLine commandLine, Map<String, String> environment, FreePorts ports) {
        this.name = name;
        this.directory = directory;
        this.commandLine = commandLine;
        this.environment = Map.copyOf(environment);
        this.ports = ports;
        choosePorts();
    }

    /** For messages and file names, for example {@code master-1}. */
    public String name() {
        return name;
    }

    /** Holds its work directory and its log. */
    public Path directory() {
        return directory;
    }

    /** {@code 127.0.0.1:port} of its HTTP door. */
    public String address() {
        return "127.0.0.1:" + httpPort;
    }

    /** {@code 127.0.0.1:port} that it tells others. */
    public String announcedAddress() {
        return announcedPort == 0 ? address() : "127.0.0.1:" + announcedPort;
    }

    /** Others reach it at this port, by these wires. Before the first life only. */
    void announce(int port, Wires by) {
        announcedPort = port;
        wires = by;
    }

    /** Where its HTTP door is. */
    int httpPort() {
        return httpPort;
    }

    /** Where the other masters reach it. */
    int raftPort() {
        return raftPort;
    }

    /** The current life, or the last one. Fails before the first. */
    public OsProcess process() {
        OsProcess current = process;
        if (current == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return current;
    }

    /** True while its process lives. */
    public boolean isAlive() {
        OsProcess current = process;
        return current != null && current.isAlive();
    }

    /** Starts the process and returns at once. */
    public void start() {
        if (isAlive()) {
            throw new IllegalStateException(
                    name + " runs already (pid " + process().pid() + ")");
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new IllegalStateException("cannot make the directory of " + name, failed);
        }
        Wires by = wires;
        if (by != null) {
            by.isUp(name);
        }
        OsProcess begun = OsProcess.start(
                name,
                new ArrayList<>(commandLine.of(httpPort, raftPort)),
                environment,
                directory,
                directory.resolve("log"));
        process = begun;
        if (by != null) {
            begun.whenEnded(() -> {
                if (begun.equals(process)) {
                    by.isDown(name);
                }
            });
        }
    }

    /**
     * Starts the process and waits until it answers. If it ends because somebody else has its port, it is tried again:
     * on other ports if {@code portsMayChange}, else on the same.
     */
    public void startAndAwaitHealth(Duration max, boolean portsMayChange) {
        start();
        for (int attempt = 1; !becomesHealthy(max); attempt++) {
            if (!process().tail().contains("in use") || attempt == START_TRIES) {
                throw new IllegalStateException(name + " ended with status "
                        + process().exitStatus() + " instead of answering; its output ends with:\n"
                        + process().tail());
            }
            if (portsMayChange) {
                choosePorts();
            }
            start();
        }
    }

    /** Waits until it answers {@code GET /health}; fails with the end of its log if it ends or stays silent. */
    public void awaitHealth(Duration max) {
        if (!becomesHealthy(max)) {
            throw new IllegalStateException(name + " ended with status "
                    + process().exitStatus() + " instead of answering; its output ends with:\n"
                    + process().tail());
        }
    }

    /**
     * Waits until a master that was started has opened its part of the group. Its door answers before: until then it
     * neither votes nor hears what others write. Returns at once for whoever is in no group.
     */
    public void awaitTakingPart(Duration max) {
        Waiting.until(
                name + " to take part in its group",
                max,
                () -> role().equals("STARTING") ? "it is still STARTING" : "");
    }

    /** What it answers to a GET. */
    public Probe get(String path) {
        return Probe.get(address(), path, ANSWER_MAX);
    }

    /**
     * What {@code GET /raft} says it is (LEADER, FOLLOWER, CANDIDATE, WAITING), or the empty text if it does not
     * answer.
     */
    public String role() {
        Probe probe = get("/raft");
        Matcher role = ROLE.matcher(probe.body());
        return probe.isOk() && role.find() ? role.group(1) : "";
    }

    /** True if it leads and serves: a leader that is still catching up answers 503. */
    public boolean isServingLeader() {
        return role().equals("LEADER")
                && Probe.ask(address(), "/api/v1", "{\"type\":\"GET_MASTER\"}", ANSWER_MAX)
                        .isOk();
    }

    private boolean becomesHealthy(Duration max) {
        try {
            Waiting.until(name + " to answer", max, () -> {
                if (!isAlive()) {
                    return "";
                }
                Probe health = get("/health");
                return health.isOk() ? "" : "GET /health: " + (health.status() == 0 ? health.body() : health.status());
            });
        } catch (IllegalStateException late) {
            throw new IllegalStateException(
                    late.getMessage() + "; the output of " + name + " ends with:\n"
                            + process().tail(),
                    late);
        }
        return isAlive();
    }

    /** The next life is at other ports, as if the machine had another address. Between two lives only. */
    public void move() {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs; end it before it moves");
        }
        choosePorts();
    }

    private void choosePorts() {
        httpPort = ports.next();
        raftPort = ports.next();
    }
}
