package org.mesolith.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.model.ExecutorId;

/** The agent's Unix domain socket for executors of frameworks. */
@Timeout(120)
final class ExecutorSocketTest {
    private static final ExecutorId E = new ExecutorId("own");

    @TempDir
    private Path dir;

    private Path path() {
        return dir.resolve("doors/agent.sock");
    }

    /** The whole answer to a request after which the connection closes. */
    private String ask(String firstLine, String... more) throws IOException {
        try (var caller = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
            var head = firstLine + " HTTP/1.1\r\nHost: agent\r\nConnection: close\r\n" + String.join("", more) + "\r\n";
            var bytes = ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                caller.write(bytes);
            }
            return new String(Channels.newInputStream(caller).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theSocketServesTheExecutorApiAloneAndExecutorsAreToldItsPath() throws Exception {
        var home = new AgentHome(dir);
        try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Files.createDirectories(path().getParent());
            left.bind(UnixDomainSocketAddress.of(path())); // the file stays when its process is gone
        }
        try (var master = new FakeMaster(1);
                var agent = home.start(
                        master.address(), "--http_executor_domain_sockets", "--domain_socket_location=" + path())) {
            master.awaitJoin();
            assertThat(agent.address().getPort()).isPositive();
            assertThat(ask("GET /state"))
                    .startsWith("HTTP/1.1 404 ")
                    .contains("There is nothing at /state; here is only /api/v1/executor");
            assertThat(ask("GET /health")).startsWith("HTTP/1.1 404 ");
            assertThat(ask("GET /api/v1/executor")).startsWith("HTTP/1.1 405 ");
            assertThat(ask("POST /slave(1)/api/v1/executor", "Content-Type: text/plain\r\n", "Content-Length: 0\r\n"))
                    .startsWith("HTTP/1.1 415 ");

            master.say(master.launchUnder(E, "echo $MESOS_DOMAIN_SOCKET > new; mv new socket; exec sleep 600"));
            var written = home.file(E.value(), "socket");
            AgentHome.until(() -> Files.exists(written));
            assertThat(written).hasContent(path().toString());
            var task = master.launch("echo \"<$MESOS_DOMAIN_SOCKET>\" > new; mv new socket; exec sleep 600");
            var none = home.file(task.task().value(), "socket");
            AgentHome.until(() -> Files.exists(none));
            assertThat(none).hasContent("<>");
        }
        assertThat(path()).doesNotExist();
    }

    @Test
    void anAgentDoesNotStartWhereAnotherProcessListens() throws Exception {
        var home = new AgentHome(dir);
        Files.createDirectories(path().getParent());
        try (var other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(path()));
            assertThatThrownBy(() -> home.start(
                            "127.0.0.1:1", "--http_executor_domain_sockets", "--domain_socket_location=" + path()))
                    .isInstanceOf(Agent.CannotStartException.class)
                    .hasMessageContaining("another process listens there");
        }
    }
}
