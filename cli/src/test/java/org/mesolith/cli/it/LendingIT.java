package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.scheduler.Tasks;
import org.mesolith.process.Waiting;

/** An agent lends cpus that it does not have, then less of them while a task still holds some. */
final class LendingIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String OWN = "--resources=cpus:1;mem:512;disk:512";
    private static final String EVERY = "--oversubscribed_resources_interval=1secs";
    private static final String ESTIMATOR = "org_apache_mesos_FixedResourceEstimator";

    @TempDir(cleanup = CleanupMode.NEVER) // Processes may still write below it.
    private static Path directory;

    private static OneAgent site;

    @BeforeAll
    static void startClusterAndAgent() {
        site = new OneAgent(directory, OWN, EVERY, "--resource_estimator=" + ESTIMATOR, lent(4));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void whatIsLentIsOfferedToThoseWhoAskForItAndShrinksWithoutHarmToTasks() throws Exception {
        try (var plain = site.subscribe()) {
            assertThat(revocable(plain.awaitOffer().objects("resources"))).isZero();
            plain.call(JsonObject.of("type", "TEARDOWN"));
        }
        try (var framework = site.subscribeAble("REVOCABLE_RESOURCES")) {
            var offer = framework.awaitOffer();
            assertThat(revocable(offer.objects("resources"))).isEqualTo(4);
            var resources = List.of(lentCpus(3), Tasks.scalar("mem", 32));
            framework.call(Tasks.accept(
                    List.of(offer),
                    List.of(Tasks.task(
                            "lent",
                            "lent",
                            offer.object("agent_id"),
                            resources,
                            JsonObject.of("value", "exec sleep 1000"))),
                    0));
            framework.awaitUpdate("lent", "TASK_RUNNING");
            awaitLent(4, 3);

            site.killAndRestart(OWN, EVERY, "--resource_estimator=" + ESTIMATOR, lent(1));
            awaitLent(3, 3);
            assertThat(framework.events()).noneMatch(LendingIT::isEnd);

            framework.call(Tasks.kill("lent"));
            framework.awaitUpdate("lent", "TASK_KILLED");
            awaitLent(1, 0);
            Waiting.until("an offer of what is lent now", LONG, () -> {
                double offered = revocable(framework.awaitOffer().objects("resources"));
                return offered == 1 ? "" : "revocable cpus: " + offered;
            });
            framework.call(JsonObject.of("type", "TEARDOWN"));
        }
    }

    private static boolean isEnd(JsonObject event) {
        return HandFramework.type(event, "UPDATE")
                && !event.text("update.status.state").matches("TASK_(STARTING|RUNNING)");
    }

    /** What the master shows of the agent. */
    private static void awaitLent(double total, double allocated) {
        Waiting.until("cpus that are lent: " + total + ", in use: " + allocated, LONG, () -> {
            var answer = site.askMaster("GET_AGENTS");
            var agents = read(answer).objects("get_agents.agents");
            return agents.size() == 1
                            && revocable(agents.getFirst().objects("total_resources")) == total
                            && revocable(agents.getFirst().objects("allocated_resources")) == allocated
                            && revocable(agents.getFirst().objects("agent_info.resources")) == 0
                    ? ""
                    : answer;
        });
    }

    private static JsonObject read(String answer) {
        try {
            return Json.readObject(answer.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static double revocable(List<JsonObject> resources) {
        return resources.stream()
                .filter(resource -> resource.has("revocable"))
                .mapToDouble(resource -> resource.number("scalar.value", 0))
                .sum();
    }

    private static JsonObject lentCpus(double value) {
        return JsonObject.of(
                "name",
                "cpus",
                "type",
                "SCALAR",
                "scalar",
                JsonObject.of("value", value),
                "revocable",
                JsonObject.EMPTY);
    }

    private static String lent(int cpus) {
        return "--modules={\"libraries\":[{\"file\":\"/lib/libfixed_resource_estimator.so\",\"modules\":[{\"name\":\""
                + ESTIMATOR + "\",\"parameters\":[{\"key\":\"resources\",\"value\":\"cpus:" + cpus + "\"}]}]}]}";
    }
}
