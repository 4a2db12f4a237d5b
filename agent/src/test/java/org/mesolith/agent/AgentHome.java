package org.mesolith.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Where an agent in this process lives, over all its lives.
 *
 * @param dir of the test; its work directory is below
 */
record AgentHome(Path dir) {
    /** Starts it with the masters at these addresses. */
    Agent start(String masters, String... more) throws Exception {
        var settings = new ArrayList<>(List.of(
                "--master=" + masters,
                "--work_dir=" + dir.resolve("work"),
                "--port=0",
                "--hostname=localhost",
                "--cgroups_root=mesolith-test"));
        settings.addAll(List.of(more));
        return Agent.start(AgentConfig.read(settings, Map.of()));
    }

    /** A file in the sandbox of a task of {@link FakeMaster}. */
    Path file(String task, String name) {
        return dir.resolve("work/slaves/" + FakeMaster.AGENT + "/frameworks/" + FakeMaster.FRAMEWORK + "/executors/"
                + task + "/runs/latest/" + name);
    }

    /** Waits for what the agent is to do, 20 s at most. */
    static void until(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in 20 s");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
