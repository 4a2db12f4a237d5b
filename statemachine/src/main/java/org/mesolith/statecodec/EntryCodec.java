package org.mesolith.statecodec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.proto.gen.log.Log;

/** One entry of the Raft log: several commands, each encoded by {@link CommandCodec}, applied in this order. */
public final class EntryCodec {
    private static final int FORMAT = 1;

    private EntryCodec() {}

    /** The entry's bytes; no command at all makes an entry that only marks a place (a barrier). */
    public static byte[] pack(List<byte[]> commands) {
        var entry = Log.Entry.newBuilder().setFormat(FORMAT);
        for (var command : commands) {
            entry.addCommands(UnsafeByteOperations.unsafeWrap(command));
        }
        return entry.build().toByteArray();
    }

    /** How many bytes a command of this length takes in an entry. */
    public static int bytesPacked(int commandBytes) {
        return CodedOutputStream.computeTagSize(Log.Entry.COMMANDS_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(commandBytes)
                + commandBytes;
    }

    /**
     * The commands of an entry.
     *
     * @throws UnknownFormatException when a newer software wrote it
     * @throws MalformedBytesException when nobody wrote it
     */
    public static List<LoggedCommand> unpack(byte[] entry) {
        try {
            var read = Log.Entry.parseFrom(entry);
            if (read.getFormat() != FORMAT || !read.getUnknownFields().isEmpty()) {
                throw new UnknownFormatException("log entry of format " + read.getFormat());
            }
            var commands = new ArrayList<LoggedCommand>(read.getCommandsCount());
            for (ByteString command : read.getCommandsList()) {
                commands.add(CommandCodec.decode(command));
            }
            return commands;
        } catch (InvalidProtocolBufferException malformed) {
            throw new MalformedBytesException("log entry of " + entry.length + " bytes", malformed);
        }
    }
}
