package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.scheduler.Tasks;
import org.mesolith.process.ClusterProcess;
import org.mesolith.process.Installation;
import org.mesolith.process.Member;
import org.mesolith.process.Probe;
import org.mesolith.process.Waiting;

/** An operator reserves disk and makes a volume of it; tasks keep data there across tasks, agents and leaders. */
final class VolumesIT {
    private static final List<String> NEVER_RAN = List.of("TASK_LOST", "TASK_DROPPED");
    private static final List<String> RAN = List.of("TASK_FINISHED", "TASK_FAILED", "TASK_ERROR");
    private static final int OFFERS_MAX = 5;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String ROLE = "keepers";

    @TempDir
    private Path directory;

    @Test
    void whatATaskWroteIntoItsVolumeIsThereForTheNextOneUntilTheVolumeIsDestroyed() {
        try (var cluster = new ClusterProcess(
                Installation.current(), directory.resolve("cluster"), ClusterProcess.Settings.of(3, 1))) {
            cluster.start();
            Member first = cluster.awaitLeader(LONG);
            Member agent = cluster.agents().getFirst();
            Path data = agent.directory().resolve("data/volumes/roles/" + ROLE + "/v1");
            String id;
            try (var framework = HandFramework.subscribeInRole(first.address(), ROLE)) {
                id = framework.awaitOffer().text("agent_id.value");
                ask(first, "RESERVE_RESOURCES", "reserve_resources", id, "resources", disk(""));
                ask(first, "CREATE_VOLUMES", "create_volumes", id, "volumes", disk(volume()));
                run(framework, "writes", "echo kept > data/file");
                assertThat(data.resolve("file")).hasContent("kept");

                agent.process().killNow();
                agent.process().awaitEnd(SOON);
                agent.start();
                run(framework, "reads", "grep kept data/file");
            }
            first.process().killNow();
            Member second = cluster.awaitLeaderOtherThan(first, LONG);
            try (var framework = HandFramework.subscribeInRole(second.address(), ROLE)) {
                run(framework, "reads-again", "grep kept data/file");
            }
            ask(second, "DESTROY_VOLUMES", "destroy_volumes", id, "volumes", disk(volume()));
            Waiting.until(
                    "the end of the volume's data", LONG, () -> data.toFile().exists() ? data + " is there" : "");
            ask(second, "UNRESERVE_RESOURCES", "unreserve_resources", id, "resources", disk(""));
        }
    }

    /**
     * Runs a task with the volume to its good end. An offer may be taken back while it is used, for the agent was
     * killed a moment ago: then the task is lost and the next offer is taken.
     */
    private static void run(HandFramework framework, String name, String shell) {
        String state = "";
        for (int number = 1; !RAN.contains(state) && number <= OFFERS_MAX; number++) {
            String task = name + "-" + number;
            JsonObject offer = framework.awaitOffer();
            while (volumes(offer).isEmpty()) {
                framework.call(Tasks.decline(List.of(offer), 0));
                offer = framework.awaitOffer();
            }
            HandFramework.Answer answer = framework.call(HandFramework.launch(offer, task, shell, volumes(offer)));
            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            state = framework
                    .await("the end of " + task, event -> isEnd(event, task))
                    .text("update.status.state");
        }
        assertThat(state).isEqualTo("TASK_FINISHED");
    }

    private static boolean isEnd(JsonObject event, String task) {
        return event.text("type").equals("UPDATE")
                && event.text("update.status.task_id.value").equals(task)
                && (RAN.contains(event.text("update.status.state"))
                        || NEVER_RAN.contains(event.text("update.status.state")));
    }

    private static List<JsonObject> volumes(JsonObject offer) {
        return offer.objects("resources").stream()
                .filter(resource -> resource.has("disk"))
                .toList();
    }

    private static void ask(Member master, String type, String body, String agent, String list, String resource) {
        String call = "{\"type\":\"" + type + "\",\"" + body + "\":{\"agent_id\":{\"value\":\"" + agent + "\"},\""
                + list + "\":[" + resource + "]}}";
        Waiting.until(type, LONG, () -> {
            Probe answer = Probe.ask(master.address(), "/api/v1", call, SOON);
            return answer.status() / 100 == 2 ? "" : answer.status() + " " + answer.body();
        });
    }

    private static String volume() {
        return ",\"disk\":{\"persistence\":{\"id\":\"v1\"},\"volume\":{\"mode\":\"RW\",\"container_path\":\"data\"}}";
    }

    private static String disk(String more) {
        return "{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":64},"
                + "\"reservations\":[{\"type\":\"DYNAMIC\",\"role\":\"" + ROLE + "\"}]" + more + "}";
    }
}
