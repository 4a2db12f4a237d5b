package org.mesolith.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mesolith.model.Position;
import org.mesolith.state.Change;
import org.mesolith.state.Registry;
import org.mesolith.state.row.KnownMember;
import org.mesolith.state.row.MembershipRow;
import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;

/** What a reply tells about the masters. */
final class PlacesTest {

    private static KnownMember member(String id, String host, @Nullable Instant removedAt) {
        return new KnownMember(id, host, 5051, 5050, "", 1, "", removedAt);
    }

    private static HttpAnswer told(KnownMember... members) {
        var registry = Registry.EMPTY.with(
                new Position(1, 0), List.of(new Change.MembershipPut(new MembershipRow(List.of(), List.of(members)))));
        return Places.tell(HttpAnswer.of(200, "text/plain", Body.of("x")), registry, 7);
    }

    @Test
    void aReplyNamesTheTermAndEveryMasterThatBelongsToTheCluster() {
        var answer = told(
                member("a", "10.0.0.1", null),
                member("b", "fd00::2", null),
                member("c", "10.0.0.3", Instant.EPOCH),
                member("d", "", null));

        assertThat(answer.headers().first(Places.MASTERS)).hasValue("10.0.0.1:5050,[fd00::2]:5050");
        assertThat(answer.headers().first(Places.TERM)).hasValue("7");
    }

    @Test
    void aReplyNamesNoMastersWhereNoneWereEverHeard() {
        assertThat(told().headers().first(Places.MASTERS)).isEmpty();
    }
}
