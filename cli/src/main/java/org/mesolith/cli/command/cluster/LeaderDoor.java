package org.mesolith.cli.command.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.HttpRequest;
import org.mesolith.cli.client.Json;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.MasterClient;
import org.mesolith.cli.client.MasterList;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;

/** What is asked of the leader about the members: the leader decides, and says why not. */
final class LeaderDoor {
    /** A new member may have to fetch a large snapshot first; a master waits two minutes. */
    static final Duration CHANGE_MAX = Duration.ofSeconds(150);

    /** A new leader after a change. */
    static final Duration LOOK_MAX = Duration.ofSeconds(20);

    private LeaderDoor() {}

    /** A client that asks the leader first, and the other members when it is gone. */
    static MasterClient client(GroupPicture picture, Duration timeout) {
        var addresses = new ArrayList<HostPort>();
        addresses.add(picture.leaderAddress());
        for (JsonObject voter : picture.voters()) {
            var address = HostPort.parse(voter.text("http_address"));
            if (!addresses.contains(address)) {
                addresses.add(address);
            }
        }
        return new MasterClient(new MasterList(List.copyOf(addresses), "the list of members"), timeout);
    }

    /** Asks for other voters. Fails with {@link ExitCode#FAILED} and the leader's reason when it refuses. */
    static JsonObject change(GroupPicture picture, JsonObject wish) {
        return post(picture, "/raft/change", wish, CHANGE_MAX);
    }

    /** A call to the leader whose answer is JSON. Fails with {@link ExitCode#FAILED} and the reason when refused. */
    static JsonObject post(GroupPicture picture, String path, JsonObject body, Duration timeout) {
        try (var answer = client(picture, timeout).write(HttpRequest.post(path, Json.bytes(body)))) {
            if (answer.reply().status() != 200) {
                throw new Failure(
                        ExitCode.FAILED,
                        "refused by " + answer.answeredBy() + " ("
                                + answer.reply().status() + "): "
                                + answer.reply().text());
            }
            return Json.readObject(answer.reply().body());
        } catch (IOException broken) {
            throw new Failure(
                    ExitCode.UNKNOWN_OUTCOME,
                    "the answer broke off (" + broken.getMessage() + "); look with `meso cluster members`",
                    broken);
        }
    }
}
