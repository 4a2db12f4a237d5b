package org.mesolith.agent.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.mesolith.model.AgentId;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;

/**
 * Names that follow from what they name, so that an agent that lost its memory of a step makes the same name again:
 * a second report of one thing is then seen to be the same.
 */
final class Names {
    private Names() {}

    /** The container of a run; {@code epochId} keeps two histories of one cluster apart. */
    static Uuid container(AgentId agent, RunId run, long epochId) {
        return hash("container", agent.value(), run.toString(), Long.toString(epochId));
    }

    /**
     * The update of this place in a container's list. The state is part of it: an agent that lost its memory of a kill
     * may tell another end, which must not pass for the update it told before.
     */
    static Uuid update(Uuid container, int ordinal, TaskState state) {
        return hash("update", container.toString(), Integer.toString(ordinal), state.name());
    }

    private static Uuid hash(String... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                digest.update(bytes);
            }
            var sum = ByteBuffer.wrap(digest.digest());
            // The two fixed fields of a random uuid, so that everybody accepts it as one.
            long high = (sum.getLong() & 0xffffffffffff0fffL) | 0x4000L;
            long low = (sum.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
            return new Uuid(high, low);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
