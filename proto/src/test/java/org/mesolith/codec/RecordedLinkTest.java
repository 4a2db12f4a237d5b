package org.mesolith.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.DynamicMessage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;

/** Masters and agents of an older link level understand this one, and it them: what each level said is recorded. */
final class RecordedLinkTest {
    private final LinkCodec codec = new LinkCodec(CodecLimits.DEFAULT);

    private record Frame(boolean fromAgent, byte[] bytes) {}

    /** Says each recorded message again as we say it, and compares what an old peer reads of both. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3"})
    void whatAnOldPeerSaidIsUnderstoodAndSaidTheSameInItsEars(String level) throws Exception {
        var schema = schema(level);
        var frames = frames(level);

        assertThat(frames).hasSizeGreaterThan(100).allSatisfy(frame -> {
            var type =
                    Objects.requireNonNull(schema.findMessageTypeByName(frame.fromAgent ? "FromAgent" : "FromMaster"));
            assertThat(heard(type, again(frame))).isEqualTo(heard(type, frame.bytes));
        });
    }

    private byte[] again(Frame frame) {
        return frame.fromAgent
                ? codec.encode(ok(codec.fromAgent(frame.bytes)))
                : codec.encode(ok(codec.fromMaster(frame.bytes)));
    }

    private static <T> T ok(Decoded<T> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Ok.class);
        return ((Decoded.Ok<T>) decoded).value();
    }

    /** Fields that it does not know pass an old peer by. */
    private static DynamicMessage heard(Descriptor type, byte[] frame) throws IOException {
        var parser = DynamicMessage.getDefaultInstance(type).getParserForType();
        return DiscardUnknownFieldsParser.wrap(parser).parseFrom(frame);
    }

    private static FileDescriptor schema(String level) throws IOException, DescriptorValidationException {
        FileDescriptorSet set;
        try (var file = resource(level + ".schema")) {
            set = FileDescriptorSet.parseFrom(file);
        }
        var files = new LinkedHashMap<String, FileDescriptor>();
        FileDescriptor last = null;
        for (var file : set.getFileList()) {
            var needs = file.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
            last = FileDescriptor.buildFrom(file, needs);
            files.put(file.getName(), last);
        }
        return Objects.requireNonNull(last);
    }

    private static List<Frame> frames(String level) throws IOException {
        var frames = new ArrayList<Frame>();
        try (var input = new DataInputStream(resource(level + ".frames"))) {
            while (input.available() > 0) {
                boolean fromAgent = input.readBoolean();
                frames.add(new Frame(fromAgent, input.readNBytes(input.readInt())));
            }
        }
        return frames;
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(RecordedLinkTest.class.getResourceAsStream("/link/" + name), name);
    }
}
