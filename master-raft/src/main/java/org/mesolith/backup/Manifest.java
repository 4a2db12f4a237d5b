package org.mesolith.backup;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a backup says of itself.
 *
 * @param version of the software that made it
 * @param featureLevel of the cluster
 * @param clusterId of the cluster
 * @param epoch of the cluster when it was made; a restore goes above it
 * @param epochId of that epoch
 * @param groupId Raft group it was taken from
 * @param member that made it
 * @param term of the newest entry that is in it
 * @param index of the newest entry that is in it
 * @param takenAt by the clock of the member
 * @param digest of the registry, hexadecimal
 * @param counts how many of what, by name
 * @param files of the database, in the order in which they lie in the backup
 * @param past what led to this registry; null for a backup without the log
 */
public record Manifest(
        String version,
        int featureLevel,
        String clusterId,
        long epoch,
        long epochId,
        String groupId,
        String member,
        long term,
        long index,
        Instant takenAt,
        String digest,
        SortedMap<String, Long> counts,
        List<Part> files,
        @Nullable Past past) {
    /** Newest format of the manifest and of what lies behind it that is read. */
    public static final int FORMAT = 2;

    /** Format of a backup without the log: versions before this one read it, too. */
    private static final int FORMAT_ALONE = 1;

    /** Files that one backup may have: a database has some dozens. */
    public static final int FILES_MAX = 100_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{1,16}");

    /**
     * A file of the database.
     *
     * @param name without directory
     * @param sha256 of its content, hexadecimal
     */
    public record Part(String name, long bytes, String sha256) {
        public Part {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' is no name of a file in a backup");
            }
            if (bytes < 0 || !SHA_256.matcher(sha256).matches()) {
                throw new IllegalArgumentException("size or checksum of " + name + " is malformed");
            }
        }
    }

    /**
     * An older copy of the registry, and the log from there to the registry of the backup.
     *
     * @param snapshotTerm 0 without a snapshot
     * @param snapshotIndex -1 without a snapshot: the log begins with the first entry of the group
     * @param logFirst index of the first entry of the log; the last one is that of the backup
     * @param files behind those of the database: those of the snapshot, then those of the log
     */
    public record Past(long snapshotTerm, long snapshotIndex, long logFirst, List<Part> files) {
        /** What the names of the snapshot's files begin with here. */
        public static final String SNAPSHOT = "snapshot-";

        /** What the names of the log's files begin with. */
        public static final String LOG = "log_";

        public Past {
            files = List.copyOf(files);
            if (snapshotTerm < 0 || snapshotIndex < -1 || logFirst < 0 || logFirst > snapshotIndex + 1) {
                throw new IllegalArgumentException("a log from entry " + logFirst + " on a snapshot at index "
                        + snapshotIndex + " and term " + snapshotTerm + " cannot be");
            }
            if (files.isEmpty() || files.size() > FILES_MAX) {
                throw new IllegalArgumentException(
                        "log and snapshot have 1 to " + FILES_MAX + " files, not " + files.size());
            }
            names(files);
            for (var file : files) {
                if (!file.name().startsWith(SNAPSHOT) && !file.name().startsWith(LOG)) {
                    throw new IllegalArgumentException(file.name() + " belongs neither to a snapshot nor to a log");
                }
            }
        }

        /** Of all files. */
        public long bytes() {
            return files.stream().mapToLong(Part::bytes).sum();
        }
    }

    /**
     * @throws IllegalArgumentException naming what cannot be
     */
    public Manifest {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        files = List.copyOf(files);
        if (clusterId.isEmpty()
                || epoch < 1
                || term < 0
                || index < 0
                || !DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("cluster '" + clusterId + "', epoch " + epoch + ", term " + term
                    + ", index " + index + " or digest '" + digest + "' cannot be");
        }
        if (files.isEmpty() || files.size() > FILES_MAX) {
            throw new IllegalArgumentException("a backup has 1 to " + FILES_MAX + " files, not " + files.size());
        }
        names(files);
        if (past != null && past.snapshotIndex() > index) {
            throw new IllegalArgumentException("the snapshot at index " + past.snapshotIndex()
                    + " is behind the registry of the backup at index " + index);
        }
    }

    private static void names(List<Part> files) {
        var names = new TreeSet<String>();
        for (var file : files) {
            if (!names.add(file.name())) {
                throw new IllegalArgumentException("two files have the name " + file.name());
            }
        }
    }

    /** The format that it is written in. */
    public int format() {
        return past == null ? FORMAT_ALONE : FORMAT;
    }

    /** Of all files of the database. */
    public long bytes() {
        return files.stream().mapToLong(Part::bytes).sum();
    }

    /** The fingerprint of the registry. */
    public long digestBits() {
        return Long.parseUnsignedLong(digest, 16);
    }
}
