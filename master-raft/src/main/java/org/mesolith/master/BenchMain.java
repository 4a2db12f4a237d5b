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
import org.mesolith.log.MemberReads;
import org.mesolith.raft.RaftMember;

/**
 * A master that can also be told to write and read at the ports of its own log: started by {@code meso bench} and by
 * nothing else. It takes the settings of a master and behaves as one. In its work directory it notes the loopback port
 * (file {@code bench.port}) on which it reads lines and answers each with one, or with {@code error why}:
 *
 * <ul>
 *   <li>{@code commits outstanding warm-up-seconds seconds}: {@code rate-per-second p50-ms p99-ms max-ms} of durable
 *       commands; the leader only
 *   <li>{@code reads outstanding warm-up-seconds seconds}: the same of linearizable reads, by any member
 *   <li>{@code fill agents tasks}: {@code agents tasks refused}, when it is done; the leader only
 * </ul>
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
        var reads = member.reads(new HttpPeers());
        Thread.ofPlatform().name("bench").daemon(true).start(() -> serve(door, member, reads));
    }

    private static void serve(ServerSocket door, RaftMember member, MemberReads reads) {
        while (true) {
            try (var socket = door.accept()) {
                converse(socket, member, reads);
            } catch (IOException gone) {
                if (door.isClosed()) {
                    return;
                }
            }
        }
    }

    private static void converse(Socket socket, RaftMember member, MemberReads reads) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            socket.getOutputStream().write((answer(line, member, reads) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String answer(String line, RaftMember member, MemberReads reads) {
        try {
            var words = line.strip().split(" ");
            int first = Integer.parseInt(words[1]);
            int second = Integer.parseInt(words[2]);
            return switch (words[0]) {
                case "commits" ->
                    new BenchLoad(new BenchCommits(member, first), first).run(second, Integer.parseInt(words[3]));
                case "reads" -> new BenchLoad(new BenchReads(reads), first).run(second, Integer.parseInt(words[3]));
                case "fill" -> new BenchFill(member).run(first, second);
                default -> "error no such order: " + words[0];
            };
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException wrong) {
            return "error " + wrong.getMessage();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "error interrupted";
        }
    }
}
