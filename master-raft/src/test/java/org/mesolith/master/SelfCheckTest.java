package org.mesolith.master;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.base.Halt;

final class SelfCheckTest {
    private final SelfCheck self = new SelfCheck("m1", new SelfCheck.Group("c1", "g1", 1), 7, 100);

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(text, wrong);
        }
    }

    private static JsonNode other(String id, String cluster, String more) {
        return json("{'member':{'id':'" + id + "','cluster_id':'" + cluster + "','group_id':'g1'}" + more + "}");
    }

    private SelfCheck.@Nullable Refusal starting(JsonNode answer) {
        return self.refusal("10.0.0.2:5050", answer, true);
    }

    @Test
    void aDirectoryThatTheOthersKnowAsItIsMayBeUsed() {
        assertThat(starting(other("m2", "c1", ",'known':[{'id':'m1','life':6,'removed':false}]")))
                .isNull();
        assertThat(starting(other("m2", "c1", ""))).isNull();
    }

    @Test
    void aMemberOfAGroupThatCountsNoMoreIsRefused() {
        var refusal = starting(json("{'member':{'id':'m2','cluster_id':'c1','group_id':'g2','epoch':2}}"));

        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(Halt.Code.REFUSED);
        assertThat(refusal.why()).contains("restored or recovered").contains("epoch 2");
        assertThat(starting(json("{'member':{'id':'m2','cluster_id':'c1','group_id':'g0','epoch':0}}")))
                .isNull();
    }

    @Test
    void anOldCopyIsToldByItsLife() {
        var refusal = starting(other("m2", "c1", ",'known':[{'id':'m1','life':7}]"));

        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(Halt.Code.CORRUPT_DATA);
        assertThat(refusal.why()).contains("old copy").contains("meso cluster replace m1");
    }

    @Test
    void aDiskThatLostConfirmedEntriesIsToldByTheLeader() {
        var leader = other("m2", "c1", ",'role':'LEADER','members':[{'id':'m1','match_index':101}]");

        var refusal = starting(leader);

        assertThat(refusal).isNotNull();
        assertThat(refusal.why()).contains("ends with entry 100").contains("up to 101");
        assertThat(starting(other("m2", "c1", ",'role':'LEADER','members':[{'id':'m1','match_index':100}]")))
                .isNull();
        assertThat(starting(other("m2", "c1", ",'role':'FOLLOWER','members':[{'id':'m1','match_index':999}]")))
                .isNull();
    }

    @Test
    void aCopyOfARunningMemberIsRefused() {
        var refusal = starting(other("m1", "c1", ""));

        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(Halt.Code.DATA_IN_USE);
    }

    @Test
    void aMemberThatWasRemovedDoesNotComeBack() {
        var refusal = starting(other("m2", "c1", ",'known':[{'id':'m1','life':3,'removed':true}]"));

        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(Halt.Code.REFUSED);
    }

    @Test
    void whatAnotherClusterSaysDoesNotCount() {
        assertThat(starting(other("m2", "c2", ",'known':[{'id':'m1','life':99,'removed':true}]")))
                .isNull();
    }

    @Test
    void aRunningMemberEndsOnlyForALaterLifeThanItsOwn() {
        assertThat(self.refusal("x:1", other("m2", "c1", ",'known':[{'id':'m1','life':7}]"), false))
                .isNull();
        assertThat(self.refusal("x:1", other("m2", "c1", ",'known':[{'id':'m1','life':8}]"), false))
                .isNotNull();
    }
}
