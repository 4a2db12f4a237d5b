package org.mesolith.state.journal;

import java.time.Instant;
import org.mesolith.model.Position;

/**
 * Who did what, and what came of it.
 *
 * @param sequence 1 for the first one of a cluster, then without a gap
 * @param at place of the command in the log
 * @param deed what was done
 * @param previous hash of the row before, in hexadecimal; {@link AuditChain#START} for the first
 * @param hash of this row, which {@code previous} is part of
 */
public record AuditRow(long sequence, Position at, long epoch, Instant time, Deed deed, String previous, String hash) {
    /**
     * What somebody did.
     *
     * @param actor framework, operator, agent or system
     * @param id of the framework or agent; empty when there is none
     * @param principal as authenticated; empty when nobody asked for a name
     * @param address from where the call came; empty for the cluster itself
     * @param call kind of the command
     * @param subject what it was done to
     * @param arguments the essential ones
     * @param outcome {@code accepted}, {@code repeated}, or the reason of the refusal
     * @param message of the refusal
     * @param before what the subject was; empty where nothing is to be compared
     * @param after what it is now
     */
    public record Deed(
            String actor,
            String id,
            String principal,
            String address,
            String call,
            String subject,
            String arguments,
            String outcome,
            String message,
            String before,
            String after) {
        private int chars() {
            return actor.length()
                    + id.length()
                    + principal.length()
                    + address.length()
                    + call.length()
                    + subject.length()
                    + arguments.length()
                    + outcome.length()
                    + message.length()
                    + before.length()
                    + after.length();
        }
    }

    private static final int FIXED_BYTES = 140;

    /** What it takes in the store, roughly: its texts and a fixed part. */
    public long bytes() {
        return FIXED_BYTES + (long) deed.chars();
    }
}
