package org.mesolith.sim.calm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.Fence;

final class LinkFramesTest {
    private static final Fence FENCE = new Fence("simulated", 2, 3, 4);

    @Test
    void whatIsSentIsWhatIsRead() {
        var order = new LinkMessage.GoingAway(FENCE);
        var news = new LinkMessage.RefusedOrder(FENCE, FENCE, Fence.Verdict.STALE);

        assertThat(LinkFrames.fromMaster(LinkFrames.of(order))).isEqualTo(order);
        assertThat(LinkFrames.fromAgent(LinkFrames.of(news))).isEqualTo(news);
    }

    @Test
    void aGraceBeyondWhatNanosecondsCountBecomesTheLongest() {
        var order = new LinkMessage.Drain(FENCE, Duration.ofSeconds(Long.MAX_VALUE - 3), false);

        assertThat(LinkFrames.fromMaster(LinkFrames.of(order)))
                .isEqualTo(new LinkMessage.Drain(FENCE, Duration.ofNanos(Long.MAX_VALUE), false));
    }

    @Test
    void aFrameThatCannotBeReadStopsTheSimulation() {
        byte[] broken = {(byte) 0xff};

        assertThatThrownBy(() -> LinkFrames.fromMaster(broken)).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> LinkFrames.fromAgent(broken)).hasMessageContaining("cannot be read");
    }
}
