package org.mesolith.cli.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.FreePorts;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/** A cluster of one master and one agent that can be killed and comes back where it was. */
final class OneAgent implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Path directory;
    private List<String> options;
    private final int port = new FreePorts(new Random()).next();
    private final ClusterProcess cluster;
    private final Member master;
    private OsProcess agent;

    /** @param options of the agent, besides where it is */
    OneAgent(Path directory, String... options) {
        this.directory = directory;
        this.options = List.of(options);
        this.cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(1, 0));
        cluster.start();
        this.master = cluster.awaitLeader(LONG);
        this.agent = start();
    }

    /** Kills the agent (SIGKILL) and starts it again. */
    void killAndRestart() {
        agent.kill();
        agent = start();
    }

    /** Kills the agent (SIGKILL) and starts it again with other options. */
    void killAndRestart(String... changed) {
        options = List.of(changed);
        killAndRestart();
    }

    HandFramework subscribe() {
        return HandFramework.subscribe(master.address());
    }

    /** A framework that has these capabilities beside the usual ones. */
    HandFramework subscribeAble(String... capabilities) {
        return HandFramework.subscribeAble(master.address(), capabilities);
    }

    /** What a call of the operator API of the master answers. */
    String askMaster(String type) {
        return HandFramework.post(master.address(), "/api/v1", JsonObject.of("type", type), LONG)
                .text();
    }

    /** What GET_EXECUTORS of the master answers. */
    String executors() {
        return askMaster("GET_EXECUTORS");
    }

    void awaitNoExecutors() {
        Waiting.until("the end of all executors", LONG, () -> {
            var shown = executors();
            return shown.contains("executor_id") ? shown : "";
        });
    }

    /** What a call of the agent's API answers. */
    String ask(JsonObject call) {
        return HandFramework.post("127.0.0.1:" + port, "/api/v1", call, LONG).text();
    }

    @Override
    public void close() {
        Leftovers.killBelow(home());
        cluster.close();
        Leftovers.delete(directory);
    }

    private Path home() {
        return directory.resolve("agent");
    }

    private OsProcess start() {
        var command = new ArrayList<>(Installation.current()
                .command(
                        "agent",
                        "--master=" + master.address(),
                        "--work_dir=" + home().resolve("data"),
                        "--ip=127.0.0.1",
                        "--port=" + port));
        command.addAll(options);
        return OsProcess.start("agent", command, Map.of(), home(), home().resolve("log"));
    }
}
