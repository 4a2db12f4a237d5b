package org.mesolith.state.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.state.QuotaCommand.UpdateQuotas;
import org.mesolith.state.Reason;
import org.mesolith.state.TestCluster;

final class QuotaRulesTest {
    private final TestCluster cluster = TestCluster.made();

    private static Quota quota(String role, String guarantees, String limits) {
        return new Quota(role, Quantities.parse(guarantees), QuantityLimits.parse(limits));
    }

    private static UpdateQuotas update(boolean force, Quota... quotas) {
        return new UpdateQuotas(List.of(quotas), force);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''   | ''              | ''",
                "a/b  | cpus:1          | ''",
                "role | cpus:20;mem:40  | cpus:10;mem:20",
                "role | cpus:1000000000000 | cpus:1000000000001",
                "role | mem:1099511627776 | mem:1099511627777",
                "role | disk:1099511627777 | ''"
            })
    void aQuotaMayNotSay(String role, String guarantees, String limits) {
        assertThat(cluster.rejected(update(true, quota(role, guarantees, limits))))
                .isEqualTo(Reason.QUOTA_INVALID);
    }

    @Test
    void quotasAreSetAllOrNoneAndANewOneReplacesTheOld() {
        cluster.accepted(update(true, quota("ads", "cpus:1", "cpus:2"), quota("*", "", "mem:1")));
        assertThat(cluster.rejected(update(true, quota("ads", "", ""), quota("web/x", "", ""))))
                .isEqualTo(Reason.QUOTA_INVALID);
        assertThat(cluster.registry().quotas())
                .containsExactly(quota("*", "", "mem:1"), quota("ads", "cpus:1", "cpus:2"));

        cluster.accepted(update(true, quota("ads", "", "")));
        cluster.accepted(update(true, quota("ads", "", "")));

        assertThat(cluster.registry().quotas()).containsExactly(quota("*", "", "mem:1"));
    }

    @Test
    void aLimitBelowWhatTheRoleConsumesNeedsForce() {
        var framework = cluster.framework();
        cluster.launched(framework, cluster.agent("cpus:4"), "t", "cpus:2");

        assertThat(cluster.rejected(update(false, quota("ads", "", "cpus:1")))).isEqualTo(Reason.QUOTA_CONSUMED);
        cluster.accepted(update(false, quota("ads", "", "cpus:2")));
        cluster.accepted(update(true, quota("ads", "", "cpus:1")));
    }

    @Test
    void guaranteesBeyondTheRegisteredAgentsNeedForce() {
        cluster.agent("cpus(other):2;cpus{REV}:4");

        assertThat(cluster.rejected(update(false, quota("ads", "cpus:3", "")))).isEqualTo(Reason.QUOTA_OVERCOMMITTED);
        cluster.accepted(update(false, quota("ads", "cpus:1", "")));
        assertThat(cluster.rejected(update(false, quota("web", "cpus:2", "")))).isEqualTo(Reason.QUOTA_OVERCOMMITTED);
        cluster.accepted(update(true, quota("web", "cpus:2", "")));
    }
}
