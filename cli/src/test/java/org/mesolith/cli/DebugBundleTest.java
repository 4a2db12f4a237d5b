package org.mesolith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Check;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.ExitCode;

/** Bundles of a cluster that is full of secrets; none may be found in what comes out. */
final class DebugBundleTest {
    private static final String SECRET = "hunter2-never-to-be-seen";
    private static final String OWN = "the-operators-own-word";
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlLW9mLWl0";
    private static final String FLAGS = """
            {"flags":{"credentials":"%1$s","jwt_secret_key":"%1$s","agent_ping_timeout":"15secs",
              "modules":"{\\"api_key\\": \\"%1$s\\"}","advertised":"http://me:%1$s@host/","authToken":"%1$s"}}
            """.formatted(SECRET);
    private static final String LOG = """
            I1 started with --credential=%1$s --port=5050
            W2 Authorization: Bearer %2$s was refused
            W3 {"principal":"ops","secret":"%1$s"}
            I4 password: %1$s
            -----BEGIN PRIVATE KEY-----
            %1$s
            -----END PRIVATE KEY-----
            I5 somebody wrote %3$s and %2$s into a log
            """.formatted(SECRET, TOKEN, OWN);

    @TempDir
    private Path directory;

    private FakeServer master;
    private FakeServer agent;

    @BeforeEach
    void start() throws IOException {
        agent = new FakeServer((request, out) -> out.write(ofBoth(request.target())));
        master = new FakeServer((request, out) -> out.write(ofMaster(request)));
    }

    @AfterEach
    void stop() throws IOException {
        master.close();
        agent.close();
    }

    private byte[] ofMaster(FakeServer.Request request) {
        if (request.body().contains("GET_AGENTS")) {
            return FakeServer.answer(
                    200,
                    "",
                    "{\"get_agents\":{\"agents\":[{\"agent_info\":{\"id\":{\"value\":\"S1\"}},\"active\":true,"
                            + "\"pid\":\"slave(1)@" + agent.address() + "\"}]}}");
        }
        return switch (request.target()) {
            case "/raft" ->
                FakeServer.answer(
                        200,
                        "",
                        "{\"role\":\"LEADER\",\"term\":3,\"members\":[{\"http_address\":\"" + master.address()
                                + "\"}]}");
            case "/audit" -> FakeServer.answer(200, "", "{\"type\":\"chain\",\"from\":1,\"rows\":5000}\n");
            case "/audit?from=3001" ->
                FakeServer.answer(200, "", "{\"type\":\"audit\",\"arguments\":\"token=x1y2\"}\n");
            case "/doctor" -> FakeServer.answer(500, "", "the doctor is out");
            default -> ofBoth(request.target());
        };
    }

    private static byte[] ofBoth(String target) {
        if (target.startsWith("/files/read")) {
            return FakeServer.answer(
                    200,
                    "",
                    target.endsWith("offset=-1")
                            ? "{\"offset\":" + LOG.length() + "}"
                            : new String(Json.bytes(JsonObject.of("data", LOG, "offset", 0)), StandardCharsets.UTF_8));
        }
        return FakeServer.answer(200, "", target.equals("/flags") ? FLAGS : "{\"numbers\":17}");
    }

    private Run bundle(String... more) throws IOException {
        Path credential = Files.writeString(
                directory.resolve("credential"), "{\"principal\": \"ops\", \"secret\": \"" + OWN + "\"}");
        var words = new ArrayList<>(List.of("debug", "bundle", "--masters", master.address(), "--output"));
        words.add(directory.resolve("bundle.tar.gz").toString());
        words.addAll(List.of(more));
        return Run.with(
                Map.of("HOME", "/nonexistent", "MESO_CREDENTIAL", credential.toString()), words.toArray(String[]::new));
    }

    /** As tar unpacks it: content by name. */
    private Map<String, String> unpacked() throws IOException, InterruptedException {
        Path into = Files.createDirectories(directory.resolve("unpacked"));
        var tar = new ProcessBuilder(
                        "tar", "xzf", directory.resolve("bundle.tar.gz").toString(), "-C", into.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(tar.exitValue()).isZero();
        var found = new java.util.TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(into)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(into.relativize(file).toString(), Files.readString(file));
            }
        }
        return found;
    }

    private static JsonObject json(Map<String, String> files, String name) throws IOException {
        return Json.readObject(Check.present(files.get(name), name).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void noSecretIsInItAndWhatHelpsIs() throws IOException, InterruptedException {
        Run run = bundle();

        assertThat(run.code()).as(run.err()).isZero();
        var files = unpacked();
        assertThat(String.join("\n", files.values()))
                .doesNotContain(SECRET)
                .doesNotContain(OWN)
                .doesNotContain(TOKEN)
                .doesNotContain("x1y2")
                .contains("15secs")
                .contains("--port=5050")
                .contains("somebody wrote *** and *** into a log");
        String place = "masters/" + master.address().replace(':', '-');
        assertThat(files)
                .containsKeys(
                        "manifest.json",
                        "here/version.json",
                        place + "/raft.json",
                        place + "/metrics-snapshot.json",
                        place + "/log.txt",
                        "cluster/state-summary.json",
                        "cluster/audit.jsonl",
                        "cluster/events.jsonl",
                        "agents/S1/flags.json",
                        "agents/S1/log.txt");
        assertThat(json(files, place + "/flags.json").text("flags.agent_ping_timeout"))
                .isEqualTo("15secs");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("bundle.tar.gz"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theManifestSaysWhatIsMissingAndWhy() throws IOException, InterruptedException {
        Run run = bundle("--json");

        assertThat(run.err()).contains("/doctor: answered 500: the doctor is out");
        var manifest = json(unpacked(), "manifest.json");
        assertThat(manifest.objects("missing"))
                .singleElement()
                .satisfies(one -> assertThat(one.text("why")).isEqualTo("answered 500: the doctor is out"));
        assertThat(manifest.objects("contents"))
                .filteredOn(one -> one.text("file").endsWith("log.txt"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.whole("redacted", 0)).isGreaterThan(4));
        assertThat(run.out()).contains("\"contents\"");
    }

    @Test
    void whatIsTooLargeIsLeftOutAndSaidSo() throws IOException, InterruptedException {
        assertThat(bundle("--max-size", "0.001MB").code()).isZero();

        var manifest = json(unpacked(), "manifest.json");
        assertThat(manifest.objects("missing").toString()).contains("--max-size raises it");
        assertThat(manifest.objects("contents").stream()
                        .mapToLong(one -> one.whole("bytes", 0))
                        .sum())
                .isLessThanOrEqualTo(1_049);
    }

    @Test
    void aDryRunNamesEveryPageAndWritesNothing() throws IOException {
        Run run = bundle("--dry-run");

        assertThat(run.out()).contains(master.address() + "/metrics/snapshot -> masters/");
        assertThat(Files.exists(directory.resolve("bundle.tar.gz"))).isFalse();
    }

    @Test
    void aFileThatExistsIsNotOverwritten() throws IOException {
        Files.writeString(directory.resolve("bundle.tar.gz"), "dear to somebody");

        assertThat(bundle().code()).isEqualTo(ExitCode.USAGE);

        assertThat(Files.readString(directory.resolve("bundle.tar.gz"))).isEqualTo("dear to somebody");
    }

    @Test
    void withoutAnyMasterItStillSaysWhatIsKnown() throws IOException, InterruptedException {
        master.close();

        Run run = bundle();

        assertThat(run.code()).isEqualTo(ExitCode.NO_MASTER);
        assertThat(unpacked()).containsKeys("manifest.json", "here/version.json");
    }
}
