package org.mesolith.master;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.backup.BackupSchedule;
import org.mesolith.metrics.Sample;

/** The numbers of the backups that this master makes by itself. */
final class BackupSamples {
    private BackupSamples() {}

    static List<Sample> of(@Nullable BackupSchedule schedule) {
        if (schedule == null) {
            return List.of();
        }
        var status = schedule.status();
        var last = status.lastAt();
        return List.of(
                Sample.gauge(
                        "backup/last_epoch_seconds",
                        "When the newest scheduled backup was made, seconds since 1970; 0 before the first.",
                        last == null ? 0 : last.getEpochSecond()),
                Sample.gauge("backup/last_index", "Index that it reaches to; -1 when not known.", status.lastIndex()),
                Sample.gauge("backup/last_bytes", "Its size.", status.lastBytes()),
                Sample.gauge("backup/last_millis", "How long it took.", status.lastMillis()),
                Sample.counter("backup/made", "Scheduled backups made by this process.", status.made()),
                Sample.counter("backup/failed", "Scheduled backups that failed.", status.failed()));
    }
}
