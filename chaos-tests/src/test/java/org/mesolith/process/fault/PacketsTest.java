package org.mesolith.process.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.OpenPorts;
import org.mesolith.process.OsProcess;

final class PacketsTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @Test
    void aLossIsARuleForBothSidesOfWhatTheProcessListensAtAndOpened() {
        assertThat(Packets.rules("t", Packets.lose(Packets.Side.BOTH, 30))).isEqualTo("""
                        table inet t {
                          set listening { type inet_service; }
                          set opened { type inet_service . inet_service; }
                          chain packets {
                            type filter hook input priority 0; policy accept;
                            tcp dport @listening numgen random mod 100 < 30 counter drop
                            tcp dport . tcp sport @opened numgen random mod 100 < 30 counter drop
                            tcp sport @listening numgen random mod 100 < 30 counter drop
                            tcp sport . tcp dport @opened numgen random mod 100 < 30 counter drop
                          }
                        }""");
    }

    @Test
    void oneWayIsARuleForOneSideAndTakesAllOfIt() {
        assertThat(Packets.rules("t", Packets.lose(Packets.Side.TO, 100)))
                .contains("tcp dport @listening counter drop", "tcp dport . tcp sport @opened counter drop")
                .doesNotContain("tcp sport @listening", "numgen");
        assertThat(Packets.rules("t", Packets.lose(Packets.Side.FROM, 100)))
                .contains("tcp sport @listening counter drop", "tcp sport . tcp dport @opened counter drop")
                .doesNotContain("tcp dport @listening", "numgen");
    }

    @Test
    void whatIsMadeNarrowIsSortedBeforeItIsSentAndNothingIsDropped() {
        assertThat(Packets.rules("t", Packets.narrow(1_000)))
                .contains("hook output", "tcp dport @listening meta priority set 1:3")
                .doesNotContain("drop");
    }

    @Test
    void portsReplaceThoseThatWereKnownBeforeInOneStep() {
        var ports = new OpenPorts(
                new TreeSet<>(List.of(5050, 5051)), new TreeSet<>(List.of(new OpenPorts.Ends(40_000, 5_060))));
        assertThat(Packets.ports("t", ports)).isEqualTo("""
                        flush set inet t listening
                        flush set inet t opened
                        add element inet t listening { 5050, 5051 }
                        add element inet t opened { 40000 . 5060 }""");
        assertThat(Packets.ports("t", OpenPorts.NONE)).doesNotContain("add element");
    }

    @Test
    void aHarmIsALossOrARate() {
        assertThatThrownBy(() -> Packets.lose(Packets.Side.BOTH, 101)).hasMessageContaining("0 to 100 %");
        assertThatThrownBy(() -> Packets.lose(Packets.Side.BOTH, 0)).hasMessageContaining("give one of the two");
        assertThatThrownBy(() -> new Packets.Harm(Packets.Side.BOTH, 5, 5)).hasMessageContaining("one of the two");
    }

    @Test
    void outsideOfANetworkOfItsOwnNothingIsTouched() {
        assertThat(OwnNetwork.unmet()).isNotEmpty();
        assertThatThrownBy(() -> Packets.begin(() -> -1, Packets.narrow(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(OwnNetwork.unmet());
        long pid = ProcessHandle.current().pid();
        OwnNetwork.enter(PacketsTrial.class.getName()); // This process runs tests, not that.
        assertThat(ProcessHandle.current().pid()).isEqualTo(pid);
    }

    @Test
    void portsOfAProcessAreThoseItListensAtAndThoseOfConnectionsThatItOpened() throws IOException {
        try (var server = new ServerSocket(0);
                var client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
                var accepted = server.accept()) {
            OpenPorts found = OpenPorts.of(ProcessHandle.current().pid());
            assertThat(found.listening()).contains(server.getLocalPort());
            assertThat(found.opened())
                    .contains(new OpenPorts.Ends(client.getLocalPort(), server.getLocalPort()))
                    .doesNotContain(new OpenPorts.Ends(accepted.getLocalPort(), accepted.getPort()));
        }
        assertThat(OpenPorts.of(Long.MAX_VALUE)).isEqualTo(OpenPorts.NONE);
    }

    @Test
    void packetsOfOneProcessAreLostAndHeldBackInANetworkOfTheirOwnAndThoseOfAnotherAreNot() throws IOException {
        Machine.needs(OwnNetwork.missing());
        String network = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
        var trial = OsProcess.start(
                "trial",
                PacketsTrial.command("begin", "a word with blanks"),
                Map.of(),
                directory,
                directory.resolve("trial.log"));
        assertThat(trial.awaitEnd(LONG)).as(trial.tail()).isZero();
        assertThat(trial.tail())
                .contains("pid " + trial.pid() + " [begin, a word with blanks]", "all as it should be")
                .doesNotContain(network);
    }
}
