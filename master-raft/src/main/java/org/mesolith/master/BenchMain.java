package org.mesolith.master;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.mesolith.raft.RaftMember;

/**
 * A master that can also be told to write at the port of its own log: started by {@code meso bench commit} and by
 * nothing else. It takes the settings of a master and behaves as one. In its work directory it notes the loopback port
 * (file {@code bench.port}) on which it reads lines {@code outstanding warm-up-seconds seconds} and answers each with
 * {@code rate-per-second p50-ms p99-ms}, or {@code error why}.
 */
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] arguments) {
        int status = MasterMain.run(arguments, BenchMain::listen);
        Runtime.getRuntime().halt(status);
    }

    private static void listen(RaftMember member, Path workDir) throws IOException {
        var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var noted = workDir.resolve("bench.port.new");
        Files.writeString(noted, Integer.toString(door.getLocalPort()));
        Files.move(noted, workDir.resolve("bench.port"), StandardCopyOption.ATOMIC_MOVE);
        Thread.ofPlatform().name("bench").daemon(true).start(() -> serve(door, member));
    }

    private static void serve(ServerSocket door, RaftMember member) {
        while (true) {
            try (var socket = door.accept()) {
                converse(socket, member);
            } catch (IOException gone) {
                if (door.isClosed()) {
                    return;
                }
            }
        }
    }

    private static void converse(Socket socket, RaftMember member) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            socket.getOutputStream().write((answer(line, member) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String answer(String line, RaftMember member) {
        try {
            var words = line.strip().split(" ");
            var load = new BenchLoad(member, Integer.parseInt(words[0]));
            return load.run(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException wrong) {
            return "error " + wrong.getMessage();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "error interrupted";
        }
    }
}
