package org.mesolith.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Settings and values that cannot exist wrongly. */
final class WireSettingsTest {
    @Test
    void allThatIsWrongIsNamedAtOnce() {
        assertThatThrownBy(() -> new ServerSettings.Limits(0, 5, 7, 1 << 20, path -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connections-max is 0, allowed is 1 to 1000000")
                .hasMessageContaining("pipelined-bytes-max is 7");
        assertThatThrownBy(() -> new LinkSettings(1, 0, Duration.ZERO, Duration.ofDays(1)))
                .hasMessageContaining("frame-bytes-max is 1")
                .hasMessageContaining("queued-bytes-max is 0")
                .hasMessageContaining("peer-timeout is PT0S, allowed is PT1S to PT10M")
                .hasMessageContaining("close-timeout is PT24H");
        assertThatThrownBy(() -> new Outbox.Bounds(0, 0)).hasMessageContaining("0 frames");
        assertThatThrownBy(() -> ServerSettings.at(InetSocketAddress.createUnresolved("nowhere.invalid", 1)))
                .hasMessageContaining("nowhere.invalid");
    }

    @Test
    void aHeaderThatWouldEndTheHeadEarlyCannotExist() {
        assertThatThrownBy(() -> Headers.of("X", "a\r\nSet-Cookie: b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Headers.of("X y", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Headers.of("", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Headers.of("X", "\u20ac")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void headersAreFoundWithoutCaseAndListsAreSplit() {
        var headers = Headers.of("Accept", "a, b", "ACCEPT", ",c,").with("Other", "d");
        assertThat(headers.first("accept")).contains("a, b");
        assertThat(headers.all("accept")).containsExactly("a, b", ",c,");
        assertThat(headers.list("accept")).containsExactly("a", "b", "c");
        assertThat(headers.contains("oTHER")).isTrue();
        assertThat(headers.first("none")).isEmpty();
    }

    @Test
    void anAnswerThatCannotBeSentCannotExist() {
        assertThatThrownBy(() -> HttpAnswer.empty(99)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpAnswer.text(204, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HttpAnswer.Streaming(600, Headers.NONE, outbox -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
