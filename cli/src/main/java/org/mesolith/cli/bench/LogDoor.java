package org.mesolith.cli.bench;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.mesolith.cli.client.HostPort;

/** The door of a master that was started to be measured: one line asked, one line answered. */
final class LogDoor {

    private LogDoor() {}

    static String ask(HostPort door, String line, Duration max) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(door.host(), door.port()), 5_000);
            socket.setSoTimeout((int) max.toMillis());
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            if (answer == null) {
                throw new EOFException("the leader closed the connection");
            }
            return answer;
        }
    }
}
