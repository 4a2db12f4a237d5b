package org.mesolith.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.EventQueue;

/**
 * Backups that a master makes by itself, into a directory of its machine. Every master that is told to makes its own:
 * the loss of a machine, or of the lead, takes away neither the others' backups nor the next one.
 *
 * <p>When the newest one was made is read from its name, so that a restart changes nothing. One thread, the queue's;
 * {@link #status} on any.
 */
public final class BackupSchedule {
    private static final System.Logger LOG = System.getLogger("org.mesolith.backup");
    private static final String SUFFIX = ".meso";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final int TIME_CHARS = 16;
    private static final int NAME_CHARS = 8;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration CHECKSUMS_STEP = Duration.ofMinutes(1);

    /**
     * What is made, when.
     *
     * @param every time between two backups
     * @param keep how many of this master's own are kept
     * @param directory where they lie; made when missing
     * @param passphraseFile read anew each time; null for backups that are not encrypted
     */
    public record Rules(
            Duration every,
            int keep,
            Path directory,
            @Nullable Path passphraseFile) {}

    /**
     * What became of it so far.
     *
     * @param lastAt when the newest was made; null before the first
     * @param lastIndex of the newest that this process made; -1 before
     * @param lastBytes of the newest that this process made
     * @param lastMillis that it took
     * @param made by this process
     * @param failed by this process
     */
    public record Status(
            @Nullable Instant lastAt, long lastIndex, long lastBytes, long lastMillis, long made, long failed) {}

    private final Rules rules;
    private final BackupSessions sessions;
    private final BackupSessions.Maker maker;
    private final EventQueue queue;
    private volatile Status status = new Status(null, -1, 0, 0, 0, 0);
    private Instant notBefore = Instant.MIN;

    public BackupSchedule(Rules rules, BackupSessions sessions, BackupSessions.Maker maker, EventQueue queue) {
        this.rules = rules;
        this.sessions = sessions;
        this.maker = maker;
        this.queue = queue;
    }

    /** Begins to look whether one is due. */
    public void start() {
        queue.runAfter(LOOK_EVERY, () -> {
            look();
            start();
        });
    }

    public Status status() {
        return status;
    }

    private void look() {
        var now = queue.now();
        if (maker.groupId() == null || now.isBefore(notBefore)) {
            return;
        }
        try {
            Files.createDirectories(rules.directory);
            var last = status.lastAt == null ? newest() : status.lastAt;
            if (last == null || !last.plus(rules.every).isAfter(now)) {
                make();
                prune();
            } else if (status.lastAt == null) {
                status = new Status(last, -1, 0, 0, status.made, status.failed);
            }
        } catch (IOException failed) {
            failed(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(IOException why) {
        var before = status;
        status = new Status(
                before.lastAt, before.lastIndex, before.lastBytes, before.lastMillis, before.made, before.failed + 1);
        notBefore = queue.now().plus(AFTER_FAILURE);
        LOG.log(
                System.Logger.Level.WARNING,
                "the scheduled backup into " + rules.directory + " was not made: " + why.getMessage()
                        + "; tried again in a minute");
    }

    private void make() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        var passphrase = rules.passphraseFile == null ? null : Passphrase.read(rules.passphraseFile);
        var copy = sessions.begin();
        var id = copy.session();
        if (copy.behind() != null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the scheduled backup may lack what was acknowledged last: " + copy.behind());
        }
        try {
            var manifest = sessions.manifest(id, CHECKSUMS_STEP);
            while (manifest == null) {
                manifest = sessions.manifest(id, CHECKSUMS_STEP);
            }
            var target = rules.directory.resolve(name(manifest));
            long bytes = BackupFile.save(target, manifest, part -> sessions.open(id, part), passphrase);
            var before = status;
            status = new Status(
                    manifest.takenAt(),
                    manifest.index(),
                    bytes,
                    Duration.ofNanos(System.nanoTime() - begun).toMillis(),
                    before.made + 1,
                    before.failed);
        } finally {
            sessions.end(id);
        }
    }

    private String name(Manifest manifest) {
        return prefix() + TIME.format(manifest.takenAt().atOffset(ZoneOffset.UTC)) + "-" + manifest.index() + SUFFIX;
    }

    /** Only what begins so is this master's own. */
    private String prefix() {
        var member = maker.member();
        return "registry-" + member.substring(0, Math.min(NAME_CHARS, member.length())) + "-";
    }

    /** This master's own backups, the oldest first. */
    private List<Path> own() throws IOException {
        var own = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(rules.directory, prefix() + "*" + SUFFIX)) {
            files.forEach(own::add);
        }
        own.sort(null);
        return own;
    }

    private @Nullable Instant newest() throws IOException {
        var own = own();
        if (own.isEmpty()) {
            return null;
        }
        var name = String.valueOf(own.getLast().getFileName());
        try {
            var time = name.substring(prefix().length(), prefix().length() + TIME_CHARS);
            return LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException | StringIndexOutOfBoundsException notOurs) {
            return null;
        }
    }

    private void prune() throws IOException {
        var own = own();
        for (var old : own.subList(0, Math.max(0, own.size() - rules.keep))) {
            Files.delete(old);
        }
        try (var files = Files.newDirectoryStream(rules.directory, prefix() + "*" + BackupFile.PARTIAL)) {
            for (var leftover : files) {
                Files.delete(leftover);
            }
        }
    }
}
