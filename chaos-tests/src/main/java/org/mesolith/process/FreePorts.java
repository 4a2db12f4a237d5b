package org.mesolith.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Ports that nobody listens on, below the range from which the kernel gives ports to outgoing connections: one of those
 * could be taken between our look and our use. Two test runs on one machine start at random places.
 */
public final class FreePorts {

    private static final int LOWEST = 10_000;
    private static final int TRIES_MAX = 2_000;

    private final RandomGenerator dice;
    private final int below;
    private final Set<Integer> given = ConcurrentHashMap.newKeySet();

    /** Ports in an order that these dice decide. */
    public FreePorts(RandomGenerator dice) {
        this.dice = dice;
        this.below = firstEphemeralPort();
    }

    /** A port that was free a moment ago and was not given before. */
    public int next() {
        for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
            int port = dice.nextInt(LOWEST, below);
            if (isFree(port) && given.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "no free port between " + LOWEST + " and " + below + " in " + TRIES_MAX + " tries");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int firstEphemeralPort() {
        try {
            String range = Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"));
            int first = Integer.parseInt(range.strip().split("\\s+")[0]);
            return Math.max(LOWEST + 1_000, Math.min(first, 32_768));
        } catch (IOException | NumberFormatException unknown) {
            return 32_768; // Linux' default
        }
    }
}
