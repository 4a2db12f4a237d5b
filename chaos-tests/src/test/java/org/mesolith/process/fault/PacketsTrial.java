package org.mesolith.process.fault;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What {@link PacketsTest} runs in processes of their own. One begins anew in another network, starts two that send
 * back what they get, the victim and its neighbour, and harms the victim's packets.
 */
final class PacketsTrial {
    private static final int SOON_MILLIS = 400;
    private static final int LATE_MILLIS = 20_000;
    private static final int BYTES = 250_000;

    private PacketsTrial() {}

    /** This class with these words, in the JVM of this process. */
    static List<String> command(String... words) {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PacketsTrial.class.getName()));
        command.addAll(List.of(words));
        return command;
    }

    /** {@code begin}, or {@code echo PORT}: listens, says where to that port, and sends back all it gets. */
    public static void main(String[] words) throws Exception {
        if (words[0].equals("echo")) {
            echo(Integer.parseInt(words[1]));
        } else {
            OwnNetwork.enter(PacketsTrial.class.getName());
            check(OwnNetwork.unmet().isEmpty(), OwnNetwork.unmet());
            System.out.println("pid " + ProcessHandle.current().pid() + " " + Arrays.toString(words) + " in "
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
            try (var victim = new Echo();
                    var neighbour = new Echo()) {
                harm(victim, neighbour);
            }
            System.out.println("all as it should be");
        }
    }

    private static void harm(Echo victim, Echo neighbour) throws IOException {
        for (var side : List.of(Packets.Side.TO, Packets.Side.FROM)) {
            try (var packets = Packets.begin(victim::pid, Packets.lose(side, 100))) {
                check(neighbour.comesBack(neighbour.called, SOON_MILLIS), "the neighbour is harmed, too");
                check(neighbour.comesBack(neighbour.caller, SOON_MILLIS), "the neighbour's own connection is harmed");
                check(!victim.comesBack(victim.called, SOON_MILLIS), side + ": what it was sent came back");
                check(!victim.comesBack(victim.caller, SOON_MILLIS), side + ": it answered where it called itself");
                check(!victim.isReached(), side + ": a new connection was made");
                check(packets.lost() > 2, side + ": only " + packets.lost() + " packets were lost");
            }
            // Both were sent once: now they arrive, because nobody was told that they were lost.
            check(victim.answers(victim.called, LATE_MILLIS), side + ": what was lost did not come later");
            check(victim.answers(victim.caller, LATE_MILLIS), side + ": the same, where it called itself");
            check(victim.isReached(), side + ": no new connection is made afterwards");
        }
        try (var packets = Packets.begin(victim::pid, Packets.lose(Packets.Side.BOTH, 20))) {
            for (int round = 0; packets.lost() == 0; round++) {
                check(round < 100, "of hundreds of packets none was lost");
                check(victim.comesBack(victim.called, LATE_MILLIS), "a connection does not bear the loss of a fifth");
            }
        }
        try (var packets = Packets.begin(victim::pid, Packets.narrow(1_000))) {
            long slow = victim.millisForAll();
            long quick = neighbour.millisForAll();
            // 250 kB are 2 s at 1 Mbit/s, there; and the same back at the same time.
            check(slow >= 1_500, "it took only " + slow + " ms");
            check(quick < slow / 2, "the neighbour took " + quick + " ms, the victim " + slow + " ms");
            check(packets.lost() == 0, "rules that make narrow lose nothing");
        }
        check(victim.millisForAll() < 1_000, "it stays slow when it is over");
        check(Tool.run("nft", "list ruleset").isEmpty(), "rules are left");
        check(!Tool.run("tc", "qdisc", "show", "dev", "lo").contains("tbf"), "a bucket is left");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static void echo(int port) throws IOException {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var own = new Socket(InetAddress.getLoopbackAddress(), port)) {
            own.getOutputStream().write(server.getLocalPort() >> 8);
            own.getOutputStream().write(server.getLocalPort());
            Thread.ofPlatform().daemon(true).start(() -> back(own));
            while (true) {
                Socket one = server.accept();
                Thread.ofPlatform().daemon(true).start(() -> back(one));
            }
        }
    }

    private static void back(Socket one) {
        try (one) {
            one.setTcpNoDelay(true);
            one.getInputStream().transferTo(one.getOutputStream());
        } catch (IOException ended) {
            return;
        }
    }

    /** A process that sends back what it gets, with one connection that it was called by, and one that it opened. */
    private static final class Echo implements AutoCloseable {
        private final Process process;
        private final int port;
        private final Socket caller;
        private final Socket called;
        private byte last;

        Echo() throws IOException {
            try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                server.setSoTimeout(LATE_MILLIS);
                process = new ProcessBuilder(command("echo", Integer.toString(server.getLocalPort())))
                        .inheritIO()
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
                caller = server.accept();
            }
            caller.setTcpNoDelay(true);
            InputStream in = caller.getInputStream();
            port = in.read() << 8 | in.read();
            called = new Socket(InetAddress.getLoopbackAddress(), port);
            called.setTcpNoDelay(true);
        }

        long pid() {
            return process.pid();
        }

        /** Whether a byte that is sent comes back so soon. */
        boolean comesBack(Socket by, int millis) throws IOException {
            last++;
            by.getOutputStream().write(last);
            return answers(by, millis);
        }

        /** Whether a byte comes so soon. */
        boolean answers(Socket by, int millis) throws IOException {
            by.setSoTimeout(millis);
            try {
                return by.getInputStream().read() >= 0;
            } catch (SocketTimeoutException silent) {
                return false;
            }
        }

        boolean isReached() throws IOException {
            try (var another = new Socket()) {
                another.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SOON_MILLIS);
                another.setTcpNoDelay(true);
                return comesBack(another, SOON_MILLIS);
            } catch (SocketTimeoutException silent) {
                return false;
            }
        }

        long millisForAll() throws IOException {
            long start = System.nanoTime();
            var sender = Thread.ofPlatform().start(() -> {
                try {
                    called.getOutputStream().write(new byte[BYTES]);
                } catch (IOException ended) {
                    throw new IllegalStateException(ended);
                }
            });
            called.setSoTimeout(LATE_MILLIS);
            check(called.getInputStream().readNBytes(BYTES).length == BYTES, "not all came back");
            try {
                sender.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return (System.nanoTime() - start) / 1_000_000;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
