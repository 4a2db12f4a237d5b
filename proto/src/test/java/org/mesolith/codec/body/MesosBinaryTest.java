package org.mesolith.codec.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mesolith.proto.gen.v1.ContainerID;
import org.mesolith.proto.gen.v1.FrameworkID;
import org.mesolith.proto.gen.v1.OfferID;
import org.mesolith.proto.gen.v1.TaskInfo;
import org.mesolith.proto.gen.v1.Value;
import org.mesolith.proto.gen.v1.scheduler.Call;

/** The protobuf encoding from outside: what is refused and what the refusal says. */
class MesosBinaryTest {
    private final MesosBinary binary = new MesosBinary(new CodecLimits(2_000, 10, 40, 20));

    @Test
    void everyMissingRequiredFieldIsNamed() {
        var call = Call.newBuilder()
                .setFrameworkId(FrameworkID.newBuilder().buildPartial())
                .setAccept(Call.Accept.newBuilder()
                        .addOfferIds(OfferID.newBuilder().setValue("o"))
                        .addOfferIds(OfferID.newBuilder().buildPartial())
                        .buildPartial())
                .buildPartial();

        assertThat(problems(Call.getDefaultInstance(), call.toByteArray()))
                .containsExactly(
                        "framework_id.value: is required and missing",
                        "accept.offer_ids[1].value: is required and missing");
    }

    @Test
    void aMissingFieldInsideAMapIsNamedByItsKey() {
        var task = TaskInfo.newBuilder()
                .setName("n")
                .putLimits("mem", Value.Scalar.newBuilder().buildPartial())
                .buildPartial();

        assertThat(problems(TaskInfo.getDefaultInstance(), task.toByteArray()))
                .contains("limits[\"mem\"].value: is required and missing");
    }

    @Test
    void aTruncatedMessageIsRefusedWithThePlace() {
        var whole = Call.newBuilder()
                .setFrameworkId(FrameworkID.newBuilder().setValue("framework-1"))
                .build()
                .toByteArray();

        assertThat(problems(Call.getDefaultInstance(), Arrays.copyOf(whole, whole.length - 3))
                        .getFirst())
                .startsWith("the body is not a mesos.v1.scheduler.Call: in framework_id, byte 2: ");
    }

    @Test
    void textThatIsNotUtf8IsRefusedWithThePlace() {
        var bytes = Call.newBuilder()
                .setFrameworkId(FrameworkID.newBuilder().setValue("xy"))
                .build()
                .toByteArray();
        bytes[bytes.length - 1] = (byte) 0xC3;

        assertThat(problems(Call.getDefaultInstance(), bytes))
                .containsExactly("the body is not a mesos.v1.scheduler.Call: in framework_id.value, byte 6:"
                        + " is not valid UTF-8");
    }

    @Test
    void nestingAboveTheLimitIsRefused() {
        var container = ContainerID.newBuilder().setValue("c").build();
        for (int i = 0; i < 11; i++) {
            container =
                    ContainerID.newBuilder().setValue("c").setParent(container).build();
        }

        assertThat(problems(ContainerID.getDefaultInstance(), container.toByteArray())
                        .getFirst())
                .endsWith("messages are nested deeper than 10");
    }

    @Test
    void aBodyAboveTheLimitIsRefusedWithBothNumbers() {
        assertThat(problems(Call.getDefaultInstance(), new byte[2_001]))
                .containsExactly("the body has 2001 bytes, allowed are 2000");
    }

    @Test
    void aGroupThatEndsWithoutBeginningIsRefused() {
        assertThat(problems(Call.getDefaultInstance(), new byte[] {(byte) (7 << 3 | 4)})
                        .getFirst())
                .contains("end-group tag did not match");
    }

    @Test
    void fieldsAndEnumValuesThatWeDoNotKnowAreKeptAndLeaveTheKnownOnesUnset() {
        var unknown = UnknownFieldSet.newBuilder()
                .addField(2, UnknownFieldSet.Field.newBuilder().addVarint(999).build())
                .addField(
                        500,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("new"))
                                .build())
                .build();

        var decoded = binary.decode(Call.getDefaultInstance(), unknown.toByteArray());

        assertThat(decoded).isInstanceOf(Decoded.Ok.class);
        var call = ((Decoded.Ok<Call>) decoded).value();
        assertThat(call.hasType()).isFalse();
        assertThat(binary.encode(call)).isEqualTo(unknown.toByteArray());
    }

    private List<String> problems(Message type, byte[] body) {
        var decoded = binary.decode(type, body);
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        return ((Decoded.Refused<?>) decoded).problems();
    }
}
