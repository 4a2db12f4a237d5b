package org.mesolith.codec;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.proto.gen.link.LinkProto;

/**
 * Records what masters and agents of this link level say to each other, once, to be read by every later one
 * ({@code RecordedLinkTest}); never run by tests. Beside the frames it keeps the schema of this level, by which the
 * test reads as an old peer does.
 *
 * <p>{@code java -cp … org.mesolith.codec.RecordLinkMain proto/src/test/resources/link 1}
 */
public final class RecordLinkMain {
    private static final int MESSAGES = 150;

    private RecordLinkMain() {}

    public static void main(String[] arguments) throws IOException {
        var directory = Files.createDirectories(Path.of(arguments[0]));
        var records = new RandomRecords(new Random(1));
        var codec = new LinkCodec(CodecLimits.DEFAULT);
        try (var file = new DataOutputStream(
                Files.newOutputStream(directory.resolve(arguments[1] + ".frames"), StandardOpenOption.CREATE_NEW))) {
            for (int number = 0; number < MESSAGES; number++) {
                frame(file, true, codec.encode(records.fromAgent()));
                frame(file, false, codec.encode(records.fromMaster()));
            }
        }
        var files = new LinkedHashMap<String, FileDescriptor>();
        collect(LinkProto.getDescriptor(), files);
        var set = FileDescriptorSet.newBuilder();
        files.values().forEach(each -> set.addFile(each.toProto()));
        Files.write(
                directory.resolve(arguments[1] + ".schema"), set.build().toByteArray(), StandardOpenOption.CREATE_NEW);
    }

    private static void frame(DataOutputStream to, boolean fromAgent, byte[] bytes) throws IOException {
        to.writeBoolean(fromAgent);
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    /** Those that a file needs come before it. */
    private static void collect(FileDescriptor file, Map<String, FileDescriptor> into) {
        for (var needed : file.getDependencies()) {
            collect(needed, into);
        }
        into.putIfAbsent(file.getName(), file);
    }
}
