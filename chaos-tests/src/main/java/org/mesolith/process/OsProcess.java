package org.mesolith.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One process of the operating system that we started, with its output in a file. Methods may be called by any thread.
 */
public final class OsProcess {

    private static final Duration GONE_MAX = Duration.ofSeconds(20);
    private static final int TAIL_BYTES = 16 * 1024;

    private final String name;
    private final Process process;
    private final Path log;

    private OsProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a process. Its output is appended to {@code log}; it gets no input.
     *
     * @param environment added to ours, from which everything beginning with {@code MESOS_} is removed
     * @throws IllegalStateException if it cannot be started
     */
    public static OsProcess start(
            String name, List<String> command, Map<String, String> environment, Path directory, Path log) {
        var builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return start(name, builder, environment, directory, log);
    }

    /**
     * Starts a process that talks with us by {@link #input} and {@link #output}; what it says on stderr is appended to
     * {@code log}.
     */
    public static OsProcess startTalking(
            String name, List<String> command, Map<String, String> environment, Path directory, Path log) {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return start(name, builder, environment, directory, log);
    }

    private static OsProcess start(
            String name, ProcessBuilder builder, Map<String, String> environment, Path directory, Path log) {
        try {
            Files.createDirectories(directory);
            builder.directory(directory.toFile());
            builder.environment().keySet().removeIf(variable -> variable.startsWith("MESOS_"));
            builder.environment().putAll(environment);
            return new OsProcess(name, builder.start(), log);
        } catch (IOException failed) {
            throw new IllegalStateException(
                    "cannot start " + name + " (" + builder.command().getFirst() + ")", failed);
        }
    }

    /** For messages. */
    public String name() {
        return name;
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** What it reads; only of one that talks. The end of it is the end of its input. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** What it says; only of one that talks. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** True until it ended, also while it is paused. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Does this as soon as it has ended, on a thread of its own kind. */
    void whenEnded(Runnable deed) {
        var _ = process.onExit().thenRun(deed);
    }

    /** What it ended with (128 + signal for a signal). Fails while it is alive. */
    public int exitStatus() {
        return process.exitValue();
    }

    /** SIGKILL, and waits until it is gone. */
    public void kill() {
        killNow();
        awaitEnd(GONE_MAX);
    }

    /** SIGKILL without waiting: for measuring from this moment. */
    public void killNow() {
        // Not of the Process itself: that would close our end of its output, and what it said last would be lost.
        process.toHandle().destroyForcibly();
    }

    /** SIGTERM, and SIGKILL if it has not ended after {@code grace}. Returns what it ended with. */
    public int stop(Duration grace) {
        process.destroy();
        try {
            if (!process.waitFor(grace.toNanos(), TimeUnit.NANOSECONDS)) {
                kill();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            kill();
        }
        return process.exitValue();
    }

    /** SIGSTOP: it does nothing more, but its connections stay open. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if nothing had happened. */
    public void resume() {
        signal("CONT");
    }

    /** SIGUSR1. */
    public void userSignal() {
        signal("USR1");
    }

    /** Waits until it ended; returns what with. Fails at the deadline with the end of its output. */
    public int awaitEnd(Duration max) {
        if (endsWithin(max)) {
            return process.exitValue();
        }
        throw new IllegalStateException(name + " (pid " + pid() + ") did not end within " + max.toMillis()
                + " ms; its output ends with:\n" + tail());
    }

    /** Waits until it ended, or for so long; whether it has. */
    public boolean endsWithin(Duration max) {
        try {
            return process.waitFor(max.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The file with its output. */
    public Path log() {
        return log;
    }

    /** The end of its output, at most 16 KiB. */
    public String tail() {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL_BYTES));
            byte[] end = new byte[(int) Math.min(TAIL_BYTES, file.length())];
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "(no output: " + unreadable.getMessage() + ")";
        }
    }

    private void signal(String signal) {
        try {
            var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(kill.getInputStream().readNBytes(1_024), StandardCharsets.UTF_8);
            if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("cannot send SIG" + signal + " to " + name + ": " + said.strip());
            }
        } catch (IOException failed) {
            throw new IllegalStateException("cannot send SIG" + signal + " to " + name, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending SIG" + signal + " to " + name, interrupted);
        }
    }
}
