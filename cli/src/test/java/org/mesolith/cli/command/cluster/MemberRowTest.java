package org.mesolith.cli.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.cli.client.JsonObject;

/** What is said of a member's clock: of its machine's, and of the time that it goes by since its start. */
final class MemberRowTest {
    private static final long NOW = 1_800_000_000_000L;

    @Test
    void clocksThatAgreeAreOk() {
        var row = row(asked("f", NOW, NOW, 0), asked("l", NOW, NOW, 0));

        assertThat(row.verdict()).isEqualTo("ok");
        assertThat(row.clockMillis()).isZero();
        assertThat(row.timeMillis()).isZero();
    }

    @Test
    void aLeaderWhoseMachineWasSetWhileItRanGoesOnByTheRightTime() {
        var row = row(asked("f", NOW, NOW, 0), asked("l", NOW + 3_600_000, NOW, 3_600_000));

        assertThat(row.verdict()).isEqualTo("clock");
        assertThat(row.clockMillis()).isEqualTo(-3_600_000);
        assertThat(row.timeMillis()).isZero();
    }

    @Test
    void aMemberThatWasStartedWithAWrongClockGoesByAWrongTimeThoughItsMachineWasMended() {
        var row = row(asked("f", NOW, NOW - 90_000, 0), asked("l", NOW, NOW, 0));

        assertThat(row.verdict()).isEqualTo("clock");
        assertThat(row.advice()).contains("started while its clock was wrong", "restart");
        assertThat(row.clockMillis()).isZero();
        assertThat(row.timeMillis()).isEqualTo(-90_000);
    }

    @Test
    void ofAMasterThatDoesNotTellItsTimeNothingIsSaid() {
        var old = new Members.Asked(state("f", JsonObject.of("id", "f", "clock_ms", NOW)), 0, 1);

        assertThat(row(old, asked("l", NOW, NOW, 0)).timeMillis()).isNull();
    }

    private static MemberRow row(Members.Asked follower, Members.Asked leader) {
        var seen = JsonObject.of("id", "f", "http_address", "127.0.0.1:5050", "role", "FOLLOWER");
        return MemberRow.of(seen, follower, leader.state(), leader);
    }

    private static Members.Asked asked(String id, long clock, long time, long ahead) {
        var member = JsonObject.of("id", id, "clock_ms", clock, "process_clock_ms", time);
        return new Members.Asked(state(id, member), ahead, 1);
    }

    private static JsonObject state(String id, JsonObject member) {
        return JsonObject.of("role", id.equals("l") ? "LEADER" : "FOLLOWER", "member", member, "members", List.of());
    }
}
