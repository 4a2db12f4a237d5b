package org.mesolith.model;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is special about a disk resource: the device it comes from, the persistent volume made of it.
 *
 * <p>A plain share of the agent's work directory has none. Identity is the source and the persistence id; the principal
 * and the way the volume is mounted are not ({@link #compareIdentity}), though {@code equals} looks at everything.
 * Mesos: {@code Resource.DiskInfo}.
 *
 * @param source the device; null is the agent's work directory
 * @param persistence present in persistent volumes
 * @param volume how a volume appears in a container; in volumes only
 */
public record Disk(
        @Nullable Source source,
        @Nullable Persistence persistence,
        @Nullable Volume volume) {
    private static final Comparator<String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());
    private static final Comparator<Disk> IDENTITY = Comparator.comparing(
                    Disk::source, Comparator.nullsFirst(Comparator.<Source>naturalOrder()))
            .thenComparing(Disk::persistenceId, TEXT);
    private static final Comparator<Disk> ALL = IDENTITY.thenComparing(
                    Disk::persistence, Comparator.nullsFirst(Comparator.comparing(Persistence::principal, TEXT)))
            .thenComparing(Disk::volume, Comparator.nullsFirst(Comparator.<Volume>naturalOrder()));

    /** What kind of device a disk is. */
    public enum SourceType {
        /** A directory; its space can be divided. */
        PATH(1),
        /** A mounted file system; whole or not at all. */
        MOUNT(2),
        /** A block device; whole or not at all. */
        BLOCK(3),
        /** Storage not yet made usable; can be divided while it has no id. */
        RAW(4);

        private final int rank;

        SourceType(int rank) {
            this.rank = rank;
        }
    }

    /**
     * The device a disk comes from.
     *
     * @param root directory of a PATH or MOUNT
     * @param vendor who provides it, with {@code id} and {@code profile} in that provider's words
     */
    public record Source(
            SourceType type,
            @Nullable String root,
            @Nullable String vendor,
            @Nullable String id,
            @Nullable String profile,
            Labels metadata)
            implements Comparable<Source> {
        private static final Comparator<Source> ORDER = Comparator.<Source>comparingInt(source -> source.type.rank)
                .thenComparing(Source::root, TEXT)
                .thenComparing(Source::vendor, TEXT)
                .thenComparing(Source::id, TEXT)
                .thenComparing(Source::profile, TEXT)
                .thenComparing(Source::metadata);

        /** A source with a root directory and nothing else. */
        public static Source of(SourceType type, @Nullable String root) {
            return new Source(type, root, null, null, null, Labels.NONE);
        }

        /** Whether parts of it can be taken. */
        public boolean isDivisible() {
            return switch (type) {
                case PATH -> true;
                case MOUNT, BLOCK -> false;
                case RAW -> id == null;
            };
        }

        @Override
        public int compareTo(Source other) {
            return ORDER.compare(this, other);
        }

        /** The same in every process, unlike the hash of an enum. */
        @Override
        public int hashCode() {
            return Objects.hash(type.rank, root, vendor, id, profile, metadata);
        }
    }

    /** Marks a volume whose data outlive the tasks: its id (unique per role and agent) and who made it. */
    public record Persistence(String id, @Nullable String principal) {}

    /** Whether a container may write to a volume. */
    public enum Mode {
        /** Read and write. */
        RW(1),
        /** Read only. */
        RO(2);

        private final int rank;

        Mode(int rank) {
            this.rank = rank;
        }
    }

    /** How a volume appears in a container. A persistent volume has no host path. */
    public record Volume(
            String containerPath, Mode mode, @Nullable String hostPath) implements Comparable<Volume> {
        private static final Comparator<Volume> ORDER = Comparator.comparing(Volume::containerPath)
                .thenComparingInt(volume -> volume.mode.rank)
                .thenComparing(Volume::hostPath, TEXT);

        @Override
        public int compareTo(Volume other) {
            return ORDER.compare(this, other);
        }

        /** The same in every process, unlike the hash of an enum. */
        @Override
        public int hashCode() {
            return Objects.hash(containerPath, mode.rank, hostPath);
        }
    }

    /** A disk of this source, without volume. */
    public static Disk of(Source source) {
        return new Disk(source, null, null);
    }

    /** A persistent volume of the agent's work directory, writable. */
    public static Disk volume(String id, @Nullable String principal, String containerPath) {
        return new Disk(null, new Persistence(id, principal), new Volume(containerPath, Mode.RW, null));
    }

    /** The id of the persistent volume, or null. */
    public @Nullable String persistenceId() {
        return persistence == null ? null : persistence.id;
    }

    /** Whether parts of it can be taken: neither a persistent volume nor an indivisible source. */
    public boolean isDivisible() {
        return persistence == null && (source == null || source.isDivisible());
    }

    /** What remains when the volume is destroyed: the source alone, or null. */
    public @Nullable Disk withoutVolume() {
        return source == null ? null : of(source);
    }

    /** Order by what makes two disks the same thing; 0 = the same. */
    static int compareIdentity(Disk left, Disk right) {
        return IDENTITY.compare(left, right);
    }

    /** Order by everything; 0 = equal. */
    static int compare(Disk left, Disk right) {
        return ALL.compare(left, right);
    }
}
