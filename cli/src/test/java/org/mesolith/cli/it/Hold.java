package org.mesolith.cli.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Holds a thread of a process of a trial at one step, until the trial lets it go: that is where processes are killed.
 * Everything is said by files below one directory, so that a process that is killed leaves no word unsaid. Only the JDK
 * is used: this runs inside masters and agents.
 */
public final class Hold {
    /** The property that names the directory; without it nothing is held. */
    static final String DIRECTORY = "mesolith.holds";

    /** Stands for the id of the trial's task. */
    static final String TASK = "%task";

    /** Stands for the id of the trial's executor. */
    static final String EXECUTOR = "%executor";

    /** Stands for the update that the trial follows. */
    static final String UPDATE = "%update";

    private static final long PATIENCE_NANOS = 150_000_000_000L;
    private static final long PAUSE_NANOS = 5_000_000;

    private Hold() {}

    /**
     * What is armed.
     *
     * @param trial where files of the trial are made
     * @param executor id of whatever has a process: of the task itself when it is a command
     * @param state of the update that is followed
     */
    record Armed(Path trial, DeliveryStep step, String task, String executor, String state) {
        boolean means(String text) {
            return step.words().stream()
                    .map(word ->
                            word.replace(TASK, task).replace(EXECUTOR, executor).replace(UPDATE, update(state)))
                    .allMatch(text::contains);
        }
    }

    /** An update of this state as it is in the text of those who carry it. */
    static String update(String state) {
        return "state=" + state;
    }

    /** Holds the next one who gets to the step. */
    static void arm(Path directory, Armed what) throws IOException {
        Path fresh = directory.resolve("armed.new");
        Files.write(
                fresh,
                List.of(what.trial().toString(), what.step().name(), what.task(), what.executor(), what.state()));
        Files.move(fresh, directory.resolve("armed"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Nobody is held any more. */
    static void disarm(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve("armed"));
    }

    /** Called at a step by whoever takes it. */
    public static void reached(@Nullable Object seen, String step) {
        String directory = System.getProperty(DIRECTORY);
        if (directory == null) {
            return;
        }
        try {
            Armed armed = armed(Path.of(directory));
            if (armed != null && armed.step().name().equals(step) && armed.means(text(seen))) {
                hold(armed.trial());
            }
        } catch (IOException | ReflectiveOperationException failed) {
            problem("step " + step + ": " + failed);
        }
    }

    /** Called where a note is made. */
    public static void noted(@Nullable Object seen, String note) {
        String directory = System.getProperty(DIRECTORY);
        if (directory == null || seen == null) {
            return;
        }
        try {
            Object what = command(seen);
            if (!what.getClass()
                    .getSimpleName()
                    .equals(DeliveryNote.valueOf(note).kind())) {
                return;
            }
            String text = note.equals("BEGAN") ? "" : what.toString().replace('\n', ' ');
            Path file = Path.of(directory)
                    .resolve("notes-" + Path.of("").toAbsolutePath().getFileName());
            Files.write(
                    file,
                    (note + " " + text + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException | ReflectiveOperationException failed) {
            problem("note " + note + ": " + failed);
        }
    }

    /** Makes it known that a hook does not work; the trial fails with this text. */
    static void problem(String text) {
        String directory = System.getProperty(DIRECTORY);
        if (directory == null) {
            return;
        }
        try {
            Files.writeString(
                    Path.of(directory).resolve("problems"),
                    text + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException full) {
            throw new UncheckedIOException(text, full);
        }
    }

    private static @Nullable Armed armed(Path directory) throws IOException {
        try {
            List<String> lines = Files.readAllLines(directory.resolve("armed"));
            return new Armed(
                    Path.of(lines.get(0)),
                    DeliveryStep.valueOf(lines.get(1)),
                    lines.get(2),
                    lines.get(3),
                    lines.get(4));
        } catch (NoSuchFileException nothing) {
            return null;
        }
    }

    /** The first one who comes is held, all others pass. */
    private static void hold(Path trial) throws IOException {
        Path own = Files.createTempFile(trial, "hit", "");
        Files.writeString(own, Long.toString(ProcessHandle.current().pid()));
        try {
            Files.createLink(trial.resolve("hit"), own);
        } catch (FileAlreadyExistsException second) {
            return;
        }
        long since = System.nanoTime();
        while (!Files.exists(trial.resolve("go"))) {
            if (System.nanoTime() - since > PATIENCE_NANOS) {
                problem("held for " + PATIENCE_NANOS / 1_000_000_000 + " s and not let go: " + trial);
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The argument in words: of entries of the log their command, of packs their bytes. */
    private static String text(@Nullable Object seen) throws ReflectiveOperationException {
        if (seen == null) {
            return "";
        }
        if (seen.getClass().getName().equals("org.mesolith.raft.Pack")) {
            Class<?> message = Class.forName("org.apache.ratis.protocol.Message");
            Object bytes = message.getMethod("getContent").invoke(seen);
            return String.valueOf(bytes.getClass().getMethod("toStringUtf8").invoke(bytes));
        }
        return command(seen).toString();
    }

    /** Of something applied its command, which is short; anything else as it is. */
    private static Object command(Object seen) throws ReflectiveOperationException {
        if (!seen.getClass().getSimpleName().equals("Applied")) {
            return seen;
        }
        Object entry = seen.getClass().getMethod("entry").invoke(seen);
        return entry.getClass().getMethod("command").invoke(entry);
    }
}
