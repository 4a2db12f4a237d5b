package org.mesolith.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket to listen on ({@link HttpServer#alsoAt}). Any thread.
 *
 * @param path of its file, absolute and without {@link #problem}
 * @param permissions of the file, as {@code rw-rw-rw-}: who may write it, and search the directories above, may call
 */
public record DomainSocket(Path path, String permissions) {
    /** How long a path may be, in bytes of UTF-8: what the kernel has room for, without the zero at the end. */
    public static final int PATH_BYTES_MAX = 107;

    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException with {@link #problem}
     */
    public DomainSocket {
        var problem = problem(path);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** Why nobody can listen at this path, or null. */
    public static @Nullable String problem(Path path) {
        if (!path.isAbsolute() || path.getParent() == null) {
            return "the path '" + path + "' of a domain socket is not absolute";
        }
        int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        return bytes <= PATH_BYTES_MAX
                ? null
                : "the path of a domain socket has " + PATH_BYTES_MAX + " bytes at most, and '" + path + "' has "
                        + bytes + "; name a shorter one";
    }

    /**
     * Makes the directories above, and removes the file of a server that is gone.
     *
     * @throws IOException when something else is at the path, or somebody listens there
     */
    void makeRoom() throws IOException {
        Files.createDirectories(path.getParent());
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isSymbolicLink(path)
                || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("cannot listen on " + path + ": there is something that is no socket, and it stays;"
                    + " name another path");
        }
        if (isAnswered()) {
            throw new IOException(
                    "cannot listen on " + path + ": another process listens there; name a path for this one alone");
        }
        Files.delete(path);
    }

    private boolean isAnswered() throws IOException {
        try (var caller = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return caller.isConnected();
        } catch (ConnectException nobody) {
            return false;
        } catch (SocketException other) {
            throw new IOException(
                    "cannot listen on " + path + ": what is there cannot be called (" + other.getMessage() + ")",
                    other);
        }
    }

    /** The server listens: from now on those who may, can call. */
    void admit() throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
