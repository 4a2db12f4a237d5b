package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mesolith.cli.FakeServer;
import org.mesolith.process.Installation;

/** The packaged command line in a real terminal, as a person sees it. */
final class TerminalIT {
    private static final String TASKS = """
            {"get_tasks":{"tasks":[{"task_id":{"value":"web.1"},"framework_id":{"value":"F1"},"state":"TASK_RUNNING",
              "agent_id":{"value":"S1"},"resources":[{"name":"mem","type":"SCALAR","scalar":{"value":512.0}}]}]}}""";

    private FakeServer master;

    @BeforeEach
    void start() throws IOException {
        Needs.python();
        master = new FakeServer((request, out) -> out.write(FakeServer.answer(200, "", answer(request.body()))));
    }

    @AfterEach
    void stop() throws IOException {
        master.close();
    }

    private static String answer(String body) {
        if (body.contains("GET_TASKS")) {
            return TASKS;
        }
        if (body.contains("GET_ROLES")) {
            return "{\"get_roles\":{\"roles\":[{\"name\":\"ads\",\"frameworks\":[{\"value\":\"F1\"}]}]}}";
        }
        var agents = new ArrayList<String>();
        for (int at = 1; at <= 12; at++) {
            agents.add(agent(at));
        }
        return "{\"get_agents\":{\"agents\":[" + String.join(",", agents) + "]}}";
    }

    private static String agent(int at) {
        return """
                {"agent_info":{"id":{"value":"S%d"},"hostname":"host-%02d"},"active":true,"pid":"slave(1)@127.0.0.1:1",
                 "total_resources":[{"name":"cpus","type":"SCALAR","scalar":{"value":8.0}},
                                    {"name":"mem","type":"SCALAR","scalar":{"value":16384.0}}],
                 "allocated_resources":[{"name":"cpus","type":"SCALAR","scalar":{"value":%d.0}}]}
                """.formatted(at, at, at % 8);
    }

    @Test
    void theScreenIsSortedScrolledAndLeftAsItWasFound() throws IOException, InterruptedException {
        var said = terminal(
                List.of("wait 1-6 of 12", "screen", "keys \\x1b[B", "wait 2-7 of 12", "keys q", "end"),
                "xterm",
                "top",
                "--interval",
                "500ms");

        assertThat(said.lines().skip(1).limit(10).map(TerminalIT::withoutTime))
                .containsExactly(
                        "meso top: agents by cpus, 12 in all, (time and master)",
                        "allocated: cpus 38/96 40%, mem 0M/192G 0%, disk 0M",
                        "HOST     AGENT  STATE   CPUS   MEM    DISK  USED MEM  USED DISK",
                        "host-07  S7     active  7 88%  0M 0%  0M    -         -",
                        "host-06  S6     active  6 75%  0M 0%  0M    -         -",
                        "host-05  S5     active  5 63%  0M 0%  0M    -         -",
                        "host-04  S4     active  4 50%  0M 0%  0M    -         -",
                        "host-12  S12    active  4 50%  0M 0%  0M    -         -",
                        "host-03  S3     active  3 38%  0M 0%  0M    -         -",
                        "1-6 of 12  q quit  tab view  s sort  up/down scroll");
        assertThat(said).endsWith("ended 0, terminal as before: True, cursor hidden: False, other screen: False\n");
    }

    @Test
    void controlCGivesTheTerminalBack() throws IOException, InterruptedException {
        var said = terminal(
                List.of(
                        "wait agents by cpus",
                        "keys \\t",
                        "wait roles by cpus",
                        "keys \\t",
                        "wait web.1",
                        "keys s",
                        "wait tasks by mem",
                        "keys \\x03",
                        "end"),
                "xterm",
                "top");

        assertThat(said).isEqualTo("ended 130, terminal as before: True, cursor hidden: False, other screen: False\n");
    }

    @Test
    void aDumbTerminalGetsOneScreenBelowTheOther() throws IOException, InterruptedException {
        var said = terminal(List.of("wait 1-6 of 12", "keys q", "end"), "dumb", "top");

        assertThat(said).startsWith("ended 0, terminal as before: True");
    }

    @Test
    void whatCannotBeTakenBackIsTypedInATerminal() throws IOException, InterruptedException {
        var said = terminal(
                List.of("wait Type `host-07` to go on:", "keys host-70\\n", "end", "screen"),
                "xterm",
                "agent",
                "gone",
                "S7");

        assertThat(said).contains("ended 2").contains("`host-70` was typed, not `host-07`; nothing was changed");
        assertThat(master.requests()).noneMatch(request -> request.body().contains("MARK_AGENT_GONE"));
    }

    private static String withoutTime(String line) {
        return line.replaceAll("(in all), .*", "$1, (time and master)");
    }

    private String terminal(List<String> steps, String kind, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "python3",
                Path.of(System.getProperty("mesolith.root", ".."), "cli/src/test/resources/terminal/screen.py")
                        .toString(),
                "100",
                "10",
                "30"));
        command.addAll(Installation.current().command(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MESO_MASTERS", master.address());
        builder.environment().put("TERM", kind);
        var process = builder.start();
        process.getOutputStream().write((String.join("\n", steps) + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
