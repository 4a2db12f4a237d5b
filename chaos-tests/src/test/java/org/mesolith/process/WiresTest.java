package org.mesolith.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes, a and b, joined by a wire; who calls is told by the test, not by the system. */
final class WiresTest {
    private static final int SILENCE_MILLIS = 300;
    private static final int LONG_MILLIS = 20_000;
    private static final Duration LONG = Duration.ofMillis(LONG_MILLIS);
    private static final List<Way> THERE = List.of(new Way("a", "b"));
    private static final List<Way> BOTH = Way.between("a", List.of("b"));

    private final FreePorts ports = new FreePorts(new SplittableRandom());
    private final int port = ports.next();
    private final Wires wires = new Wires((_, _) -> "a");
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        server.setSoTimeout(LONG_MILLIS);
        wires.lead(port, "b", server::getLocalPort);
    }

    @AfterEach
    void end() throws IOException {
        wires.close();
        server.close();
    }

    private Socket call() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(LONG_MILLIS);
        return socket;
    }

    private Socket answer() throws IOException {
        Socket socket = server.accept();
        socket.setSoTimeout(LONG_MILLIS);
        return socket;
    }

    private static void isSilent(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(LONG_MILLIS);
    }

    private static void passes(Socket from, Socket to, int value) throws IOException {
        from.getOutputStream().write(value);
        assertThat(to.getInputStream().read()).isEqualTo(value);
    }

    private static void isBroken(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    private void awaitNoConnection() {
        Waiting.until(
                "the wires to let go of the connection",
                LONG,
                () -> wires.connections() == 0 ? "" : wires.connections() + " are left");
    }

    @Test
    void bytesAndEndsGoThroughInBothDirectionsAndNothingIsLeft() throws IOException {
        try (var caller = call();
                var callee = answer()) {
            passes(caller, callee, 1);
            passes(callee, caller, 2);
            caller.shutdownOutput();
            assertThat(callee.getInputStream().read()).isEqualTo(-1);
            // Half closed: the other direction goes on.
            passes(callee, caller, 3);
            callee.shutdownOutput();
            assertThat(caller.getInputStream().read()).isEqualTo(-1);
        }
        awaitNoConnection();
    }

    @Test
    void aGuardIsAskedBeforeAConnectionIsLedOnAndNoMoreWhenItIsLetGo() throws IOException {
        var asked = new CopyOnWriteArrayList<String>();
        var goOn = new CompletableFuture<Void>();
        var guard = wires.guardedBy(caller -> {
            asked.add(caller);
            goOn.join();
        });
        server.setSoTimeout(SILENCE_MILLIS);
        try (var caller = call()) {
            caller.getOutputStream().write(1);
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
            assertThat(asked).containsExactly("a");
            goOn.complete(null);
            server.setSoTimeout(LONG_MILLIS);
            try (var callee = server.accept()) {
                assertThat(callee.getInputStream().read()).isEqualTo(1);
            }
        } finally {
            goOn.complete(null);
        }
        guard.close();
        try (var caller = call();
                var callee = answer()) {
            passes(caller, callee, 1);
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void aBreakOfOneSideIsABreakForTheOtherOne() throws IOException {
        try (var caller = call();
                var callee = answer()) {
            passes(caller, callee, 1);
            Connection.reset(callee);
            isBroken(caller);
        }
        awaitNoConnection();
    }

    @Test
    void manyBytesArriveInTheirOrder() throws Exception {
        byte[] sent = new byte[8 << 20];
        new SplittableRandom(7).nextBytes(sent);
        try (var caller = call();
                var callee = answer()) {
            var writer = Thread.ofVirtual().start(() -> {
                try {
                    caller.getOutputStream().write(sent);
                    caller.shutdownOutput();
                } catch (IOException broken) {
                    throw new IllegalStateException(broken);
                }
            });
            assertThat(callee.getInputStream().readAllBytes()).isEqualTo(sent);
            assertThat(writer.join(LONG)).isTrue();
        }
    }

    @Test
    void aCutInOneDirectionHoldsOnlyThatUpAndNothingIsLostByIt() throws IOException {
        try (var caller = call();
                var callee = answer()) {
            try (var _ = wires.play(THERE, Trick.CUT)) {
                caller.getOutputStream().write(1);
                isSilent(callee);
                passes(callee, caller, 2);
            }
            assertThat(callee.getInputStream().read()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatIsOpenedDuringACutHangsAndAnEndIsNotHeard() throws IOException {
        try (var before = call();
                var callee = answer()) {
            var cut = wires.play(BOTH, Trick.CUT);
            before.shutdownOutput();
            isSilent(callee);
            try (var during = call()) {
                isSilent(during);
                server.setSoTimeout(SILENCE_MILLIS);
                assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
                server.setSoTimeout(LONG_MILLIS);
                cut.close();
                try (var late = answer()) {
                    passes(during, late, 4);
                }
            }
            assertThat(callee.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void twoCutsAreMendedOneByOne() throws IOException {
        try (var caller = call();
                var callee = answer()) {
            var one = wires.play(THERE, Trick.CUT);
            var other = wires.play(BOTH, Trick.CUT);
            caller.getOutputStream().write(1);
            one.close();
            one.close();
            isSilent(callee);
            other.close();
            assertThat(callee.getInputStream().read()).isEqualTo(1);
        }
    }

    @Test
    void cutsOfOthersTouchNothing() throws IOException {
        try (var _ = wires.play(Way.between("a", List.of("c")), Trick.CUT);
                var caller = call();
                var callee = answer()) {
            passes(caller, callee, 1);
        }
    }

    @Test
    void whatIsSlowComesLaterAndInItsOrder() throws IOException {
        try (var caller = call();
                var callee = answer()) {
            passes(caller, callee, 9);
            try (var _ = wires.play(THERE, Trick.slow(Duration.ofMillis(200), Duration.ofMillis(100)))) {
                long start = System.nanoTime();
                for (int value = 0; value < 50; value++) {
                    caller.getOutputStream().write(value);
                    caller.getOutputStream().flush();
                }
                for (int value = 0; value < 50; value++) {
                    assertThat(callee.getInputStream().read()).isEqualTo(value);
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
                passes(callee, caller, 3);
            }
        }
    }

    @Test
    void whatIsNarrowLetsOnlySoMuchThrough() throws IOException {
        try (var caller = call();
                var callee = answer();
                var _ = wires.play(THERE, Trick.narrow(100_000))) {
            long start = System.nanoTime();
            caller.getOutputStream().write(new byte[50_000]);
            assertThat(callee.getInputStream().readNBytes(50_000)).hasSize(50_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(490));
        }
    }

    @Test
    void whatIsResetIsBrokenForBothAndTheNextConnectionWorks() throws IOException {
        try (var caller = call();
                var callee = answer()) {
            passes(caller, callee, 1);
            assertThat(wires.reset(Way.between("a", List.of("c")))).isZero();
            passes(caller, callee, 2);
            assertThat(wires.reset(THERE)).isOne();
            isBroken(caller);
            isBroken(callee);
        }
        try (var caller = call();
                var callee = answer()) {
            passes(caller, callee, 3);
        }
        awaitNoConnection();
    }

    @Test
    void whatIsHalfOpenIsAcceptedAndSilentForEver() throws IOException {
        try (var before = call();
                var callee = answer()) {
            passes(before, callee, 1);
            try (var _ = wires.play(BOTH, Trick.DEAD);
                    var during = call();
                    var late = answer()) {
                during.getOutputStream().write(1);
                isSilent(late);
                before.getOutputStream().write(1);
                isSilent(callee);
            }
            before.getOutputStream().write(1);
            isSilent(callee);
            Connection.release(before);
            isSilent(callee);
            try (var after = call();
                    var answering = answer()) {
                passes(after, answering, 5);
            }
        }
        awaitNoConnection();
    }

    @Test
    void oneWhoseProcessIsGoneOrDoesNotListenYetRefusesAsWithoutWires() throws IOException {
        wires.isDown("b");
        assertThatThrownBy(this::call).isInstanceOf(ConnectException.class);
        int far = server.getLocalPort();
        server.close();
        wires.isUp("b");
        assertThatThrownBy(this::call).isInstanceOf(ConnectException.class);

        server = new ServerSocket(far, 5, InetAddress.getLoopbackAddress());
        Waiting.until("the wire to see that b listens", LONG, this::whyRefused);
    }

    private String whyRefused() {
        try (var caller = call()) {
            return caller.isConnected() ? "" : "not connected";
        } catch (IOException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void aWireForOneCallerAsksNobodyWhoCalls() throws IOException {
        int own = ports.next();
        wires.lead(own, "c", "b", server::getLocalPort);
        try (var _ = wires.play(BOTH, Trick.CUT);
                var caller = new Socket(InetAddress.getLoopbackAddress(), own);
                var callee = answer()) {
            passes(caller, callee, 1);
        }
    }

    @Test
    void theOwnerOfAPortIsTheProcessThatHoldsIt() throws IOException {
        assertThat(SocketOwners.unmet()).isEmpty();
        var owners = new SocketOwners(() -> Map.of(ProcessHandle.current().pid(), "us"));
        var nobody = new SocketOwners(Map::of);
        try (var caller = call();
                var callee = answer()) {
            assertThat(owners.of(caller.getLocalPort(), port)).isEqualTo("us");
            assertThat(nobody.of(caller.getLocalPort(), port)).isEmpty();
            assertThat(owners.of(ports.next(), port)).isEmpty();
            assertThat(callee.isConnected()).isTrue();
        }
    }
}
