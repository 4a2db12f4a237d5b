package org.mesolith.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.agent.core.TaskLifecycle.Input;
import org.mesolith.agent.core.TaskLifecycle.Phase;

final class TaskLifecycleTest {
    /** Every legal pair; what is not listed is illegal. */
    private static final String TABLE = """
        RECORDING RECORDED     -> STARTING [SPAWN]
        RECORDING RECORDED_WITH_URIS -> FETCHING [FETCH]
        FETCHING  FETCHED      -> STARTING [SPAWN]
        FETCHING  EXITED       -> ENDING [CLEAN_UP]
        FETCHING  KILL         -> ABORTING [STOP_FETCH]
        ABORTING  FETCHED      -> ENDING [CLEAN_UP]
        RECORDING NOT_RECORDED -> ENDED [REPORT_END]
        RECORDING KILL         -> ENDED [REPORT_END]
        STARTING  SPAWNED      -> RUNNING [REPORT_RUNNING]
        STARTING  EXITED       -> ENDING [CLEAN_UP]
        STARTING  KILL         -> ABORTING []
        ABORTING  SPAWNED      -> KILLING [REPORT_KILLING, TERMINATE]
        ABORTING  EXITED       -> ENDING [CLEAN_UP]
        ABORTING  KILL         -> ABORTING []
        ABORTING  GRACE_OVER   -> ABORTING []
        RUNNING   SPAWNED      -> RUNNING []
        RUNNING   EXITED       -> ENDING [CLEAN_UP]
        RUNNING   KILL         -> KILLING [REPORT_KILLING, TERMINATE]
        KILLING   SPAWNED      -> KILLING [TERMINATE]
        KILLING   EXITED       -> ENDING [CLEAN_UP]
        KILLING   KILL         -> KILLING []
        KILLING   GRACE_OVER   -> KILLING [KILL_TREE]
        ENDING    SPAWNED      -> ENDING []
        ENDING    EXITED       -> ENDING []
        ENDING    KILL         -> ENDING []
        ENDING    GRACE_OVER   -> ENDING []
        ENDING    CLEANED_UP   -> ENDED [REPORT_END]
        ENDED     EXITED       -> ENDED []
        ENDED     KILL         -> ENDED []
        ENDED     GRACE_OVER   -> ENDED []
        ENDED     CLEANED_UP   -> ENDED []
        """;

    @Test
    void everyPhaseMeetsEveryInputAsTheTableSays() {
        assertThat(actual())
                .isEqualTo(TABLE.lines()
                        .map(line -> line.replaceAll(" +", " "))
                        .sorted()
                        .toList());
    }

    @Test
    void aPairThatIsNotListedIsADefect() {
        assertThatThrownBy(() -> TaskLifecycle.step(Phase.RECORDING, Input.SPAWNED))
                .hasMessageContaining("RECORDING")
                .hasMessageContaining("SPAWNED");
    }

    @Test
    void everyPhaseBeforeTheEndCanBeKilled() {
        assertThat(Arrays.stream(Phase.values()).filter(phase -> TaskLifecycle.row(phase, Input.KILL) != null))
                .containsExactly(Phase.values());
    }

    private static List<String> actual() {
        var rows = new ArrayList<String>();
        for (var phase : Phase.values()) {
            for (var input : Input.values()) {
                var step = TaskLifecycle.row(phase, input);
                if (step != null) {
                    rows.add(phase + " " + input + " -> " + step.next() + " " + step.actions());
                }
            }
        }
        return rows.stream().sorted().toList();
    }
}
