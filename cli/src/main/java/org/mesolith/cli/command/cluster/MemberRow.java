package org.mesolith.cli.command.cluster;

import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.render.Texts;

/**
 * One member as it is shown.
 *
 * @param seen the leader's view of it
 * @param said what it says itself; empty when it was silent
 * @param clockMillis ahead of the leader's clock, null when not known
 * @param timeMillis ahead of the time that the leader goes by, null when not known
 * @param verdict one word: {@code ok}, or what is the matter
 * @param advice a sentence for everything that is not ok, else empty
 */
record MemberRow(
        JsonObject seen,
        JsonObject said,
        @Nullable Long clockMillis,
        @Nullable Long timeMillis,
        String verdict,
        String advice) {
    private static final long LAG_ENTRIES_MAX = 10_000;
    private static final long LAG_MILLIS_MAX = 10_000;
    private static final long CLOCK_MILLIS_MAX = 500;
    private static final long FREE_BYTES_MIN = 1L << 30;

    private record Verdict(String word, String advice) {
        static final Verdict OK = new Verdict("ok", "");
    }

    static MemberRow of(
            JsonObject seen, Members.@Nullable Asked asked, JsonObject leader, Members.@Nullable Asked leaderAsked) {
        JsonObject said = asked == null || asked.isSilent() ? JsonObject.EMPTY : asked.state();
        Long clock = null;
        Long time = null;
        if (!said.fields().isEmpty() && asked != null && leaderAsked != null) {
            long offset = asked.clockMillis() - leaderAsked.clockMillis();
            long uncertainty = asked.callMillis() + leaderAsked.callMillis();
            clock = settled(offset, uncertainty);
            time = tellsTime(said) && tellsTime(leader)
                    ? (Long) settled(offset + sinceStart(said) - sinceStart(leader), uncertainty)
                    : null;
        }
        var verdict = verdict(seen, said, leader);
        if (verdict.equals(Verdict.OK)) {
            verdict = clockVerdict(clock, time);
        }
        if (verdict.equals(Verdict.OK)) {
            verdict = diskVerdict(said);
        }
        return new MemberRow(seen, said, clock, time, verdict.word(), verdict.advice());
    }

    /** A master of an older version does not. */
    private static boolean tellsTime(JsonObject said) {
        return said.has("member.process_clock_ms");
    }

    /** How far the time that a process goes by is ahead of its machine's clock, which was set since it started. */
    private static long sinceStart(JsonObject said) {
        return said.whole("member.process_clock_ms", 0) - said.whole("member.clock_ms", 0);
    }

    /** A difference within the time that the calls took says nothing. */
    private static long settled(long offset, long uncertainty) {
        return Math.abs(offset) <= uncertainty ? 0 : offset;
    }

    private static Verdict verdict(JsonObject seen, JsonObject said, JsonObject leader) {
        String role = said.text("role");
        if (said.fields().isEmpty() && seen.text("id").isEmpty()) {
            return new Verdict("silent", "it does not answer, and is no member as far as is known");
        }
        if (said.fields().isEmpty()) {
            return new Verdict(
                    "silent",
                    "it does not answer; start it, or if its disk is lost `meso cluster replace "
                            + GroupPicture.shortId(seen.text("id")) + " HOST:PORT`");
        }
        if (role.equals("WAITING")) {
            return new Verdict("waiting", "it belongs to no cluster; `meso cluster add` takes it in");
        }
        if (!leader.fields().isEmpty() && !said.text("member.cluster_id").equals(leader.text("member.cluster_id"))) {
            return new Verdict("foreign", "it belongs to the cluster " + said.text("member.cluster_id"));
        }
        if (role.equals("STANDBY")) {
            return new Verdict("standby", "it has no vote; `meso cluster add` or `replace` gives it one");
        }
        if (role.equals("STARTING")) {
            return new Verdict("starting", "it has just been started and takes no part yet");
        }
        if (leader.fields().isEmpty() || role.equals("CANDIDATE")) {
            return new Verdict("leaderless", "it hears no leader");
        }
        if (seen.whole("lag_entries", 0) > LAG_ENTRIES_MAX || seen.whole("lag_ms", 0) > LAG_MILLIS_MAX) {
            return new Verdict("behind", "it lacks " + lag(seen) + " (entries/time); is its disk or network slow?");
        }
        return Verdict.OK;
    }

    private static Verdict clockVerdict(@Nullable Long clock, @Nullable Long time) {
        if (clock != null && Math.abs(clock) > CLOCK_MILLIS_MAX) {
            return new Verdict("clock", "its clock is " + clock + " ms off the leader's; look at its time service");
        }
        if (time != null && Math.abs(time) > CLOCK_MILLIS_MAX) {
            return new Verdict(
                    "clock",
                    "it goes by a time " + time + " ms off the leader's: one of the two was started while its clock was"
                            + " wrong; `meso doctor` says which, restart that one");
        }
        return Verdict.OK;
    }

    private static Verdict diskVerdict(JsonObject said) {
        long free = said.whole("member.free_disk_bytes", -1);
        if (free >= 0 && free < FREE_BYTES_MIN) {
            return new Verdict("disk", "only " + bytes(free) + " of disk are free");
        }
        return Verdict.OK;
    }

    String address() {
        return seen.text("http_address");
    }

    String[] cells() {
        return new String[] {
            GroupPicture.shortId(seen.text("id")),
            address(),
            role().toLowerCase(Locale.ROOT),
            said.text("term"),
            role().equals("LEADER") ? "0" : lag(seen),
            seen.has("last_contact_ms") ? seen.text("last_contact_ms") + "ms" : "",
            bytes(said.whole("member.free_disk_bytes", -1)),
            clockMillis == null ? "" : (clockMillis > 0 ? "+" : "") + clockMillis + "ms",
            said.text("member.version"),
            said.text("member.feature_level"),
            verdict
        };
    }

    private String role() {
        return said.has("role") ? said.text("role") : seen.text("role");
    }

    /** {@code 12/0.3s}: entries and seconds behind the leader. */
    private static String lag(JsonObject seen) {
        long entries = seen.whole("lag_entries", -1);
        if (entries <= 0) {
            return entries == 0 ? "0" : "";
        }
        return entries + "/" + Texts.decimal(Math.round(seen.whole("lag_ms", 0) / 100.0) / 10.0) + "s";
    }

    private static String bytes(long bytes) {
        if (bytes < 0) {
            return "";
        }
        return bytes < 1L << 30 ? (bytes >> 20) + "M" : (bytes >> 30) + "G";
    }

    JsonObject toJson() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("id", seen.text("id"));
        fields.put("http_address", address());
        fields.put("raft_address", seen.has("raft_address") ? seen.at("raft_address") : said.at("member.raft_address"));
        fields.put("zone", said.at("member.zone"));
        fields.put("life", said.at("member.life"));
        fields.put("role", role());
        fields.put("term", said.at("term"));
        fields.put("commit_index", said.at("commit_index"));
        fields.put("applied_index", said.at("applied_index"));
        fields.put("lag_entries", seen.at("lag_entries"));
        fields.put("lag_ms", seen.at("lag_ms"));
        fields.put("last_contact_ms", seen.at("last_contact_ms"));
        fields.put("free_disk_bytes", said.at("member.free_disk_bytes"));
        fields.put("clock_offset_ms", clockMillis);
        fields.put("process_clock_offset_ms", timeMillis);
        fields.put("version", said.at("member.version"));
        fields.put("feature_level", said.at("member.feature_level"));
        fields.put("feature_level_max", said.at("member.feature_level_max"));
        fields.put("verdict", verdict);
        fields.put("advice", advice);
        return new JsonObject(fields);
    }
}
