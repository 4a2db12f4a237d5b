package org.mesolith.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.mesolith.codec.body.Encoding;
import org.mesolith.conversation.Exchanges.Door;

/**
 * Writes a conversation down, in JSON whatever encoding it is held in, and tells {@link Exchanges} of it.
 *
 * @param story what it is called
 */
record Script(String story, Encoding encoding, Exchanges exchanges, StringBuilder text) {
    /** Names of streams, which are made by chance. */
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    Script(String story, Encoding encoding, Exchanges exchanges) {
        this(story, encoding, exchanges, new StringBuilder());
    }

    /** What happens, in words. */
    void note(String what) {
        text.append("\n# ").append(what).append("\n");
    }

    void called(String who, String path, JsonNode call) {
        text.append('\n')
                .append(who)
                .append(" → POST ")
                .append(path)
                .append('\n')
                .append(Bodies.pretty(call))
                .append('\n');
    }

    /** The answer to a call of this type. */
    void answered(String who, Door door, String type, int status, String body) {
        text.append(who).append(" ← ").append(status).append('\n');
        if (!body.isEmpty()) {
            text.append(UUID.matcher(body).replaceAll("(uuid)")).append('\n');
        }
        exchanges.answered(door, type, encoding, status);
    }

    void heard(String who, Door door, JsonNode event) {
        var type = event.path("type").asText();
        text.append('\n').append(who).append(" ⇐ ").append(type).append('\n');
        if (event.size() > 1) {
            text.append(Bodies.pretty(event)).append('\n');
        }
        exchanges.heard(door, type, encoding, story);
    }

    void ended(String who) {
        text.append('\n').append(who).append(": the stream has ended\n");
    }
}
