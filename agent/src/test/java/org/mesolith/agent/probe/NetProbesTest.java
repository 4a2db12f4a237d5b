package org.mesolith.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.ProbeKind;
import org.mesolith.agent.core.ProbeResult;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.TaskSpec;
import org.mesolith.api.CheckStatus;
import org.mesolith.api.TaskProbe;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.Uuid;

/** Looks at servers that answer well, badly or not at all. */
final class NetProbesTest {
    private static final Uuid CONTAINER = new Uuid(1, 2);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final LinkedBlockingQueue<AgentEvent> events = new LinkedBlockingQueue<>();
    private final NetProbes probes = new NetProbes(events::add);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        probes.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK, 200",
        "HTTP/1.0 204, 204",
        "HTTP/1.1 404 Not Found, 404",
        "HTTP/1.1 304 No Location, 304",
    })
    void theStatusOfTheAnswerIsTold(String line, int status) throws Exception {
        answer(line + "\r\nX: y\r\n\r\n");

        assertThat(look(http(false), LONG)).isEqualTo(new ProbeResult.Seen(new CheckStatus.Http(status)));
    }

    @Test
    void redirectsAreFollowedAFewTimes() throws Exception {
        answer(
                "HTTP/1.1 302 Found\r\nlocation: /again\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 No\r\n\r\n");

        assertThat(look(http(false), LONG)).isEqualTo(new ProbeResult.Seen(new CheckStatus.Http(503)));
    }

    @Test
    void endlessRedirectsAreNoAnswer() throws Exception {
        answer("HTTP/1.1 302 Found\r\nlocation: /again\r\n\r\n");

        assertThat(why(look(http(false), LONG))).contains("more than 5 redirects");
    }

    @ParameterizedTest
    @CsvSource({
        "SSH-2.0-x, the answer is not HTTP",
        "'', ends within its head",
        "HTTP/1.1 20x OK, the answer is not HTTP"
    })
    void whatIsNoHttpIsNoAnswer(String line, String why) throws Exception {
        answer(line.isEmpty() ? "" : line + "\r\n\r\n");

        assertThat(why(look(http(false), LONG))).contains(why);
    }

    @Test
    void anEndlessHeadIsGivenUp() throws Exception {
        answer("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(10_000));

        assertThat(why(look(http(false), LONG))).contains("longer than 16384 bytes");
    }

    @Test
    void nobodyListening() throws Exception {
        server.close();

        assertThat(look(tcp(), LONG)).isEqualTo(new ProbeResult.Seen(new CheckStatus.Tcp(false)));
        assertThat(why(look(http(false), LONG))).startsWith("no answer from port ");
    }

    @Test
    void aServerThatIsSilentIsWaitedForAsLongAsAgreedOrUntilTheTaskIsOver() throws Exception {
        assertThat(why(look(http(false), Duration.ofMillis(300)))).isEqualTo("no answer in 0.3 s");
        assertThat(look(tcp(), LONG)).isEqualTo(new ProbeResult.Seen(new CheckStatus.Tcp(true)));

        probes.probe(order(http(false), null));
        probes.forget(CONTAINER);
        assertThat(why(next())).startsWith("no answer from port ");
    }

    @Test
    void anyCertificateWillDo(@TempDir Path dir) throws Exception {
        var https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(selfSigned(dir.resolve("keys"))));
        https.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(201, -1);
            }
        });
        https.start();
        try {
            var target = new TaskProbe.Http(true, false, https.getAddress().getPort(), "/x?y=z");
            assertThat(look(target, LONG)).isEqualTo(new ProbeResult.Seen(new CheckStatus.Http(201)));
        } finally {
            https.stop(0);
        }
    }

    private static SSLContext selfSigned(Path file) throws Exception {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "secret",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=nobody",
                        "-storetype",
                        "PKCS12"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, "secret".toCharArray());
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "secret".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** Answers the next connections so, the last answer again and again. */
    private void answer(String... answers) {
        Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; !server.isClosed(); i++) {
                    answer(server.accept(), answers[Math.min(i, answers.length - 1)]);
                }
            } catch (IOException closed) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void answer(Socket accepted, String answer) {
        try (accepted) {
            var _ = accepted.getInputStream().read(new byte[4_096]);
            accepted.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException goneAway) {
            System.getLogger("probe").log(System.Logger.Level.TRACE, "gone away", goneAway);
        }
    }

    private TaskProbe.Http http(boolean encrypted) {
        return new TaskProbe.Http(encrypted, false, server.getLocalPort(), "/health");
    }

    private TaskProbe.Tcp tcp() {
        return new TaskProbe.Tcp(false, server.getLocalPort());
    }

    private ProbeResult look(TaskProbe.Target target, @Nullable Duration timeout) throws InterruptedException {
        probes.probe(order(target, timeout));
        return next();
    }

    private ProbeResult next() throws InterruptedException {
        var event = Check.present(events.poll(30, TimeUnit.SECONDS), "an answer");
        return ((AgentEvent.Probed) event).result();
    }

    private static String why(ProbeResult result) {
        return result instanceof ProbeResult.Nothing(var why) ? why : result.toString();
    }

    private static AgentEffect.Probe order(TaskProbe.Target target, @Nullable Duration timeout) {
        var run = new RunId(new TaskKey(new FrameworkId("f"), new TaskId("t")), new Position(1, 0));
        var command = new TaskSpec.Command(true, "true", List.of(), List.of());
        var spec = new TaskSpec("", command, "", Duration.ZERO, null, List.of(), false);
        var probe = new TaskProbe(target, Duration.ZERO, Duration.ZERO, timeout);
        return new AgentEffect.Probe(run, CONTAINER, new AgentId("a"), spec, ProbeKind.CHECK, 1, probe);
    }
}
