package org.mesolith.agent.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.mesolith.api.LinkMessage;
import org.mesolith.base.DurableFiles;
import org.mesolith.codec.LinkCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.model.Resources;

/** The agent's dynamic reservations and volumes: the newest order about them as it came, in one file. */
final class ReservedFile {
    private final LinkCodec codec = new LinkCodec(CodecLimits.DEFAULT);
    private final Path file;

    ReservedFile(Path file) {
        this.file = file;
    }

    Resources load() throws IOException, CorruptCheckpointException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return Resources.EMPTY;
        }
        int length = Frames.lengthAt(bytes, 0);
        if (length < 0) {
            throw new CorruptCheckpointException(file, "its checksum does not fit");
        }
        var order = Arrays.copyOfRange(bytes, Frames.HEADER, Frames.HEADER + length);
        if (codec.fromMaster(order) instanceof Decoded.Ok<LinkMessage.FromMaster>(var read)
                && read instanceof LinkMessage.SetReserved set) {
            return set.reserved();
        }
        throw new CorruptCheckpointException(file, "it holds no order about reservations");
    }

    /** Durable when it returns. */
    void write(LinkMessage.SetReserved order) throws IOException {
        DurableFiles.replace(file, Frames.frame(codec.encode(order)));
    }
}
