package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.model.Fence;
import org.mesolith.model.Position;
import org.mesolith.model.Weight;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.Reason;
import org.mesolith.state.Result.DigestChecked;
import org.mesolith.state.Result.DigestChecked.Verdict;
import org.mesolith.state.SystemCommand.DigestCheck;
import org.mesolith.state.SystemCommand.InitCluster;
import org.mesolith.state.SystemCommand.RaiseEpoch;
import org.mesolith.state.SystemCommand.RaiseFeatureLevel;
import org.mesolith.state.TestCluster;

final class SystemRulesTest {
    private final TestCluster cluster = TestCluster.made();

    @Test
    void aClusterIsMadeOnce() {
        assertThat(cluster.registry().fence(3)).isEqualTo(new Fence("c0ffee00-cafe", 1, 77, 3));
        assertThat(cluster.registry().featureLevel()).isEqualTo(FeatureLevel.NEWEST);
        assertThat(cluster.rejected(new InitCluster("another", 1, 1))).isEqualTo(Reason.CLUSTER_EXISTS);
    }

    @Test
    void aClusterNeedsAnIdAndAnEpoch() {
        assertThat(TestCluster.empty().rejected(new InitCluster("", 1, 1))).isEqualTo(Reason.BAD_COMMAND);
        assertThat(TestCluster.empty().rejected(new InitCluster("c", 0, 1))).isEqualTo(Reason.BAD_COMMAND);
    }

    @Test
    void epochsOnlyRiseAndShowInNewIds() {
        assertThat(cluster.rejected(new RaiseEpoch(1, 5))).isEqualTo(Reason.NOT_NEWER);

        cluster.accepted(new RaiseEpoch(2, 5));

        assertThat(cluster.registry().fence(3)).isEqualTo(new Fence("c0ffee00-cafe", 2, 5, 3));
        assertThat(cluster.agent("cpus:1").value()).isEqualTo("c0ffee00-0002-S0000000001");
    }

    @Test
    void featureLevelsOnlyRise() {
        assertThat(cluster.rejected(new RaiseFeatureLevel(1))).isEqualTo(Reason.NOT_NEWER);
    }

    @Test
    void membersWithEqualRegistriesAgreeAtTheNextCheck() {
        assertThat(check(new DigestCheck(Position.NONE, 0)).verdict()).isEqualTo(Verdict.NOT_COMPARED);
        var note = cluster.registry().digestNote();
        cluster.agent("cpus:1");

        assertThat(check(new DigestCheck(note.at(), note.digest())).verdict()).isEqualTo(Verdict.AGREES);
    }

    @Test
    void aMemberWithAnotherRegistryFindsItOutAtTheNextCheck() {
        check(new DigestCheck(Position.NONE, 0));
        var note = cluster.registry().digestNote();

        var checked = check(new DigestCheck(note.at(), note.digest() + 1));

        assertThat(checked).isEqualTo(new DigestChecked(Verdict.DIFFERS, note.at(), note.digest(), note.digest() + 1));
    }

    @Test
    void aMemberWithoutANoteOfThatPlaceDoesNotCompare() {
        check(new DigestCheck(Position.NONE, 0));

        assertThat(check(new DigestCheck(new Position(1, 0), 5)).verdict()).isEqualTo(Verdict.NOT_COMPARED);
    }

    private DigestChecked check(DigestCheck command) {
        return (DigestChecked) cluster.accepted(command);
    }

    @Test
    void weightsAreSetForTheNamedRolesOnly() {
        cluster.accepted(new QuotaCommand.SetWeights(List.of(Weight.of("ads", 2), Weight.of("web", 3))));

        cluster.accepted(new QuotaCommand.SetWeights(List.of(Weight.of("ads", 0.5))));

        assertThat(cluster.registry().weights()).containsExactly(Weight.of("ads", 0.5), Weight.of("web", 3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void oneInvalidWeightRefusesAll(double bad) {
        var weights = new QuotaCommand.SetWeights(List.of(Weight.of("ads", 2), Weight.of("web", bad)));

        assertThat(cluster.rejected(weights)).isEqualTo(Reason.WEIGHT_INVALID);
        assertThat(cluster.registry().weight("ads")).isNull();
    }

    @Test
    void aWeightForAnInvalidRoleIsRefused() {
        var weights = new QuotaCommand.SetWeights(List.of(Weight.of("/ads", 2)));

        assertThat(cluster.rejected(weights)).isEqualTo(Reason.WEIGHT_INVALID);
    }
}
