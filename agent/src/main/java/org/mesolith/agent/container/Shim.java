package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Uuid;

/** Starts supervisors; see {@code shim.sh}. Any thread. */
final class Shim {
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int COMPLAINT_CHARS_MAX = 500;

    private final Path runtimeDir;
    private final Path script;
    private final boolean resetsSignals;

    private Shim(Path runtimeDir, Path script, boolean resetsSignals) {
        this.runtimeDir = runtimeDir;
        this.script = script;
        this.resetsSignals = resetsSignals;
    }

    /** Puts the script in place. Its name holds its content: a shell that still runs an older one is not disturbed. */
    static Shim install(Path runtimeDir) throws IOException, InterruptedException {
        byte[] text;
        try (var in = Shim.class.getResourceAsStream("shim.sh")) {
            if (in == null) {
                throw new IOException("shim.sh is missing from the agent's jar");
            }
            text = in.readAllBytes();
        }
        var sum = new CRC32C();
        sum.update(text);
        var script = runtimeDir.resolve("shim-" + HexFormat.of().toHexDigits((int) sum.getValue()) + ".sh");
        if (!Files.exists(script)) {
            var fresh = runtimeDir.resolve("shim.new");
            Files.write(fresh, text);
            Files.move(fresh, script, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Shim(runtimeDir, script, run("env", "-i", "--default-signal", "/bin/sh", "-c", ":") == 0);
    }

    boolean resetsSignals() {
        return resetsSignals;
    }

    Path directory(Uuid container) {
        return runtimeDir.resolve("containers").resolve(container.toString());
    }

    /** Writes the scripts of a container; {@code owner} of the task's part may be null for the agent's own user. */
    void prepare(Uuid container, LaunchPlan plan, @Nullable UserPrincipal owner) throws IOException {
        write(directory(container).resolve("launch.sh"), plan.launchScript());
        write(plan.script(), plan.taskScript(), owner);
    }

    /**
     * Starts the supervisor and comes back when it is on its own.
     *
     * @throws IOException when it cannot be started; the message says why
     */
    void start(Uuid container) throws IOException, InterruptedException {
        var words =
                new String[] {"setsid", "-f", "/bin/sh", script.toString(), runtimeDir.toString(), container.toString()
                };
        int status = run(words);
        if (status != 0) {
            throw new IOException("setsid ended with status " + status + "; is util-linux installed?");
        }
    }

    /** What a supervisor complained about, one line, or empty. */
    static String complaint(Path directory) {
        try {
            var text = Files.readString(directory.resolve("shim.err"), StandardCharsets.UTF_8)
                    .strip()
                    .replace('\n', ' ');
            return text.length() <= COMPLAINT_CHARS_MAX ? text : text.substring(0, COMPLAINT_CHARS_MAX);
        } catch (NoSuchFileException silent) {
            return "";
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static int run(String... words) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        var process = builder.start();
        if (!process.waitFor(ContainerSettings.START_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IOException(words[0] + " did not end in " + ContainerSettings.START_MAX);
        }
        return process.exitValue();
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    static void write(Path file, String text, @Nullable UserPrincipal owner) throws IOException {
        // Holds the task's environment: for nobody's eyes but the task's.
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
        if (owner != null) {
            Files.setOwner(file, owner);
        }
    }
}
