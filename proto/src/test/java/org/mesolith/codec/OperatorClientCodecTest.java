package org.mesolith.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mesolith.api.OperatorCall;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.Unavailability;
import org.mesolith.model.Weight;

/** What operators write, masters read. */
final class OperatorClientCodecTest {
    private static final AgentId AGENT = new AgentId("a1");
    private static final Resources RESERVED = Resources.parse("cpus(+ads):1");
    private static final Resources VOLUME = Resources.parse("disk(+ads)[v1:data]:64");

    static Stream<OperatorCall> calls() {
        var limits = new TreeMap<String, Long>();
        limits.put("cpus", 4_500L);
        var quota = new Quota("ads", Quantities.parse("cpus:1;mem:64"), new QuantityLimits(limits));
        var machines = List.of(new MachineId("h1", "10.0.0.1"));
        var window = new MaintenanceWindow(
                machines, new Unavailability(Instant.parse("2030-01-01T00:00:01Z"), Duration.ofMinutes(5)));
        return Stream.of(
                OperatorCall.Read.GET_QUOTA,
                new OperatorCall.GetMetrics(Duration.ofSeconds(2)),
                new OperatorCall.UpdateWeights(List.of(Weight.of("ads", 2.5), Weight.of("web", 1))),
                new OperatorCall.Operate(AGENT, new OfferOperation.Reserve(null, Resources.EMPTY, RESERVED)),
                new OperatorCall.Operate(AGENT, new OfferOperation.Unreserve(null, RESERVED)),
                new OperatorCall.Operate(AGENT, new OfferOperation.Create(null, VOLUME)),
                new OperatorCall.Operate(AGENT, new OfferOperation.Destroy(null, VOLUME)),
                new OperatorCall.Operate(
                        AGENT, new OfferOperation.GrowVolume(null, VOLUME, Resources.parse("disk(+ads):8"))),
                new OperatorCall.Operate(AGENT, new OfferOperation.ShrinkVolume(null, VOLUME, 8_000)),
                new OperatorCall.UpdateQuota(List.of(quota), true),
                new OperatorCall.SetQuota("ads", Resources.parse("cpus:1"), false),
                new OperatorCall.RemoveQuota("ads"),
                new OperatorCall.UpdateMaintenanceSchedule(List.of(window)),
                new OperatorCall.StartMaintenance(machines),
                new OperatorCall.StopMaintenance(machines),
                new OperatorCall.DrainAgent(AGENT, Duration.ofMillis(1_500), true),
                new OperatorCall.DeactivateAgent(AGENT),
                new OperatorCall.ReactivateAgent(AGENT),
                new OperatorCall.MarkAgentGone(AGENT),
                new OperatorCall.TearDown(new FrameworkId("f")),
                new OperatorCall.KillTask(new FrameworkId("f"), new TaskId("t"), Duration.ofSeconds(3)),
                new OperatorCall.Unknown());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theMasterReadsWhatTheOperatorWrote(OperatorCall call) {
        var writer = new OperatorClientCodec(CodecLimits.DEFAULT);
        var reader = new OperatorCodec(CodecLimits.DEFAULT);

        assertThat(Stream.of(Encoding.values()).map(type -> reader.decode(type, writer.encode(type, call))))
                .containsOnly(new Decoded.Ok<>(call));
    }
}
