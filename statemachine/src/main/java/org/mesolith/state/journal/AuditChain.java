package org.mesolith.state.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Position;

/**
 * The hashes of the audit: SHA-256 of the hash before and of everything in the row, so that no kept row can be changed,
 * taken out or put in without every later hash being wrong. What is hashed, and in which order, is part of the format.
 */
public final class AuditChain {
    /** What the first row of a cluster goes on from. */
    public static final String START = "0".repeat(64);

    private AuditChain() {}

    /** The row behind the hash before it. */
    public static AuditRow row(
            long sequence, Position at, long epoch, Instant time, AuditRow.Deed deed, String previous) {
        return new AuditRow(sequence, at, epoch, time, deed, previous, hash(sequence, at, epoch, time, deed, previous));
    }

    /** What the row's hash must be. */
    public static String hash(AuditRow row) {
        return hash(row.sequence(), row.at(), row.epoch(), row.time(), row.deed(), row.previous());
    }

    private static String hash(
            long sequence, Position at, long epoch, Instant time, AuditRow.Deed deed, String previous) {
        var sha = sha256();
        text(sha, previous);
        var numbers = ByteBuffer.allocate(5 * Long.BYTES + Integer.BYTES);
        numbers.putLong(sequence).putLong(at.index()).putLong(at.ordinal()).putLong(epoch);
        numbers.putLong(time.getEpochSecond()).putInt(time.getNano());
        sha.update(numbers.array());
        text(sha, deed.actor());
        text(sha, deed.id());
        text(sha, deed.principal());
        text(sha, deed.address());
        text(sha, deed.call());
        text(sha, deed.subject());
        text(sha, deed.arguments());
        text(sha, deed.outcome());
        text(sha, deed.message());
        text(sha, deed.before());
        text(sha, deed.after());
        return HexFormat.of().formatHex(sha.digest());
    }

    /** Its length goes before it, so that two texts cannot be cut elsewhere. */
    private static void text(MessageDigest sha, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }

    /** Follows a chain row by row. One use, one thread. */
    public static final class Check {
        private final long rows;
        private final String head;
        private long next;
        private String hash;

        /**
         * What is compared with is what the registry says.
         *
         * @param from sequence of the oldest row that is kept
         * @param anchor hash of the row before it
         * @param rows sequence of the newest
         * @param head its hash
         */
        public Check(long from, String anchor, long rows, String head) {
            this.rows = rows;
            this.head = head;
            this.next = from;
            this.hash = anchor;
        }

        /** Of the whole chain that is kept. */
        public static Check of(JournalRow journal) {
            return new Check(journal.auditsFrom(), journal.anchor(), journal.audits(), journal.head());
        }

        /** Sequence of the row that must come next. */
        public long next() {
            return next;
        }

        /** The next row, in order; null when it fits, else what is wrong with it. */
        public @Nullable String add(AuditRow row) {
            if (row.sequence() != next) {
                return "row " + next + " is missing: row " + row.sequence() + " comes instead";
            }
            if (!row.previous().equals(hash)) {
                return "row " + row.sequence() + " does not follow from the row before it";
            }
            if (!hash(row).equals(row.hash())) {
                return "row " + row.sequence() + " was changed: its content does not give its hash";
            }
            next++;
            hash = row.hash();
            return null;
        }

        /** After the last row: null when the chain ends where the registry says, else what is wrong. */
        public @Nullable String end() {
            if (next - 1 != rows) {
                return "the chain ends with row " + (next - 1) + ", but " + rows + " rows were written";
            }
            return hash.equals(head) ? null : "the last row is not the one that the registry knows";
        }
    }
}
