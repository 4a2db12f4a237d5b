package org.mesolith.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.AgentId;
import org.mesolith.state.Command;
import org.mesolith.state.Registry;

/** What somebody who plays a part in a story sees of the cluster. */
final class Scene {
    private final Cast cast;
    private final SortedMap<String, AgentId> ids = new TreeMap<>();
    private final List<@Nullable Reply> replies = new ArrayList<>();

    /** At the beginning of the story. */
    Scene(Cast cast) {
        this.cast = cast;
        cast.stage().agents().forEach(agent -> ids.put(agent.place(), Check.present(agent.id(), "id of an agent")));
    }

    /** The newest that anybody has decided. */
    Registry registry() {
        return cast.hindsight().newest().get();
    }

    /** Id that this agent had at the beginning. */
    AgentId agent(int number) {
        return Check.present(ids.get("agent" + number), "agent " + number);
    }

    /** Machine of this agent, its frameworks, everybody. */
    Stage stage() {
        return cast.stage();
    }

    Instant now() {
        return cast.clock().now();
    }

    /** Whether a command of this kind is in the log. */
    boolean isLogged(Class<? extends Command> kind) {
        return stage().group().log().stream().anyMatch(entry -> kind.isInstance(entry.command()));
    }

    void answered(@Nullable Reply reply) {
        replies.add(reply);
    }

    /** What this part's calls were answered, in order. */
    List<@Nullable Reply> replies() {
        return replies;
    }

    /** Whether this part's last call was performed. */
    boolean wasPerformed() {
        return !replies.isEmpty() && OperatorLink.isPerformed(replies.getLast());
    }

    /** How many of this part's calls were performed. */
    int performed() {
        return (int) replies.stream().filter(OperatorLink::isPerformed).count();
    }
}
