package org.mesolith.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.Recorder;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.Json;

/** Operators in processes of their own: what they are told. */
final class OperatorOrderTest {
    private static final HostPort DOOR = HostPort.parse("127.0.0.1:1");
    private static final HostPort ANNOUNCED = HostPort.parse("127.0.0.1:2");

    private static final Recorder NOBODY = new Recorder() {
        @Override
        public long invoke(String process, String name, Map<String, String> facts) {
            return 0;
        }

        @Override
        public void end(Kind kind, String process, long operation, String name, Map<String, String> facts) {}

        @Override
        public void seen(String process, String name, Map<String, String> facts) {}

        @Override
        public void before(String process, String name, Map<String, String> facts) {}
    };

    private static Stage stage() {
        var door = new MasterDoor(
                Map.of(DOOR, "master-1", ANNOUNCED, "master-1"), Map.of("master-1", DOOR), Duration.ofSeconds(1));
        return new Stage(NOBODY, new Signs(), List.of(DOOR), List.of(ANNOUNCED), door, new AtomicLong(), "");
    }

    @Test
    void theOrderArrivesAsItWasGiven() throws IOException {
        var order = new OperatorOrder(Crew.MAINTENANCE, -7, stage());
        var there = OperatorOrder.of(Json.readObject(Json.bytes(order.toJson())));

        assertThat(there).isEqualTo(order);
        assertThat(there.masters()).containsExactly(DOOR);
        assertThat(there.announced()).containsExactly(ANNOUNCED);
        assertThat(there.stage(NOBODY, new Signs()).door().names()).containsEntry(ANNOUNCED, "master-1");
    }

    @Test
    void everybodyIsThereOnceAndCrewsThatWriteBeginWithOtherValues() {
        var names = Arrays.stream(Crew.values())
                .flatMap(crew -> crew.loads(stage(), 1).stream())
                .map(Load::name)
                .toList();
        assertThat(names).hasSize(15).doesNotHaveDuplicates();
        var from = new TreeSet<Long>();
        for (Crew crew : Crew.values()) {
            assertThat(from.add(crew.valuesFrom())).isTrue();
            crew.loads(stage(), 1)
                    .forEach(load -> assertThat(People.write(load)).isEqualTo(crew.writes()));
        }
    }
}
