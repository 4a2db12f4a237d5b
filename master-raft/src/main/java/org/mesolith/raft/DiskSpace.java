package org.mesolith.raft;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** How full the disk under the data directory is. Any thread. */
final class DiskSpace {
    /** What to do about the space left. */
    enum Verdict {
        PLENTY,
        /** Refuse new commands. */
        SHORT,
        /** Hand over the lead and end. */
        EXHAUSTED
    }

    /** A measurement. */
    record Reading(Verdict verdict, long freeBytes, long totalBytes) {
        /** For the operator; says what to do. */
        String sentence(Path directory) {
            return "the disk under " + directory + " has " + (freeBytes >> 20) + " MB free of " + (totalBytes >> 20)
                    + " MB; free some space there or give the master a larger disk";
        }
    }

    private final Path directory;
    private final RatisSettings.DiskRules rules;

    DiskSpace(Path directory, RatisSettings.DiskRules rules) {
        this.directory = directory;
        this.rules = rules;
    }

    Reading read() throws IOException {
        FileStore store = Files.getFileStore(directory);
        return judge(rules, store.getUsableSpace(), store.getTotalSpace());
    }

    static Reading judge(RatisSettings.DiskRules rules, long free, long total) {
        var verdict = Verdict.PLENTY;
        if (belowShare(free, total, rules.haltPerMille())) {
            verdict = Verdict.EXHAUSTED;
        } else if (free < rules.refuseBytes() || belowShare(free, total, rules.refusePerMille())) {
            verdict = Verdict.SHORT;
        }
        return new Reading(verdict, free, total);
    }

    private static boolean belowShare(long free, long total, int perMille) {
        return free < total / 1_000 * perMille;
    }
}
