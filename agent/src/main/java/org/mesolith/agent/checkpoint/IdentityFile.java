package org.mesolith.agent.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentRecord;
import org.mesolith.base.DurableFiles;

/**
 * Who the agent is: two slots that are overwritten in turn, the one with the higher number counts. A write that a crash
 * cuts short spoils the older one only, and none needs new room on the disk.
 */
final class IdentityFile {
    private static final int SLOT = 4096;

    private final Path file;
    private long number;

    IdentityFile(Path file) {
        this.file = file;
    }

    AgentRecord load() throws IOException, CorruptCheckpointException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException first) {
            return AgentRecord.NEW;
        }
        if (bytes.length != 2 * SLOT) {
            throw new CorruptCheckpointException(
                    file, "it has " + bytes.length + " bytes, " + 2 * SLOT + " are expected");
        }
        AgentRecord best = AgentRecord.NEW;
        for (int slot = 0; slot < 2; slot++) {
            var found = slot(Arrays.copyOfRange(bytes, slot * SLOT, (slot + 1) * SLOT));
            if (found != null && ByteBuffer.wrap(found).getLong() > number) {
                number = ByteBuffer.wrap(found).getLong();
                best = RecordFormat.identity(Arrays.copyOfRange(found, Long.BYTES, found.length));
            }
        }
        return best;
    }

    /** The number and the record of a slot, or null when it was never written whole. */
    private byte @Nullable [] slot(byte[] bytes) throws CorruptCheckpointException {
        int length = Frames.lengthAt(bytes, 0);
        if (length < 0 && !Frames.isTorn(bytes, 0)) {
            throw new CorruptCheckpointException(file, "its checksum does not fit");
        }
        return length < 0 ? null : Arrays.copyOfRange(bytes, Frames.HEADER, Frames.HEADER + length);
    }

    /** Durable when it returns. */
    void write(AgentRecord identity) throws IOException {
        long next = number + 1;
        byte[] record = RecordFormat.identity(identity);
        byte[] frame = Frames.frame(ByteBuffer.allocate(Long.BYTES + record.length)
                .putLong(next)
                .put(record)
                .array());
        if (frame.length > SLOT) {
            throw new IOException("the agent's identity has " + frame.length + " bytes, " + SLOT + " fit");
        }
        if (!Files.exists(file)) {
            DurableFiles.replace(file, new byte[2 * SLOT]);
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            DurableFiles.writeAt(channel, (next % 2) * SLOT, Arrays.copyOf(frame, SLOT));
            channel.force(false);
        }
        number = next;
    }
}
