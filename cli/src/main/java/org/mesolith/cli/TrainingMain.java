package org.mesolith.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.Console;

/**
 * Runs the reads that an operator uses most against a small server of its own, so that the JVM can record which classes
 * a command needs (the start-up cache of {@code bin/meso}). Touches no cluster; ends by itself.
 */
public final class TrainingMain {

    private static final String AGENT = "{\"agent_info\":{\"id\":{\"value\":\"S1\"},\"hostname\":\"h\",\"port\":5051,"
            + "\"resources\":[]},\"active\":true,\"version\":\"0\",\"pid\":\"slave(1)@127.0.0.1:5051\","
            + "\"total_resources\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1.5}},"
            + "{\"name\":\"ports\",\"type\":\"RANGES\",\"ranges\":{\"range\":[{\"begin\":1,\"end\":2}]}}]}";
    private static final String TASK = "{\"task_id\":{\"value\":\"t\"},\"name\":\"t\",\"state\":\"TASK_RUNNING\","
            + "\"agent_id\":{\"value\":\"S1\"},\"framework_id\":{\"value\":\"F\"},\"resources\":[],"
            + "\"statuses\":[{\"timestamp\":1.5}]}";

    private static final Map<String, String> ANSWERS = Map.of(
            "GET_AGENTS", "{\"type\":\"GET_AGENTS\",\"get_agents\":{\"agents\":[" + AGENT + "]}}",
            "GET_TASKS", "{\"type\":\"GET_TASKS\",\"get_tasks\":{\"tasks\":[" + TASK + "]}}",
            "GET_FRAMEWORKS", "{\"type\":\"GET_FRAMEWORKS\",\"get_frameworks\":{\"frameworks\":[]}}",
            "GET_WEIGHTS",
                    "{\"type\":\"GET_WEIGHTS\",\"get_weights\":{\"weight_infos\":[{\"role\":\"r\",\"weight\":2.0}]}}",
            "/raft", "{\"member\":{\"id\":\"m\"},\"role\":\"LEADER\",\"term\":1,\"members\":[]}");

    private TrainingMain() {}

    /** Trains, and exits with 0 if every command worked. */
    public static void main(String[] args) throws IOException {
        int worst;
        try (var server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon(true).start(() -> serve(server));
            String masters = "127.0.0.1:" + server.getLocalPort();
            var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            var environment = new LinkedHashMap<>(System.getenv());
            environment.put(MasterList.VARIABLE, masters);
            var console = new Console(nowhere, System.err, environment);
            worst = 0;
            for (String command : new String[] {
                "agent ls", "task ls", "framework ls", "weight get", "cluster status", "agent ls --json", "version"
            }) {
                worst = Math.max(worst, CliMain.run(command.split(" "), console));
            }
        }
        System.exit(worst);
    }

    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                answer(socket);
            } catch (IOException ended) {
                return; // The trainer closed the server: it is done.
            }
        }
    }

    private static void answer(Socket socket) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        String request = reader.readLine();
        int length = 0;
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        var body = new StringBuilder(request == null ? "" : request);
        for (int at = 0; at < length; at++) {
            body.append((char) reader.read());
        }
        String asked = body.toString();
        String json = ANSWERS.entrySet().stream()
                .filter(answer -> asked.contains(answer.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("{}");
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        String chunk = Integer.toHexString(json.length()) + "\r\n" + json + "\r\n0\r\n\r\n";
        socket.getOutputStream().write((head + chunk).getBytes(StandardCharsets.UTF_8));
    }
}
