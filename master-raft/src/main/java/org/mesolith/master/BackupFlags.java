package org.mesolith.master;

import static org.mesolith.settings.Setting.Kind.DURATION;
import static org.mesolith.settings.Setting.Kind.INTEGER;
import static org.mesolith.settings.Setting.Kind.PATH;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.backup.BackupSchedule;
import org.mesolith.settings.Setting;
import org.mesolith.settings.Settings;

/** The settings of the backups that a master makes by itself. */
final class BackupFlags {
    private static final Duration EVERY_MIN = Duration.ofSeconds(1);
    private static final int KEEP_MAX = 10_000;

    private BackupFlags() {}

    static List<Setting> known() {
        return List.of(
                Setting.optional(
                        "backup_every",
                        DURATION,
                        "Time between backups that this master makes by itself; default is none."),
                Setting.of("backup_keep", INTEGER, "7", "How many of its own backups a master keeps."),
                Setting.optional("backup_dir", PATH, "Directory for them, better not on the disk of work_dir."),
                Setting.optional(
                        "backup_passphrase_file",
                        PATH,
                        "The first line of this file encrypts them; read anew each time."));
    }

    /** Null for no backups. */
    static BackupSchedule.@Nullable Rules read(Settings settings, List<String> complaints) {
        var every = settings.findDuration("backup_every");
        var directory = settings.find("backup_dir");
        int keep = settings.integer("backup_keep");
        var passphrase = settings.find("backup_passphrase_file");
        if (every == null) {
            if (directory != null) {
                complaints.add("--backup_dir is given without --backup_every: say how often, such as 1hrs");
            }
            return null;
        }
        if (every.compareTo(EVERY_MIN) < 0) {
            complaints.add("--backup_every must be at least 1secs");
        }
        if (keep < 1 || keep > KEEP_MAX) {
            complaints.add("--backup_keep=" + keep + ": give 1 to " + KEEP_MAX);
        }
        if (directory == null) {
            complaints.add("--backup_every is given without --backup_dir: name a directory, better on another disk");
            return null;
        }
        return new BackupSchedule.Rules(
                every,
                keep,
                Path.of(directory).toAbsolutePath(),
                passphrase == null ? null : Path.of(passphrase).toAbsolutePath());
    }
}
