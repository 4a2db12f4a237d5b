package org.mesolith.cli.chaos.fault.agent;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mesolith.process.Member;
import org.mesolith.process.Waiting;

/** The id that the masters have given an agent. */
final class AgentId {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final Pattern ID = Pattern.compile("\"agent_info\":\\{.*?\"id\":\\{\"value\":\"([^\"]+)\"");
    private static final String GET_AGENT = "{\"type\":\"GET_AGENT\"}";

    private AgentId() {}

    /** Asks the agent, which runs and has joined. */
    static String of(Member agent) {
        var found = new StringBuilder();
        Waiting.until("the id of " + agent.name(), ANSWER_MAX, () -> {
            String body = org.mesolith.process.Probe.ask(agent.address(), "/api/v1", GET_AGENT, Duration.ofSeconds(2))
                    .body();
            Matcher id = ID.matcher(body);
            if (id.find()) {
                found.append(id.group(1));
                return "";
            }
            return "it says " + body;
        });
        return found.toString();
    }
}
