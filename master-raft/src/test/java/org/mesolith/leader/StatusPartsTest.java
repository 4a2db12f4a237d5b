package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.leader.event.StatusParts;
import org.mesolith.model.Opaque;
import org.mesolith.proto.gen.v1.TaskStatus;

final class StatusPartsTest {
    private static final String SCHEMA = org.mesolith.model.TaskStatus.SCHEMA;

    private static TaskStatus.Builder asked() {
        var status = TaskStatus.newBuilder();
        status.getContainerStatusBuilder().getContainerIdBuilder().setValue("c");
        status.getCheckStatusBuilder().getCommandBuilder().setExitCode(3);
        return status;
    }

    @Test
    void anAnswerCarriesTheContainersAndTheChecksStatusAndNothingElse() {
        var whole = asked().setTimestamp(2.5);
        whole.getLabelsBuilder().addLabelsBuilder().setKey("k");
        whole.getUnreachableTimeBuilder().setNanoseconds(-1);

        var kept = StatusParts.answered(new Opaque(SCHEMA, whole.buildPartial().toByteArray()));

        assertThat(kept.bytes()).isEqualTo(asked().buildPartial().toByteArray());
    }

    @Test
    void bytesThatAreNoMessageAreNothing() {
        for (var bytes : List.of(new byte[] {0x6A, 5, 1}, new byte[] {7}, new byte[] {0x6A, (byte) 0xFF})) {
            assertThat(StatusParts.answered(new Opaque(SCHEMA, bytes)).isEmpty())
                    .as("%s", bytes)
                    .isTrue();
        }
    }
}
