package org.mesolith.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mesolith.check.history.History;
import org.mesolith.check.history.HistoryEvent;
import org.mesolith.check.history.HistoryEvent.Kind;

/** Backups of a history that are whole, and some from which something is missing, or that hold too much. */
final class BackupsAreWholeTest {
    private static final long BACKUP = 99;

    private final List<HistoryEvent> events = new ArrayList<>();

    private BackupsAreWholeTest line(Kind kind, long operation, String name, Map<String, String> facts) {
        events.add(new HistoryEvent(
                events.size(), events.size(), kind, "somebody", operation, name, new TreeMap<>(facts)));
        return this;
    }

    private BackupsAreWholeTest begin(long operation, String weights) {
        return line(Kind.INVOKE, operation, "weights-set", Map.of("weights", weights));
    }

    private BackupsAreWholeTest end(Kind kind, long operation) {
        return line(kind, operation, "weights-set", Map.of());
    }

    private BackupsAreWholeTest write(long operation, String weights) {
        return begin(operation, weights).end(Kind.OK, operation);
    }

    private BackupsAreWholeTest backup() {
        return line(Kind.INVOKE, BACKUP, "backup", Map.of()).line(Kind.OK, BACKUP, "backup", Map.of());
    }

    private Verdict restored(String weights, String limits) {
        line(Kind.SEEN, -1, "restored", Map.of("backup", "" + BACKUP, "weights", weights, "limits", limits));
        return new BackupsAreWhole().check(new History(events));
    }

    @Test
    void whatWasAcknowledgedBeforeIsThereOrWhatCameLater() {
        assertThat(write(1, "a=1")
                        .write(2, "b=2")
                        .backup()
                        .restored("a=1 b=2", "")
                        .isGreen())
                .isTrue();
    }

    @Test
    void aWriteThatWasUnderWayMayBeThereOrNot() {
        begin(1, "a=1").end(Kind.OK, 1).begin(2, "a=2").backup().end(Kind.OK, 2);

        assertThat(restored("a=2", "").isGreen()).isTrue();
        assertThat(restored("a=1", "").isGreen()).isTrue();
    }

    @Test
    void aWriteOfWhichNobodyKnowsMayBeThereInPlaceOfAnOlderOne() {
        write(1, "a=1").begin(2, "a=2").end(Kind.UNKNOWN, 2);

        assertThat(backup().restored("a=2", "").isGreen()).isTrue();
    }

    @Test
    void anAcknowledgedWriteThatIsMissingIsFound() {
        write(1, "a=1").write(2, "a=2").backup();

        assertThat(restored("a=1", "").problems().getFirst())
                .contains("a=1, older than the write of line 2")
                .contains("acknowledged before the backup began");
        assertThat(restored("", "").isGreen()).isFalse();
    }

    @Test
    void aMissingLimitIsFoundAsWell() {
        line(Kind.INVOKE, 1, "quota-set", Map.of("limits", "q=1 r=1")).line(Kind.OK, 1, "quota-set", Map.of());

        assertThat(backup().restored("", "q=1").problems().getFirst()).contains("r=nothing");
    }

    @Test
    void whatWasRefusedOrNeverWrittenIsFound() {
        begin(1, "a=1").end(Kind.FAIL, 1).backup();

        assertThat(restored("a=1", "").isGreen()).isFalse();
        assertThat(restored("b=7", "").problems())
                .anySatisfy(problem -> assertThat(problem).contains("b=7, which nobody wrote"));
    }

    @Test
    void whatWasWrittenOnlyAfterTheBackupHadEndedIsFound() {
        backup().write(1, "a=1");

        assertThat(restored("a=1", "").problems().getFirst()).contains("only after the backup had ended");
    }

    @Test
    void aBackupThatWasNeverMadeCannotBeRestored() {
        assertThat(restored("", "").problems().getFirst()).contains("never made");
    }

    @Test
    void aRestoredClusterHasToBeInALaterEpoch() {
        backup().line(Kind.SEEN, -1, "restored", Map.of("backup", "" + BACKUP, "epoch-before", "3", "epoch", "4"));
        assertThat(new BackupsAreWhole().check(new History(events)).isGreen()).isTrue();

        line(Kind.SEEN, -1, "restored", Map.of("backup", "" + BACKUP, "epoch-before", "3", "epoch", "3"));
        assertThat(new BackupsAreWhole().check(new History(events)).problems().getFirst())
                .contains("of epoch 3, was restored to a cluster in epoch 3");
    }

    @Test
    void aPromiseThatWasNotKeptIsFound() {
        line(Kind.SEEN, -1, "promise", Map.of("kept", "true"));
        assertThat(new PromisesAreKept().check(new History(events)).isGreen()).isTrue();

        line(Kind.SEEN, -1, "promise", Map.of("kept", "false", "on", "master-2", "fault", "old-disk"));

        assertThat(new PromisesAreKept().check(new History(events)).problems().getFirst())
                .contains("master-2 met old-disk");
    }

    /** Values of limits of tasks' roles come again; any write of the value may be the one that is in the backup. */
    @Test
    void limitsOfTasksAreJudgedToo() {
        limit(1, "0.4").limit(2, "0.7").backup().limit(3, "0.4");
        assertThat(restored("", "role=0.7").isGreen()).isTrue();
        assertThat(restored("", "role=0.4").isGreen()).isFalse();
        assertThat(restored("", "role=1").isGreen()).isFalse();
    }

    private BackupsAreWholeTest limit(long operation, String cpus) {
        return line(Kind.INVOKE, operation, "limit-set", Map.of("role", "role", "cpus", cpus))
                .line(Kind.OK, operation, "limit-set", Map.of());
    }

    @Test
    void rolesOfAFileThatWasAppliedAreNotTakenForSomethingThatNobodyWrote() {
        write(1, "a=1").backup();
        assertThat(restored("a=1 d=7", "d=7").problems().getFirst()).contains("d=7, which nobody wrote");

        events.clear();
        line(Kind.SEEN, -1, "wished", Map.of("wish", "1", "weights", "d=7", "limits", "d=7"))
                .write(1, "a=1")
                .backup();
        assertThat(restored("a=1 d=7", "d=7").isGreen()).isTrue();
    }
}
