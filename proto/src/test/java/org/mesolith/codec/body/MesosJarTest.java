package org.mesolith.codec.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our messages against the classes that Mesos itself published: the same bytes, for every type of the v1 API. */
final class MesosJarTest {
    private static final int RUNS_PER_TYPE = 12;

    private static MesosJar mesos;

    private final MesosBinary binary = new MesosBinary(CodecLimits.DEFAULT);

    @BeforeAll
    static void open() throws IOException {
        mesos = new MesosJar();
    }

    @AfterAll
    static void close() throws IOException {
        mesos.close();
    }

    @Test
    void theirRuntimeIsNotOurs() {
        assertThat(mesos.runtime()).contains("protobuf-java-3.5.0");
        assertThat(BesideMesos.runtime()).doesNotContain("protobuf-java-3.5.0");
    }

    @Test
    void aMessageThatMesosMakesIsReadAndWrittenWithTheSameBytes() {
        var random = Seed.random("messages of Mesos");
        for (var type : types()) {
            for (int run = 0; run < RUNS_PER_TYPE; run++) {
                var theirs = mesos.random(theirName(type), random.nextLong());
                var read = binary.decode(V1Messages.prototype(type), theirs);
                assertThat(read).as(type.getFullName()).isInstanceOf(Decoded.Ok.class);
                var message = ((Decoded.Ok<Message>) read).value();
                assertThat(sorted(message)).as(type.getFullName()).isEqualTo(theirs);
                assertThat(mesos.readAndWrite(theirName(type), binary.encode(message)))
                        .as(type.getFullName())
                        .isEqualTo(theirs);
                assertThat(message.getUnknownFields().asMap())
                        .as(type.getFullName())
                        .isEmpty();
            }
        }
    }

    @Test
    void aMessageThatWeMakeIsReadAndWrittenByMesosWithTheSameBytes() {
        var random = new Random(Seed.random("our messages").nextLong());
        var messages = new RandomMessages(random);
        for (var type : types()) {
            for (int run = 0; run < RUNS_PER_TYPE; run++) {
                var ours = V1Table.withoutWhatIsNewer(messages.of(V1Messages.prototype(type)));
                assertThat(mesos.readAndWrite(theirName(type), binary.encode(ours)))
                        .as(type.getFullName())
                        .isEqualTo(sorted(ours));
            }
        }
    }

    /** Every message but those of which the jar has nothing, because they came after it. */
    private static List<Descriptor> types() {
        Set<String> newer = V1Table.messagesAfterTheJar();
        assertThat(newer)
                .containsExactlyInAnyOrder(
                        "mesos.v1.ResourceStatistics.RatePercentiles", "mesos.v1.ResourceStatistics.RateStatistics");
        return V1Messages.messages().stream()
                .filter(type -> !type.getOptions().getMapEntry())
                .filter(type -> !newer.contains(type.getFullName()))
                .toList();
    }

    /** mesos.v1.scheduler.Call.Accept is org.apache.mesos.v1.scheduler.Protos$Call$Accept. */
    private static String theirName(Descriptor type) {
        var file = type.getFile().getPackage();
        return "org.apache." + file + ".Protos$"
                + type.getFullName().substring(file.length() + 1).replace('.', '$');
    }

    private static byte[] sorted(Message message) {
        var bytes = new byte[message.getSerializedSize()];
        var out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes;
    }
}
