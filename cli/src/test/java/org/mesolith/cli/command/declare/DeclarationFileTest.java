package org.mesolith.cli.command.declare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.Failure;
import org.mesolith.cli.render.JsonOutput;

/** What a declaration says, and what it may not say. */
final class DeclarationFileTest {
    private static final String WHOLE = """
            name: site
            roles:
              ads:
                weight: 2
                guarantees: {cpus: 8, mem: 1.5GB}
                limits: {disk: 1TB}
            reservations:
              - agent: h1
                role: ads
                resources: {cpus: 0.5, mem: 4GB, ports: [31000-31009, 8080], "disk[MOUNT:/mnt/a]": 100GB}
                labels: {purpose: launch}
            maintenance:
              - machines: [h1, 10.0.0.7]
                start: 2031-03-01T03:00:00+01:00
                duration: 1h30m
            """;

    private static String json(@Nullable Object value) {
        return new String(Json.bytes(JsonObject.of("v", value)), StandardCharsets.UTF_8);
    }

    @Test
    void aFileIsReadAsTheInterfaceTakesIt() {
        var file = DeclarationFile.read("f", WHOLE);

        assertThat(json(file.weights())).isEqualTo("{\"v\":[{\"role\":\"ads\",\"weight\":2.0}]}");
        assertThat(json(file.quotas()))
                .isEqualTo("{\"v\":[{\"role\":\"ads\",\"guarantees\":{\"cpus\":8.0,\"mem\":1536.0},"
                        + "\"limits\":{\"disk\":1048576.0}}]}");
        assertThat(file.reservations().getFirst().text("amounts"))
                .isEqualTo("cpus:0.5;disk[MOUNT:/mnt/a]:102400;mem:4096;ports:[8080-8080,31000-31009]");
        assertThat(json(file.windows()))
                .contains("{\"hostname\":\"\",\"ip\":\"10.0.0.7\"}", "2031-03-01T02:00:00Z", "PT1H30M");
    }

    @Test
    void jsonIsReadAsWell() {
        var file = DeclarationFile.read("f", "{\"name\": \"site\", \"roles\": {\"ads\": {\"weight\": 2}}}");

        assertThat(json(file.weights())).contains("\"weight\":2.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        roles: {} | f:1: a declaration needs the key "name"
        name: a b | f:1: "a b" is no name of a declaration
        name: s~roels: {} | f:2: a declaration has no key `roels` (did you mean `roles`?)
        name: s~name: t | f:2: the key "name" is given twice
        name: s~roles:~  ads:~    weigth: 2 | f:4: role "ads" has no key `weigth` (did you mean `weight`?)
        name: s~roles:~  ads: {weight: heavy} | f:3: the weight of role "ads" must be a number above 0
        name: s~roles:~  ads: {} | f:3: role "ads" says nothing
        name: s~roles:~  ads/x: {limits: {cpus: 1}} | guarantees and limits, write them at "ads"
        name: s~roles:~  ads: {limits: {mem: 512}} | f:3: the amount of mem is 512 and has no unit; write 512MB
        name: s~roles:~  ads: {limits: {mem: 512MiB}} | f:3: the amount of mem must be a size as 512MB, 20GB or 1.5TB
        name: s~roles:~  ads: {limits: {cpus: -1}} | f:3: the amount of cpus must be a number of 0 or more
        name: s~roles:~  /ads: {weight: 1} | f:3:
        name: s~reservations: [{role: a}] | f:2: a reservation needs the key "agent"
        name: s~reservations: [{agent: h, role: a, resources: {cpus: 0}}] | of cpus nothing is reserved
        name: s~maintenance: [{machines: [h], start: soon}] | f:2: the start "soon" is no moment
        name: s~maintenance: [{machines: [], start: 2031-03-01T03:00:00Z}] | names no machines
        name: s~maintenance: [{machines: [h], start: 2031-03-01T03:00:00Z, duration: 90}] | f:2:
        name: [ | f:
        name: s~---~name: t | f has 2 documents
        """)
    void whatIsWrongIsToldWithItsLine(String text, String said) {
        assertThatThrownBy(() -> DeclarationFile.read("f", text.replace('~', '\n')))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(said);
    }

    @Test
    void aHugeFileIsNotRead(@org.junit.jupiter.api.io.TempDir Path directory) throws IOException {
        var file = directory.resolve("huge.yaml");
        Files.write(file, new byte[DeclarationFile.BYTES_MAX + 1]);

        assertThatThrownBy(() -> DeclarationFile.read(file.toString(), System.in))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("split it into several declarations");
    }

    @Test
    void whatIsExportedIsReadBack() throws IOException {
        var objects = Json.readObject("""
                {"weights": [{"role": "ads", "weight": 2.5}],
                 "quotas": [{"role": "no", "guarantees": {"cpus": 0.001}, "limits": {"mem": 1536}}],
                 "reservations": [{"agent": "S1", "stack": [{"role": "ads", "principal": "o: p",
                   "labels": [{"key": "k #1", "value": "a \\"b\\" \\\\ \\n"}, {"key": "empty", "value": null}]}],
                   "amounts": "cpus:0.5;disk[MOUNT:/mnt/a]:102400;ports:[8080-8080,31000-31009]"}],
                 "windows": [{"machines": [{"hostname": "h1", "ip": "10.0.0.7"}, {"hostname": "", "ip": "10.0.0.8"}],
                   "start": "2031-03-01T02:00:00Z", "duration": "PT1H30M"}],
                 "agents": [{"id": "S1", "host": "h1"}], "left_out": []}""".getBytes(StandardCharsets.UTF_8));

        var export = ExportText.of("site", objects);
        var read = DeclarationFile.read("f", ExportText.yaml(export.file()));

        assertThat(export.leftOut()).isEmpty();
        assertThat(json(read.weights())).contains("2.5");
        assertThat(json(read.quotas())).contains("\"role\":\"no\"", "0.001", "1536.0");
        var reservation = read.reservations().getFirst();
        assertThat(reservation.text("agent")).isEqualTo("h1");
        assertThat(reservation.text("amounts"))
                .isEqualTo(objects.objects("reservations").getFirst().text("amounts"));
        assertThat(json(reservation.at("stack")))
                .contains("\"principal\":\"o: p\"", "\"key\":\"k #1\",\"value\":\"a \\\"b\\\" \\\\ \\n\"")
                .contains("\"key\":\"empty\",\"value\":null");
        assertThat(json(read.windows())).contains("{\"hostname\":\"h1\",\"ip\":\"10.0.0.7\"}", "PT1H30M");
    }

    /** Made of the same keys as the reader; {@code meso apply --schema} writes it. */
    @Test
    void theSchemaInTheDocsIsTheOneOfTheCode() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        JsonOutput.print(out, FileSchema.json());
        out.flush();

        assertThat(Path.of(System.getProperty("mesolith.root"), "docs", "cluster.schema.json"))
                .hasContent(bytes.toString(StandardCharsets.UTF_8));
    }
}
