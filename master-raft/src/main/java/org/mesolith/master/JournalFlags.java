package org.mesolith.master;

import static org.mesolith.settings.Setting.Kind.BYTES;
import static org.mesolith.settings.Setting.Kind.DURATION;
import static org.mesolith.settings.Setting.Kind.INTEGER;

import java.util.List;
import org.mesolith.raft.RatisSettings.JournalRules;
import org.mesolith.settings.Setting;
import org.mesolith.settings.Settings;

/** The settings of what is kept of events and audit; those of the leader count. */
final class JournalFlags {
    private static final int EVENTS_MAX = 10_000_000;
    private static final int AUDITS_MAX = 1_000_000;
    private static final int BYTES_MIN = 64 << 10;

    private JournalFlags() {}

    static List<Setting> known() {
        return List.of(
                Setting.of(
                        "events_max", INTEGER, "500000", "Events of the cluster that are kept; the oldest go first."),
                Setting.of("events_max_bytes", BYTES, "256MB", "What they may take on disk; the oldest go first."),
                Setting.of("events_max_age", DURATION, "7days", "Events older than this are forgotten."),
                Setting.of("audit_max", INTEGER, "100000", "Rows of the audit that are kept; the oldest go first."),
                Setting.of("audit_max_bytes", BYTES, "128MB", "What they may take on disk; the oldest go first."),
                Setting.of("audit_max_age", DURATION, "400days", "Rows of the audit older than this are forgotten."));
    }

    static JournalRules read(Settings settings, List<String> complaints) {
        int events = settings.integer("events_max");
        int audits = settings.integer("audit_max");
        var eventAge = settings.duration("events_max_age");
        var auditAge = settings.duration("audit_max_age");
        if (events < 1 || events > EVENTS_MAX) {
            complaints.add("--events_max=" + events + ": give 1 to " + EVENTS_MAX);
        }
        if (audits < 1 || audits > AUDITS_MAX) {
            complaints.add("--audit_max=" + audits + ": give 1 to " + AUDITS_MAX);
        }
        long eventBytes = settings.bytes("events_max_bytes");
        long auditBytes = settings.bytes("audit_max_bytes");
        if (Math.min(eventBytes, auditBytes) < BYTES_MIN) {
            complaints.add("--events_max_bytes and --audit_max_bytes must be at least 64KB");
        }
        if (!eventAge.isPositive() || !auditAge.isPositive()) {
            complaints.add("--events_max_age and --audit_max_age must be above zero");
        }
        return new JournalRules(
                events, eventBytes, eventAge, audits, auditBytes, auditAge, JournalRules.DEFAULT.checkEvery());
    }
}
