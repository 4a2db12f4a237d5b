package org.mesolith.agent.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Copies files of this machine; for a task of another user as that user, so that nobody gets what he may not read. */
final class LocalFile {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String AS_USER =
            "exec setpriv --reuid \"$1\" --regid \"$(id -g -- \"$1\")\" --init-groups -- env -i /bin/sh -c '"
                    + "[ -f \"$1\" ] || { echo \"it is no file that the user can see\" >&2; exit 1; }; exec cat "
                    + "-- \"$1\"'"
                    + " sh \"$2\"";
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int COMPLAINT_BYTES_MAX = 500;

    private LocalFile() {}

    /**
     * @param user whose file it must be to read, null for the agent's own user
     * @throws FetchException when it cannot be read
     */
    static void copy(Path from, @Nullable String user, Path to, Pace pace, long max)
            throws IOException, InterruptedException {
        pace.begin(-1);
        if (user == null) {
            own(from, to, pace, max);
        } else {
            others(from, user, to, pace, max);
        }
    }

    private static void own(Path from, Path to, Pace pace, long max) throws IOException {
        if (!Files.isRegularFile(from)) {
            throw new FetchException("it is no file on this machine");
        }
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to)) {
            pace.copy(in, out, max);
        } catch (AccessDeniedException denied) {
            throw new FetchException("the agent may not read it");
        }
    }

    private static void others(Path from, String user, Path to, Pace pace, long max)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder("/bin/sh", "-c", AS_USER, "sh", user, from.toString())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(to.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        var process = builder.start();
        try {
            while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                pace.grown(Files.size(to), max);
            }
            pace.grown(Files.size(to), max);
            if (process.exitValue() != 0) {
                byte[] said = process.getErrorStream().readNBytes(COMPLAINT_BYTES_MAX);
                throw new FetchException(
                        "user " + user + " cannot read it: " + new String(said, StandardCharsets.UTF_8).strip());
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
