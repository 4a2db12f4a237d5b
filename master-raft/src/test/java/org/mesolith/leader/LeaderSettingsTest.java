package org.mesolith.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.api.MasterInfo;
import org.mesolith.leader.offer.Sharing;
import org.mesolith.leader.operator.Housekeeping.Pruning;
import org.mesolith.model.Acls;
import org.mesolith.model.Quantities;

final class LeaderSettingsTest {
    private static final LeaderSettings DEFAULTS = LeaderSettings.defaults(Bed.MASTER);

    private static Map<String, Object> values(LeaderSettings settings) {
        var values = new LinkedHashMap<String, Object>();
        for (RecordComponent component : LeaderSettings.class.getRecordComponents()) {
            try {
                values.put(
                        component.getName(),
                        String.valueOf(component.getAccessor().invoke(settings)));
            } catch (ReflectiveOperationException hidden) {
                throw new LinkageError("a component that cannot be read", hidden);
            }
        }
        return values;
    }

    private record Case(String name, String shown, UnaryOperator<LeaderSettingsBuilder> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** One for each setting, with a value that no other one has. */
    static Stream<Case> changes() {
        var self = new MasterInfo("m2", "127.0.0.2", 5051, "m2", "1.11.0", null);
        var minimum = List.of(Quantities.of("cpus", 1_000));
        var pruning = new Pruning(Duration.ofSeconds(21), Duration.ofSeconds(22), 23);
        var sharing = Sharing.DEFAULT.withRecoveryFactor(0.5);
        var acls = new Acls(List.of(), false);
        return Stream.of(
                new Case("self", self.toString(), to -> to.self(self)),
                new Case("allocationInterval", "PT11S", to -> to.allocationInterval(Duration.ofSeconds(11))),
                new Case("offerTimeout", "PT12S", to -> to.offerTimeout(Duration.ofSeconds(12))),
                new Case("minAllocatable", minimum.toString(), to -> to.minAllocatable(minimum)),
                new Case("roles", "[r]", to -> to.roles(List.of("r"))),
                new Case("agentTimeout", "PT13S", to -> to.agentTimeout(Duration.ofSeconds(13))),
                new Case("agentReregisterTimeout", "PT14S", to -> to.agentReregisterTimeout(Duration.ofSeconds(14))),
                new Case("agentRemovalInterval", "PT15S", to -> to.agentRemovalInterval(Duration.ofSeconds(15))),
                new Case(
                        "frameworkReregisterTimeout",
                        "PT16S",
                        to -> to.frameworkReregisterTimeout(Duration.ofSeconds(16))),
                new Case("linkHeartbeat", "PT17S", to -> to.linkHeartbeat(Duration.ofSeconds(17))),
                new Case("streamHeartbeat", "PT18S", to -> to.streamHeartbeat(Duration.ofSeconds(18))),
                new Case("fairnessExclude", "[mem]", to -> to.fairnessExclude(List.of("mem"))),
                new Case("filterGpus", "false", to -> to.filterGpus(false)),
                new Case("rootSubmissions", "false", to -> to.rootSubmissions(false)),
                new Case("watchersMax", "24", to -> to.watchersMax(24)),
                new Case("pruning", pruning.toString(), to -> to.pruning(pruning)),
                new Case("acls", acls.toString(), to -> to.acls(acls)),
                new Case("sharing", sharing.toString(), to -> to.sharing(sharing)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void eachSettingChangesItselfAndNothingElse(Case one) {
        var expected = values(DEFAULTS);
        expected.put(one.name(), one.shown());

        assertThat(values(DEFAULTS.with(one.change()))).isEqualTo(expected);
    }

    @Test
    void everySettingIsTried() {
        assertThat(changes().map(Case::name))
                .containsExactlyElementsOf(values(DEFAULTS).keySet());
    }

    @Test
    void everyComplaintIsToldAtOnce() {
        assertThatThrownBy(() -> DEFAULTS.with(
                        to -> to.agentTimeout(Duration.ofSeconds(1)).allocationInterval(Duration.ZERO)))
                .hasMessageContainingAll("allocation_interval", "agents would flap");
    }
}
