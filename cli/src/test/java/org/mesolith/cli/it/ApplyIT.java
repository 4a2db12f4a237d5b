package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** A real cluster becomes what a file says, while its leader dies and others apply at the same time. */
final class ApplyIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    private static final String SITE = """
            name: site
            roles:
              ads:
                weight: %s
                guarantees: {cpus: 0.1, mem: 8MB}
                limits: {cpus: 1, mem: 64MB}
              web: {weight: 3}
            reservations:
              - agent: %s
                role: ads
                resources: {cpus: 0.1, mem: 8MB}
                labels: {purpose: launch}
            maintenance:
              - machines: [rack-7.example]
                start: 2031-03-01T02:00:00Z
                duration: 2h
            """;

    @TempDir
    private Path directory;

    private int runs;

    private record Said(int code, String text) {}

    @Test
    void theClusterBecomesWhatTheFileSaysWhoeverDiesOrRaces() throws Exception {
        try (var cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(3, 1))) {
            cluster.start();
            Waiting.until(
                    "an active agent",
                    LONG,
                    () -> meso(cluster, "agent", "ls").text().contains("  active  ") ? "" : "no agent is active");
            var agent = json(page(cluster, "/declarations/objects", ""))
                    .objects("agents")
                    .getFirst()
                    .text("id");
            var file = directory.resolve("site.yaml");

            itDoesWhatIsLeftAfterTheLeaderDied(cluster, file, agent);
            itFollowsTheLeaderThatDiesUnderIt(cluster, file, agent);
            ofTwoAtTheSameTimeOneWins(cluster);
            whatIsExportedIsAppliedWithoutAChange(cluster);
            whatIsWrongChangesNothing(cluster, agent);
        }
    }

    /** The first part is applied; then the leader dies, and whoever asked for it. */
    private void itDoesWhatIsLeftAfterTheLeaderDied(ClusterProcess cluster, Path file, String agent) throws Exception {
        Files.writeString(file, SITE.formatted("2", agent));
        ends(7, meso(cluster, "diff", "-f", file.toString()));
        ends(2, meso(cluster, "apply", "-f", file.toString()));
        var leader = cluster.awaitLeader(LONG);
        var plan = json(page(cluster, "/declarations/plan", """
                {"name": "site", "weights": [{"role": "ads", "weight": 2}, {"role": "web", "weight": 3}]}"""));
        assertThat(page(cluster, "/declarations/apply", part(plan)).status()).isEqualTo(200);
        leader.process().killNow();

        var rest = meso(cluster, "apply", "-f", file.toString(), "--yes");

        assertThat(rest.code()).as(rest.text()).isZero();
        assertThat(rest.text()).doesNotContain("weights").contains("+ ads: guarantees cpus:0.1;mem:8");
        asDeclared(cluster, file);
        leader.startAndAwaitHealth(LONG, false);
    }

    /** Whoever asks is told by the next leader, and nothing is done twice. */
    private void itFollowsTheLeaderThatDiesUnderIt(ClusterProcess cluster, Path file, String agent) throws Exception {
        Files.writeString(
                file, SITE.formatted("4", agent).replace("cpus: 1,", "cpus: 2,").replace("2h", "3h"));
        var leader = cluster.awaitLeader(LONG);
        var apply = start(cluster, "apply", "-f", file.toString(), "--yes", "--timeout", "60s");
        Waiting.until(
                "the first part",
                LONG,
                () -> page(cluster, "/declarations", "").body().contains("\"ads\":\"4.0\"")
                        ? ""
                        : "nothing is applied yet");
        leader.process().killNow();

        int ended = apply.awaitEnd(LONG);
        assertThat(ended).as(Files.readString(apply.log())).isZero();
        asDeclared(cluster, file);
        leader.startAndAwaitHealth(LONG, false);
        var objects = page(cluster, "/declarations/objects", "").body();
        assertThat(objects)
                .contains("\"role\":\"ads\",\"weight\":4.0")
                .contains("\"cpus\":2")
                .contains("\"duration\":\"PT3H\"");
    }

    private void asDeclared(ClusterProcess cluster, Path file) {
        var again = meso(cluster, "diff", "-f", file.toString());
        assertThat(again.code()).as(again.text()).isZero();
        assertThat(meso(cluster, "apply", "-f", file.toString(), "--yes").text())
                .contains("nothing to do");
    }

    private void ofTwoAtTheSameTimeOneWins(ClusterProcess cluster) throws Exception {
        var plans = new ArrayList<JsonObject>();
        for (int weight = 6; weight <= 7; weight++) {
            plans.add(json(page(
                    cluster,
                    "/declarations/plan",
                    "{\"name\": \"race\", \"weights\": [{\"role\": \"race\"," + " \"weight\": " + weight + "}]}")));
        }

        var answers = plans.stream()
                .map(plan -> CompletableFuture.supplyAsync(() -> page(cluster, "/declarations/apply", part(plan))))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).extracting(Probe::status).containsExactlyInAnyOrder(200, 412);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 412)
                .allSatisfy(answer -> assertThat(answer.body())
                        .contains("the declaration 'race' itself")
                        .contains("race (seen: none; now: "));
    }

    private void whatIsExportedIsAppliedWithoutAChange(ClusterProcess cluster) throws Exception {
        var exported = directory.resolve("exported.yaml");
        Files.writeString(exported, meso(cluster, "export", "--name", "copy").text());

        var diff = meso(cluster, "diff", "-f", exported.toString());

        assertThat(diff.code()).as(Files.readString(exported) + diff.text()).isZero();
        assertThat(diff.text()).contains("copy: 0 to add, 0 to change, 0 to delete, ");
        assertThat(meso(cluster, "apply", "-f", exported.toString(), "--yes").code())
                .isZero();
        var json = directory.resolve("exported.json");
        Files.writeString(
                json, meso(cluster, "export", "--name", "copy", "--json").text());
        assertThat(meso(cluster, "apply", "-f", json.toString(), "--yes").text())
                .contains("nothing to do");
    }

    private void whatIsWrongChangesNothing(ClusterProcess cluster, String agent) throws Exception {
        var before = page(cluster, "/declarations/objects", "").body();
        var file = directory.resolve("wrong.yaml");
        for (var wrong : List.of(
                List.of("name: w\nroels: {}", ":2: ", "did you mean `roles`?"),
                List.of(
                        "name: w\nroles:\n  ads:\n    guarantees: {mem: 512}",
                        ":4: ",
                        "has no unit; write 512MB, 512GB or 512TB"),
                List.of("name: w\nroles:\n  ads: {weight: 1}\n  ads: {weight: 2}", ":4: ", "given twice"),
                List.of(
                        "name: w\nreservations:\n- agent: " + agent + "x\n  role: ads\n  resources: {cpus: 1}",
                        ":3: ",
                        "did you mean `" + agent + "`?"),
                List.of(
                        "name: w\nreservations:\n- agent: " + agent + "\n  role: ads\n  resources: {cpus: 10000}",
                        "",
                        "10000 needed"),
                List.of("name: w\nroles:\n  ads:\n    guarantees: {cpus: 10000}", "", "cpus 10000 of "))) {
            Files.writeString(file, wrong.get(0));

            var said = meso(cluster, "apply", "-f", file.toString(), "--yes");

            assertThat(said.code()).as(said.text()).isNotZero();
            assertThat(said.text()).contains(wrong.get(1), wrong.get(2), "nothing was changed");
        }
        assertThat(page(cluster, "/declarations/objects", "").body()).isEqualTo(before);
    }

    /** The only part of a plan, as it is sent back. */
    private static String part(JsonObject plan) {
        var part = plan.objects("parts").getFirst();
        return new String(
                Json.bytes(JsonObject.of(
                        "name",
                        plan.text("name"),
                        "kind",
                        part.text("kind"),
                        "revision",
                        part.whole("revision", -1),
                        "changes",
                        part.objects("changes"))),
                StandardCharsets.UTF_8);
    }

    /** Of the leader; a body makes it a POST. */
    private static Probe page(ClusterProcess cluster, String path, String body) {
        return Probe.ask(cluster.awaitLeader(LONG).address(), path, body, Duration.ofSeconds(20));
    }

    private static JsonObject json(Probe page) throws IOException {
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return Json.readObject(page.body().getBytes(StandardCharsets.UTF_8));
    }

    private OsProcess start(ClusterProcess cluster, String... args) {
        return OsProcess.start(
                "meso",
                cluster.installation().command(args),
                Map.of("MESO_MASTERS", cluster.masterAddresses()),
                directory,
                directory.resolve("meso-" + ++runs + ".log"));
    }

    private static void ends(int code, Said said) {
        assertThat(said.code()).as(said.text()).isEqualTo(code);
    }

    private Said meso(ClusterProcess cluster, String... args) {
        var process = start(cluster, args);
        int ended = process.awaitEnd(LONG);
        try {
            return new Said(ended, Files.readString(process.log()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
