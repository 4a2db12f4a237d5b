package org.mesolith.cli.bench;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.process.Member;

/** The door of a master that was started to be measured: one line asked, one line answered. */
final class LogDoor {

    private LogDoor() {}

    /** What the process of this master answers to an order of a benchmark. */
    static String ask(Member master, String line, Duration max) {
        try {
            Path noted = master.directory().resolve("data").resolve("bench.port");
            var door = new HostPort(
                    "127.0.0.1", Integer.parseInt(Files.readString(noted).strip()));
            String answer = ask(door, line, max);
            if (answer.startsWith("error ")) {
                throw new Failure(ExitCode.FAILED, master.name() + " could not do `" + line + "`: " + answer);
            }
            return answer;
        } catch (IOException broken) {
            throw new Failure(
                    ExitCode.FAILED, master.name() + " did not do `" + line + "`: " + broken.getMessage(), broken);
        }
    }

    private static String ask(HostPort door, String line, Duration max) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(door.host(), door.port()), 5_000);
            socket.setSoTimeout((int) max.toMillis());
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            if (answer == null) {
                throw new EOFException("it closed the connection");
            }
            return answer;
        }
    }
}
