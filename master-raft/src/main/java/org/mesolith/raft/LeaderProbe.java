package org.mesolith.raft;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Watches whether a process lives, by one idle TCP connection to a port it listens on: the operating system closes the
 * connection of a process that died, at once, and refuses the next one. Slow, stopped and unreachable processes are not
 * dead to it.
 */
final class LeaderProbe {
    /** What the probe saw in the end. */
    enum Seen {
        /** Nobody listens there any more. */
        DEAD,
        /** Nothing certain: no connection could be made, or the watch was called off. */
        UNKNOWN
    }

    private static final int CONNECT_MILLIS = 1_000;

    /** How often a quiet watch asks whether it is still wanted, milliseconds. */
    private static final int QUIET_MILLIS = 200;

    private static final int BYTES = 256;

    private static final long PAUSE_NANOS = 20_000_000;

    private LeaderProbe() {}

    /**
     * Blocks for as long as the process lives and the watch is wanted.
     *
     * @param known whether the process is known to have listened there; otherwise a first refusal says nothing
     * @param wanted asked every now and then
     */
    static Seen watch(String host, int port, boolean known, BooleanSupplier wanted) {
        boolean met = known;
        while (wanted.getAsBoolean()) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
                met = true;
                socket.setSoTimeout(QUIET_MILLIS);
                untilClosed(socket.getInputStream(), wanted);
            } catch (ConnectException refused) {
                // Also "no route" and "timed out" come as ConnectException; only a refusal says that the machine lives
                // and the process does not. And only where it once was: a member may have moved.
                return met && String.valueOf(refused.getMessage()).contains("refused") ? Seen.DEAD : Seen.UNKNOWN;
            } catch (IOException unreachable) {
                return Seen.UNKNOWN;
            }
        }
        return Seen.UNKNOWN;
    }

    /** Returns when the other side has closed the connection; what it says (HTTP/2 greets) is of no interest. */
    private static void untilClosed(InputStream in, BooleanSupplier wanted) {
        long since = System.nanoTime();
        boolean open = true;
        while (open && wanted.getAsBoolean()) {
            open = stillOpen(in);
        }
        if (!open && System.nanoTime() - since < PAUSE_NANOS) {
            // A door that closes connections at once must not be hammered.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean stillOpen(InputStream in) {
        try {
            return in.read(new byte[BYTES]) >= 0;
        } catch (SocketTimeoutException quiet) {
            return true;
        } catch (IOException reset) {
            return false;
        }
    }
}
