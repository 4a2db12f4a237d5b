package org.mesolith.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.Check;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;

final class ReservationsTest {
    private static final Resources VOLUME = Resources.parse("disk(+a/b@ops)[v:p]:64");
    private static final Resources CPUS = Resources.parse("cpus(+a@ops):1");

    private static LinkMessage.SetReserved set(Resources reserved) {
        return new LinkMessage.SetReserved(Bench.fence(1), reserved);
    }

    @Test
    void whatTheMastersSayIsWrittenDownAndToldWhenTheAgentJoinsAgain() {
        var bench = Bench.joined();

        bench.says(1, set(CPUS.plus(VOLUME)));
        var keep = bench.last(AgentEffect.KeepReserved.class);
        bench.on(new AgentEvent.ReservedKept(keep.version()));
        bench.on(new AgentEvent.LinkUp(2));

        assertThat(keep.wiped()).isEmpty();
        assertThat(bench.messages(LinkMessage.Join.class).getLast().reserved()).isEqualTo(CPUS.plus(VOLUME));
    }

    @Test
    void aVolumeThatIsNoMoreIsWipedOnceAndOthersStay() {
        var bench = Bench.joined();
        bench.says(1, set(CPUS.plus(VOLUME)));
        bench.says(1, set(CPUS));
        bench.says(1, set(CPUS));

        var keeps = bench.all(AgentEffect.KeepReserved.class);
        assertThat(keeps).hasSize(2);
        assertThat(keeps.getLast().wiped()).containsExactly(new VolumePath(null, false, "a/b", "v"));
        assertThat(keeps.getLast().wiped().getFirst().directories()).containsExactly("volumes", "roles", "a b", "v");
    }

    @Test
    void aDiskThatRefusesMakesTheAgentJoinAgainAsItWasBefore() {
        var bench = Bench.joined();
        bench.says(1, set(CPUS));
        bench.on(new AgentEvent.ReservedRefused(
                bench.last(AgentEffect.KeepReserved.class).version(), "no space"));
        bench.on(new AgentEvent.LinkUp(2));

        assertThat(bench.all(AgentEffect.DropLink.class).getFirst().why()).contains("no space");
        assertThat(bench.messages(LinkMessage.Join.class).getLast().reserved()).isEqualTo(Resources.EMPTY);
    }

    @Test
    void anAgentThatIsTooSmallForItsReservationsDoesNotComeUp() {
        var bench = new Bench(new Recovered(AgentRecord.NEW, List.of(), CPUS));

        assertThat(bench.last(AgentEffect.Stop.class).why()).contains("cpus:1");
    }

    @Test
    void drainingEndsEveryTaskWithTheReasonAndWithinTheLongestGrace() {
        var bench = Bench.running();

        bench.says(1, new LinkMessage.Drain(Bench.fence(1), Duration.ofSeconds(1), false));
        bench.write();
        assertThat(bench.all(AgentEffect.Terminate.class)).hasSize(1);
        assertThat(Check.present(bench.core.snapshot(Instant.EPOCH).drain(), "the drain")
                        .maxGrace())
                .isEqualTo(Duration.ofSeconds(1));
        bench.advance(Duration.ofMillis(1_100));
        assertThat(bench.all(AgentEffect.KillTree.class)).hasSize(1);
        bench.on(new AgentEvent.Exited(Bench.RUN, new TaskExit.Signal(9)));
        bench.on(new AgentEvent.CleanedUp(Bench.RUN));
        bench.write();

        var last = bench.sent().getLast().status();
        assertThat(last.state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(last.reason()).isEqualTo(StatusReason.REASON_AGENT_DRAINING);
    }
}
